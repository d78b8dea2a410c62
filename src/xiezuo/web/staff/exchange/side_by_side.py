"""What a sheet says of someone beside what the house has, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiezuo.exchange.actions.describing import facts_of_rows
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.models import ImportBatch, PossibleMatch
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import PersonFacts, facts_of
from xiezuo.people.matching import reason_words
from xiezuo.people.models import Person
from xiezuo.people.sensitive import sensitive_of_each
from xiezuo.people.vocab import Sex
from xiezuo.web.base.words import day_words
from xiezuo.web.staff.people.words import masked

LABELS: dict[str, Promise] = {
    "name": pgettext_lazy("of a person", "name"),
    "sex": _("sex"),
    "born": _("birth date"),
    "id_number": _("identity number"),
    "phone": _("phone"),
    "address": _("address"),
    "school": _("school"),
    "occupation": _("occupation"),
}


@dataclass(frozen=True)
class Line:
    """`kind`: "same", "adds" (the house has nothing), "differs" or "" (the sheet has nothing)."""

    label: Promise
    sheet: str
    house: str
    kind: str


@dataclass(frozen=True)
class Pair:
    match: PossibleMatch
    person: Person | None
    name: str
    agrees: list[str]
    differs: list[str]
    lines: list[Line]


def pairs_of(actor: Actor, batch: ImportBatch, matches: Sequence[PossibleMatch]) -> list[Pair]:
    rows = [match.row for match in matches] + [match.earlier for match in matches if match.earlier]
    told = {row.pk: facts for row, facts in facts_of_rows(Step.of(batch), rows)}
    sensitive_of_each(actor, [match.person for match in matches if match.person])
    pairs = []
    for match in matches:
        sheet = told.get(match.row_id, PersonFacts())
        earlier = told.get(match.earlier_id or 0, PersonFacts())
        house = facts_of(match.person) if match.person else earlier
        agrees, differs = reason_words(match.evidence)
        pairs.append(Pair(match, match.person, _name(sheet), agrees, differs, _lines(sheet, house)))
    return pairs


def _lines(sheet: PersonFacts, house: PersonFacts) -> list[Line]:
    ones, others = _written(sheet), _written(house)
    return [
        Line(label, ones[name], others[name], _kind(ones[name], others[name]))
        for name, label in LABELS.items()
        if ones[name] or others[name]
    ]


def _kind(sheet: str, house: str) -> str:
    if not sheet or not house:
        return "adds" if sheet else ""
    return "same" if sheet == house else "differs"


def _name(facts: PersonFacts) -> str:
    return facts.full_name or facts.nickname


def _written(facts: PersonFacts) -> dict[str, str]:
    """The facts in words; of an identity number no more than is needed to compare."""
    born = day_words(facts.born_on, facts.born_precision, get_language()) if facts.born_on else ""
    return {
        "name": _name(facts),
        "sex": str(Sex(facts.sex).label) if facts.sex in {Sex.MALE, Sex.FEMALE} else "",
        "born": born,
        "id_number": masked(facts.id_number) if facts.id_number else "",
        "phone": facts.phone,
        "address": facts.address,
        "school": facts.school,
        "occupation": facts.occupation,
    }
