"""Two records of what may be one human, fact by fact beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from xiezuo.common.days import local
from xiezuo.orgs.access import Actor
from xiezuo.people.actions.joining import ASKED, Choice, differences
from xiezuo.people.models import Person
from xiezuo.people.queries import family_of, what_follows
from xiezuo.people.sensitive import sensitive_of_each
from xiezuo.people.vocab import BornPrecision, Disability
from xiezuo.service.meetings import met_on
from xiezuo.web.base.words import day_words
from xiezuo.web.staff.people.forms import PersonForm
from xiezuo.web.staff.people.words import code_words, masked, sex_words, unanswered_facts

LABELS: dict[str, str | Promise] = {
    "born_on": gettext_lazy("Birth date"),
    "arrived_on": gettext_lazy("Came here"),
    "id_number": gettext_lazy("Identity number"),
    "tags": gettext_lazy("Tags"),
    "unanswered": gettext_lazy("What has no answer, and why"),
}
CODED = {"ethnic_group", "education", "marriage", "political_status"}
ONE, OTHER, BOTH = "one", "other", "both"
SIDES = (ONE, OTHER)
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """`kind`: "same", "differs", "only" one of them tells it, or "" where nothing is compared.

    `choice` names the fact where someone has to say which holds; `picked` is what is chosen now.
    """

    label: str | Promise
    one: str
    other: str
    kind: str = ""
    choice: str = ""
    both: bool = False
    picked: str = ""


@dataclass
class Beside:
    """`keep` is the side whose row stays. `hidden`: the side that is not open to the actor, if one."""

    one: Person
    other: Person
    keep: str
    hidden: str = ""
    lines: list[Line] = field(default_factory=list)
    around: list[Line] = field(default_factory=list)
    follows: list[tuple[str, int, int]] = field(default_factory=list)


def listed(things: Sequence[str]) -> str:
    return pgettext("between the items of a list", ", ").join(things)


def label_of(name: str) -> str | Promise:
    """What a fact is called on the form."""
    if name in LABELS:
        return LABELS[name]
    label: str | Promise = PersonForm.base_fields[name].label or name
    return label


def fact_words(person: Person, name: str) -> str:
    """A fact as it is read; of an identity number no more than is needed to compare."""
    value = getattr(person, name)
    if name in {"born_on", "arrived_on"}:
        precision = getattr(person, name.replace("_on", "_precision"))
        words = (
            day_words(value, "year" if precision == BornPrecision.GUESS else precision, get_language()) if value else ""
        )
        inexact = precision in {BornPrecision.GUESS, BornPrecision.LUNAR}
        return f"{words} ({BornPrecision(precision).label})" if inexact else words
    if name == "disability_kind":
        return listed([str(Disability(kind).label) for kind in value if kind in Disability.values])
    if name == "unanswered":
        return listed([f"{label}: {why}" for label, why in unanswered_facts(person)])
    if isinstance(value, list):
        return listed([str(each) for each in value])
    if name == "id_number":
        return masked(value) if value else ""
    if name == "sex":
        return sex_words(person)
    return code_words(name, value) if name in CODED else str("" if value is None else value)


def _facts(pair: Beside, typed: Typed) -> list[Line]:
    differing = {difference.name: difference for difference in differences(pair.one, pair.other)}
    lines = []
    for name in ASKED:
        one, other = fact_words(pair.one, name), fact_words(pair.other, name)
        if not (one or other):
            continue
        if name in differing:
            known = differing[name]
            picked = typed.get(f"fact-{name}") or (BOTH if known.suggested == Choice.BOTH else pair.keep)
            lines.append(Line(label_of(name), one, other, "differs", name, known.both, picked))
        else:
            kind = "same" if one == other else "only" if not (one and other) else ""
            lines.append(Line(label_of(name), one, other, kind))
    return lines


def _home(actor: Actor, person: Person) -> list[str]:
    return [
        str(member.person) if getattr(member, "is_open", False) else _("someone not open to you")
        for member in family_of(actor, person)
        if member.person_id != person.pk and member.to_on is None
    ]


def _roles(person: Person) -> list[str]:
    return list(dict.fromkeys(str(period.get_role_display()) for period in person.role_periods.filter(to_on=None)))


def _works_with(person: Person) -> list[str]:
    here = person.assignments.filter(to_on=None).select_related("user", "site").order_by("id")
    return list(dict.fromkeys(str(row.site or row.user) for row in here))


def _around(actor: Actor, people: Sequence[Person]) -> list[Line]:
    """With whom they live, what they are here, who works with them and when they were met last."""
    met = met_on(actor, [person.pk for person in people])
    told: dict[str, list[str]] = {
        _("Lives with"): [listed(_home(actor, person)) for person in people],
        _("Roles"): [listed(_roles(person)) for person in people],
        _("Who works with them"): [listed(_works_with(person)) for person in people],
        _("Met last"): [_day(met.get(person.pk)) for person in people],
        _("Written down"): [_day(local(person.recorded_at).date()) for person in people],
    }
    return [Line(label, one, other) for label, (one, other) in told.items() if one or other]


def _day(day: date | None) -> str:
    return day_words(day, "day", get_language()) if day else ""


def beside(actor: Actor, one: Person, other: Person, *, hidden: str = "", typed: Typed | None = None) -> Beside:
    """Both records for a page; of a `hidden` side nothing is told."""
    typed = typed or {}
    counts = {side: what_follows(person) for side, person in ((ONE, one), (OTHER, other)) if side != hidden}
    fuller = max(counts, key=lambda side: sum(counts[side].values()))
    pair = Beside(one, other, typed["keep"] if typed.get("keep") in SIDES else fuller, hidden)
    if hidden:
        return pair
    sensitive_of_each(actor, (one, other))
    pair.lines = _facts(pair, typed)
    pair.around = _around(actor, (one, other))
    labels = dict.fromkeys((*counts[ONE], *counts[OTHER]))
    pair.follows = [(label, counts[ONE].get(label, 0), counts[OTHER].get(label, 0)) for label in labels]
    return pair


def chosen(typed: Typed) -> dict[str, str]:
    """What was picked for each differing fact, said of the row that stays: kept, other or both."""
    keep = typed.get("keep", "")
    said = {name.removeprefix("fact-"): value for name, value in typed.items() if name.startswith("fact-")}
    words = {keep: Choice.KEPT, BOTH: Choice.BOTH}
    return {name: words.get(value, Choice.OTHER) for name, value in said.items() if value in {*SIDES, BOTH}}
