"""Rows of work become service records, with the people they name."""

from collections.abc import Callable, Sequence

from xiezuo.exchange.actions.peopling import take_mentioned
from xiezuo.exchange.actions.step import Step
from xiezuo.exchange.kinds import PARTS
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.promote.activities import activity_facts, hours_facts
from xiezuo.exchange.promote.mentions import Named, signed
from xiezuo.exchange.promote.work import contact_facts, hours_of_day, visit_facts
from xiezuo.exchange.rows import candidates_of, key_of, shared_by
from xiezuo.exchange.vocab import RowState
from xiezuo.orgs.models import Site
from xiezuo.orgs.queries import staff_by_name
from xiezuo.people.actions import let_work_with
from xiezuo.service.actions import ServiceFacts, take_in_services

Group = list[ImportedRow]


def take_activities(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Activities, each with the names of its sign-in list and the people that were only counted."""
    lists = parts_of(rows)
    groups = [(row, *lists.get((row.sheet_id, key_of(row)), [])) for row in rows]
    for head, *parts in groups:
        step.places |= dict.fromkeys((part.pk for part in parts), step.site_of(step.values(head)))
    take_mentioned(step, [row for _head, *parts in groups for row in parts if row.record_type == "attendance"])

    def facts(group: Sequence[ImportedRow], site: Site | None) -> ServiceFacts:
        head, parts = group[0], group[1:]
        who = signed(
            [_named(step, row) for row in parts if row.record_type == "attendance"],
            [step.values(row) for row in parts if row.record_type == "counted"],
        )
        told = step.around(head) | step.values(head)
        return activity_facts(told, site=site, candidates=candidates_of(head), signed=who)

    write_groups(step, [list(group) for group in groups], facts)
    step.also([row for parts in lists.values() for row in parts])


def parts_of(rows: Sequence[ImportedRow]) -> dict[tuple[int, str], Group]:
    """The rows that hang on these, by sheet and key of the row they hang on."""
    keys = {(row.sheet_id, key_of(row)) for row in rows if row.record_type in PARTS.values()}
    if not keys:
        return {}
    parts = ImportedRow.objects.filter(
        sheet__in={sheet for sheet, _key in keys}, part_of__in={key for _sheet, key in keys}, state=RowState.WAITING
    )
    found: dict[tuple[int, str], Group] = {}
    for part in parts.filter(record_type__in=PARTS).order_by("id"):
        if (part.sheet_id, part.part_of) in keys:
            found.setdefault((part.sheet_id, part.part_of), []).append(part)
    return found


def take_hours_rows(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Rows that tell only of volunteers and their hours in a month."""
    write_groups(
        step,
        [[row] for row in rows],
        lambda group, site: hours_facts(step.around(group[0]) | step.values(group[0]), site=site),
    )


def take_hours(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Hours of volunteers: one record for each thing and day of a sheet, with everyone who helped."""
    _find_volunteers(rows)
    take_mentioned(step, rows)
    write_groups(
        step,
        _grouped(step, rows),
        lambda group, site: hours_of_day([_named(step, row) for row in group], site=site, around=step.around(group[0])),
    )


def _find_volunteers(rows: Sequence[ImportedRow]) -> None:
    """In a grid the hours belong to the volunteer in whose line they stand."""
    hanging = {(row.sheet_id, row.part_of) for row in rows if row.part_of}
    if not hanging:
        return
    heads = ImportedRow.objects.filter(
        sheet__in={sheet for sheet, _key in hanging}, record_type="volunteer", person__isnull=False
    )
    people = {
        (sheet, cell or str(row)): person
        for sheet, cell, row, person in heads.values_list("sheet_id", "cell", "row", "person_id")
    }
    for row in rows:
        row.person_id = people.get((row.sheet_id, row.part_of))


def take_visits(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Home visits, each with whoever was visited."""
    take_mentioned(step, rows)
    staff = staff_by_name()
    write_groups(
        step,
        [[row] for row in rows],
        lambda group, site: visit_facts(
            _named(step, group[0]), site=site, around=step.around(group[0]), staff=staff, on=step.on
        ),
    )


def take_contacts(step: Step, rows: Sequence[ImportedRow]) -> None:
    """Contacts in the street: one record for each place and day of a sheet."""
    write_groups(
        step,
        _grouped(step, rows),
        lambda group, site: contact_facts([step.values(row) for row in group], site=site, around=step.around(group[0])),
    )


def _named(step: Step, row: ImportedRow) -> Named:
    return step.values(row), row.person_id


def _grouped(step: Step, rows: Sequence[ImportedRow]) -> list[Group]:
    """Rows of one record together, in the order of the sheet. Read from what the rows say now: it may be corrected."""
    groups: dict[tuple[int, str], Group] = {}
    for row in rows:
        shared = shared_by(row.record_type, step.values(row))
        groups.setdefault((row.sheet_id, shared), []).append(row)
    return list(groups.values())


def write_groups(
    step: Step, groups: Sequence[Group], facts_of: Callable[[Sequence[ImportedRow], Site | None], ServiceFacts]
) -> None:
    """One record for each group of rows, at the site its first row says; the site works with everyone named there."""
    sites = [step.site_of(step.values(group[0])) for group in groups]
    everything = [facts_of(group, site) for group, site in zip(groups, sites, strict=True)]
    records = take_in_services(by=step.by, everything=everything, on=step.on)
    known: list[tuple[ImportedRow, tuple[int, Site | None]]] = []
    for group, site, record in zip(groups, sites, records, strict=True):
        for row in group:
            row.record, row.created, row.state = record, True, RowState.ARRIVED
            if row.person_id and site is not None:
                known.append((row, (row.person_id, site)))
    made = let_work_with(by=step.by, places=[place for _row, place in known], on=step.on)
    for row, (person, place) in known:
        tie = made.pop((person, place.pk if place else None), None)
        if tie:
            row.added = row.added | {"assignments": [*row.added.get("assignments", []), tie]}
