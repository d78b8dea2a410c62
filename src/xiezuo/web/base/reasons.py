"""Why the software refuses, warns or reminds: the rule with its source, as the place where it acts shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.forms import BaseForm, ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.rules import Rule, rule
from xiezuo.forms.vocab import Mark, RuleAct
from xiezuo.web.base.nav import address


@dataclass(frozen=True)
class Reason:
    """A rule in the words of the page."""

    code: str
    trigger: str
    words: str
    does: str
    softened: bool
    source: str
    marks: list[str]


@dataclass(frozen=True)
class PackSays:
    """What one pack says here. `verified_on` None: nobody has compared the pack with its sources."""

    title: str
    version: str
    verified_on: date | None
    url: str
    rules: list[Reason]


DOES: dict[RuleAct, Promise] = {
    RuleAct.REFUSE: gettext_lazy("Not done while it is not kept."),
    RuleAct.WARN: gettext_lazy("You are warned and may go on."),
    RuleAct.REMIND: gettext_lazy("You are reminded in time."),
    RuleAct.INFORM: gettext_lazy("Counted or shown this way."),
}


def reasons(*codes: str) -> list[PackSays]:
    """The rules of these codes that hold here, by the pack that tells them; what is a rule elsewhere alone is left out."""
    by_pack: dict[str, list[Rule]] = {}
    for found in filter(None, map(_found, codes)):
        by_pack.setdefault(found.pack_id, []).append(found)
    return [_says(rules) for rules in by_pack.values()]


def _found(code: str) -> Rule | None:
    try:
        return rule(code)
    except KeyError:
        return None


def _says(rules: list[Rule]) -> PackSays:
    one = rules[0]
    url = address("pack", one.pack_id)
    return PackSays(str(one.pack), one.version, one.verified_on, url, [_reason(found) for found in rules])


def _reason(of: Rule) -> Reason:
    return Reason(
        code=of.code,
        trigger=of.trigger,
        words=of.words,
        does=str(DOES[of.act]),
        softened=of.softened,
        source=str(of.source),
        marks=_marks(of),
    )


def _marks(of: Rule) -> list[str]:
    """How far it was looked up; the duty and its numbers apart where they differ."""
    if of.duty == of.number:
        return [str(Mark(of.duty).label)]
    told = _("the duty: %(mark)s") % {"mark": Mark(of.duty).label}
    return [told, _("how and how much: %(mark)s") % {"mark": Mark(of.number).label}]


def as_error(refusal: RuleBroken) -> ValidationError:
    """A refusal as a form keeps it, with the rule behind it."""
    return ValidationError(str(refusal), code=str(refusal.facts.get("rule", "")))


def broken(form: BaseForm) -> list[str]:
    """The codes of the rules behind the errors of a form, each once."""
    return list(dict.fromkeys(code for code in _codes(form) if code.isupper()))


def _codes(form: BaseForm) -> Iterator[str]:
    for errors in form.errors.as_data().values():
        yield from (error.code or "" for error in errors)
