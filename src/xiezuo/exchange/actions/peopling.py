"""People of a step: linked to who is here where that is certain or someone said so, else written down as new."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xiezuo.exchange.actions.describing import Described, describe
from xiezuo.exchange.actions.finding import matches_of
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.models import ImportedRow, PossibleMatch
from xiezuo.exchange.vocab import MatchAnswer, RowState
from xiezuo.people.access import people_for
from xiezuo.people.actions import add_what_is_new, let_work_with, take_in_people, take_in_roles
from xiezuo.people.matching import Alike, house_pool
from xiezuo.people.models import Person


@dataclass
class Said:
    """What is known beforehand of who a row may be."""

    same: PossibleMatch | None = None
    others: set[int] = field(default_factory=set)  # persons it is not
    found: bool = False  # someone was proposed before


def take_people(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Give each row its person. Rows that name nobody, or only mention a nickname, stay without one."""
    described = describe(step, rows)
    for one in described:
        one.row.state = RowState.ARRIVED
    said = _said([one.row for one in described])
    here = _linked(step, described, said)
    fresh = [one for one in described if one.row.pk not in here]
    _write(step, fresh)
    _link(step, [(one, here[one.row.pk]) for one in described if one.row.pk in here])
    _begin_roles(described)


def _said(rows: Sequence[ImportedRow]) -> dict[int, Said]:
    told: dict[int, Said] = {row.pk: Said() for row in rows}
    for match in PossibleMatch.objects.filter(row__in=[row.pk for row in rows]).select_related("earlier"):
        said = told[match.row_id]
        said.found = True
        if match.answer == MatchAnswer.SAME:
            said.same = match
        elif match.answer == MatchAnswer.DIFFERENT:
            said.others |= {person} if (person := _person_of(match)) else set()
    return told


Here = dict[int, "int | Described"]  # row → person who is here, or the row of this step whose person it is


def _linked(step: Step, described: Sequence[Described], said: dict[int, Said]) -> Here:
    """Rows whose person is here, or is that of an earlier row of this step. Notes whom the others may be."""
    people = people_for(step.by)
    pool = house_pool(people, [one.sketch for one in described])
    answered = {pk for told in said.values() if told.same and (pk := _person_of(told.same))}
    visible = set(people.filter(pk__in=answered).values_list("pk", flat=True))
    by_row = {one.row.pk: one for one in described}
    here: Here = {}
    perhaps: list[tuple[ImportedRow, list[Alike]]] = []
    for one in described:
        told, alike = said[one.row.pk], pool.alike(one.sketch)
        target = _answered(told, visible, by_row) or _certain(alike, told, by_row)
        if target is not None:
            here[one.row.pk] = target
            continue
        if not told.found:
            perhaps.append((one.row, [found for found in alike if isinstance(found.ref, int)]))
        pool.add(f"row {one.row.pk}", one.sketch)
    _propose(step, perhaps)
    return here


def _propose(step: Step, perhaps: Sequence[tuple[ImportedRow, list[Alike]]]) -> None:
    """Note whom new people may be who came into the house since the file was read. Within the file that was noted."""
    refs = {found.ref for _row, alike in perhaps for found in alike if isinstance(found.ref, int)}
    mine = ImportedRow.objects.filter(sheet__batch=step.batch, person_created=True, person__in=refs)
    ours = set(mine.values_list("person_id", flat=True))
    PossibleMatch.objects.bulk_create(
        [m for row, alike in perhaps for m in matches_of(row, [one for one in alike if one.ref not in ours])]
    )


def _answered(told: Said, visible: set[int], by_row: dict[int, Described]) -> "int | Described | None":
    if told.same is None:
        return None
    if told.same.earlier_id in by_row:
        return by_row[told.same.earlier_id]
    person = _person_of(told.same)
    return person if person in visible else None


def _person_of(match: PossibleMatch) -> int | None:
    """Whom the match names: someone of the house, or the person an earlier row became."""
    return match.person_id or (match.earlier.person_id if match.earlier else None)


def _certain(alike: Sequence[Alike], told: Said, by_row: dict[int, Described]) -> "int | Described | None":
    for one in alike:
        if one.certain and one.ref not in told.others:
            return one.ref if isinstance(one.ref, int) else by_row[int(str(one.ref).removeprefix("row "))]
    return None


def _write(step: Step, fresh: Sequence[Described]) -> None:
    people = take_in_people(
        by=step.by,
        everyone=[one.facts for one in fresh],
        sites=[one.site for one in fresh],
        on=step.on,
        legal_basis=step.basis,
    )
    for one, person in zip(fresh, people, strict=True):
        one.row.person, one.row.person_created = person, True


def _link(step: Step, linked: Sequence[tuple[Described, "int | Described"]]) -> None:
    """Rows whose person is here: what they add goes into empty fields, what differs stays with the row."""
    if not linked:
        return
    fetched = people_for(step.by).in_bulk([to for _one, to in linked if isinstance(to, int)])
    pairs: list[tuple[Described, Person]] = []
    for one, to in linked:
        person = fetched[to] if isinstance(to, int) else to.row.person
        if person is not None:
            one.row.person = person
            pairs.append((one, fetched.setdefault(person.pk, person)))
    told = add_what_is_new(by=step.by, known=[(person, one.facts) for one, person in pairs])
    placed = [(person.pk, one.site) for one, person in pairs if one.site is not None]
    assigned = let_work_with(by=step.by, places=placed, on=step.on)
    for (one, person), added in zip(pairs, told, strict=True):
        noted: dict[str, list[Any]] = {"fields": added.fields, "tags": added.tags, "differs": added.differs}
        tie = assigned.pop((person.pk, one.site.pk if one.site else None), None)
        noted |= {"assignments": [tie]} if tie else {}
        one.row.added = {name: value for name, value in noted.items() if value}


def _begin_roles(described: Sequence[Described]) -> None:
    wanted = [(one.row.person_id, *one.role) for one in described if one.role and one.row.person_id]
    begun = take_in_roles(roles=wanted)
    for one in described:
        period = begun.pop(one.row.person_id or 0, None) if one.role else None
        if period and not one.row.person_created:
            one.row.added = one.row.added | {"roles": [period]}


def take_mentioned(step: Step, rows: Sequence[ImportedRow]) -> None:
    """People whom rows of work name. A full name (with the same telephone) named again in this file is one person;
    whoever is called by a nickname only stays that nickname."""
    named = [row for row in rows if row.who and row.person_id is None]
    known = ImportedRow.objects.filter(
        sheet__batch=step.batch, who__in={row.who for row in named}, person__isnull=False
    )
    people = dict(known.values_list("who", "person_id"))
    first: dict[str, ImportedRow] = {}
    for row in named:
        if row.who not in people:
            first.setdefault(row.who, row)
    take_people(step, list(first.values()))
    for row in named:
        if row.person_id is None:
            row.person_id = people.get(row.who) or (first[row.who].person_id if row.who in first else None)
