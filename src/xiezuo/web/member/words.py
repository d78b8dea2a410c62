"""What is recorded, in the words of the one who reads about themselves."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xiezuo.people.members import Member, open_until
from xiezuo.people.own.labels import FACTS, PARTS
from xiezuo.people.own.shapes import OwnFact, Source
from xiezuo.web.base.words import day_words

READ: dict[str, Promise] = {
    "phone": gettext_lazy("your phone number"),
    "id_number": gettext_lazy("your identity number"),
    "services": gettext_lazy("the services"),
    "family": gettext_lazy("the household"),
    "household": gettext_lazy("the household"),
    "consents": gettext_lazy("the consents"),
    "readers": gettext_lazy("this log"),
    "correct": gettext_lazy("the form for correcting"),
    "import_match": gettext_lazy("a comparison with a row of an old sheet"),
    "import_rows": gettext_lazy("the rows of an old sheet"),
    "duplicate": gettext_lazy("a comparison with another record"),
    "requests": gettext_lazy("links and requests about your data"),
    "tasks": gettext_lazy("what is still to be done with you"),
    "case": gettext_lazy("your case"),
    "aid": gettext_lazy("aid you asked for"),
    "referral": gettext_lazy("what was passed on to another organisation"),
    "referrals": gettext_lazy("a list of what was passed on to other organisations"),
    "genogram": gettext_lazy("the picture of your family"),
    "ecomap": gettext_lazy("the picture of what stands around you"),
    "messages": gettext_lazy("messages to you"),
    "labour": gettext_lazy("matters of your rights at work"),
    "own_copy": gettext_lazy("a copy made for you"),
}


def read_words(what: str) -> str:
    return str(READ.get(what, _("the overview")))


def source_words(source: Source) -> str:
    """Where a fact comes from, as part of a sentence."""
    words = {"who": source.who, "day": day_words(source.on, "day", get_language()) if source.on else ""}
    if source.kind == "self":
        return _("by you, on %(day)s") % words
    if source.kind == "sheet":
        return _("from an old sheet, taken in on %(day)s") % words
    return _("written down by %(who)s on %(day)s") % words


def fact_words(fact: OwnFact) -> str:
    """A fact as it is read; a day as far as it is known."""
    if not fact.precision:
        return fact.words
    precision = fact.precision if fact.precision in {"day", "month"} else "year"
    about = _("about %(day)s") if fact.precision == "guess" else "%(day)s"
    if fact.precision == "lunar":
        about, precision = _("%(day)s by the lunar calendar"), "day"
    return about % {"day": day_words(fact.value, precision, get_language())}


@dataclass(frozen=True)
class Part:
    """Facts of one kind. `source` is that of most of them; where one comes from elsewhere it says so itself."""

    label: str | Promise
    source: str
    facts: list[tuple[str, str, str]]


def parts_of(facts: list[OwnFact]) -> list[Part]:
    found = []
    for code, label in PARTS.items():
        here = [fact for fact in facts if fact.part == code]
        if here:
            usual = Counter(fact.source for fact in here).most_common(1)[0][0]
            rows = [(f.label, fact_words(f), "" if f.source == usual else source_words(f.source)) for f in here]
            found.append(Part(label, source_words(usual), rows))
    return found


def field_words(fields: list[str]) -> list[str]:
    """What was changed, as far as it is something the person reads; each once."""
    return list(dict.fromkeys(str(FACTS[name][1]) for name in fields if name in FACTS))


def shell(member: Member, here: str) -> dict[str, Any]:
    """What stands around every page of the own side."""
    return {"member": member, "here": here, "own": member.own, "until": open_until(member.link)}
