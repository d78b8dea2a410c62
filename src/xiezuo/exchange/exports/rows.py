"""The rows of a list: those open to whoever asks, cell by cell, and how many people were left out and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, Max, Min, QuerySet, When
from django.utils.translation import gettext as _

from xiezuo.common.days import years_before
from xiezuo.exchange.exports.columns import Around, Column
from xiezuo.exchange.exports.purposes import Purpose
from xiezuo.exchange.vocab import ExportKind
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, sections_of, volunteers_for
from xiezuo.people.consents import WHY, standings
from xiezuo.people.models import Person
from xiezuo.people.queries import guardian_names, helping_periods, named, with_places
from xiezuo.people.rights import at_rest
from xiezuo.people.sections import Sections
from xiezuo.people.sensitive import sensitive_of_each
from xiezuo.people.vocab import Section
from xiezuo.service.access import as_told_to, readable_records, records_for
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.queries import minutes_given

NOT_OPEN, LATER = "not_open", "later"


@dataclass(frozen=True)
class Chosen:
    """Which people, or which records: by site, role, age in completed years, a scrap of the name, days of the service;
    whose whole file, or that of which household."""

    site: int | None = None
    role: str = ""
    from_age: int | None = None
    to_age: int | None = None
    q: str = ""
    from_on: date | None = None
    to_on: date | None = None
    person: int | None = None
    household: int | None = None

    def as_facts(self) -> dict[str, Any]:
        days = {"from_on": self.from_on, "to_on": self.to_on}
        told = {"site": self.site, "role": self.role, "from_age": self.from_age, "to_age": self.to_age, "q": self.q}
        told |= {"person": self.person, "household": self.household}
        told |= {name: day.isoformat() for name, day in days.items() if day}
        return {name: value for name, value in told.items() if value not in (None, "")}

    @classmethod
    def of_facts(cls, facts: dict[str, Any]) -> "Chosen":
        told = dict(facts)
        for name in ("from_on", "to_on"):
            if name in told:
                told[name] = date.fromisoformat(told[name])
        return cls(**told)


@dataclass
class Table:
    """`people` are in it by name or by what is told of them; `left_out` says by a code of consent how many are not."""

    rows: list[list[Any]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    minors: int = 0
    closed: int = 0


def left_out_words(left_out: dict[str, int]) -> list[tuple[int, str]]:
    """(how many, why) for the page and the sheet."""
    other = {
        NOT_OPEN: _("they are not open to whoever asked"),
        LATER: _("they came into it only after it was asked for"),
    }
    return [(n, str(other.get(code) or WHY[code])) for code, n in sorted(left_out.items())]


def people_chosen(actor: Actor, kind: ExportKind, chosen: Chosen, on: date) -> QuerySet[Person]:
    """People whom the actor may know, or volunteers whom they look after, as chosen; without those whose record rests."""
    people = volunteers_for(actor) if kind == ExportKind.VOLUNTEERS else people_for(actor)
    people = people.exclude(at_rest(on))
    if kind == ExportKind.FILE:
        return _of_file(people, chosen)
    if chosen.site:
        people = people.filter(
            pk__in=people.filter(assignments__site=chosen.site, assignments__to_on__isnull=True).values("pk")
        )
    if chosen.role:
        people = people.filter(
            pk__in=people.filter(role_periods__role=chosen.role, role_periods__to_on__isnull=True).values("pk")
        )
    if chosen.from_age is not None:
        people = people.filter(born_on__lte=years_before(on, chosen.from_age))
    if chosen.to_age is not None:
        people = people.filter(born_on__gt=years_before(on, chosen.to_age + 1))
    return named(people, chosen.q).order_by("pk")


def _of_file(people: QuerySet[Person], chosen: Chosen) -> QuerySet[Person]:
    """The person, or those who live in the household now, its head first."""
    if chosen.household is None:
        return people.filter(pk=chosen.person or 0)
    here = people.filter(household_members__household=chosen.household, household_members__to_on__isnull=True)
    is_head = Case(When(heads=chosen.household, then=0), default=1)
    return people.filter(pk__in=here.values("pk")).annotate(after=Min(is_head)).order_by("after", "pk")


def records_chosen(actor: Actor, chosen: Chosen) -> QuerySet[ServiceRecord]:
    records = records_for(actor).exclude(state="cancelled")
    if chosen.site:
        records = records.filter(site=chosen.site)
    if chosen.from_on:
        records = records.filter(service_date__gte=chosen.from_on)
    if chosen.to_on:
        records = records.filter(service_date__lte=chosen.to_on)
    return records.select_related("site").order_by("service_date", "pk")


def table_of(
    actor: Actor,
    *,
    kind: ExportKind,
    purpose: Purpose,
    columns: Sequence[Column],
    chosen: Chosen,
    on: date,
    most: int,
    within: set[int] | None = None,
) -> Table:
    """The list as it is open to the actor on a day; at most `most` people or records, and one more when there are more.

    `within`: ids of those whom a second person has said yes to; anyone else is left out.
    """
    if kind == ExportKind.RECORDS:
        return _of_records(actor, purpose, columns, chosen, on, most, within)
    people = list(with_places(people_chosen(actor, kind, chosen, on))[: most + 1])
    table = Table()
    inside, sections = _inside(actor, people, purpose, on, table, within)
    around = _around(actor, inside, columns, on)
    _fetch_sensitive(actor, inside, columns)
    for person in inside:
        table.rows.append([_cell(column, person, person, sections[person.pk], around, table) for column in columns])
    _note(table, inside, sections)
    return table


def _note(table: Table, inside: list[Person], sections: dict[int, Sections]) -> None:
    table.people = inside
    table.minors = sum(1 for person in inside if sections[person.pk].minor)


def _inside(
    actor: Actor, people: list[Person], purpose: Purpose, on: date, table: Table, within: set[int] | None
) -> tuple[list[Person], dict[int, Sections]]:
    """Those who agreed to everything the purpose needs, with what of their files is open."""
    sections, agreed = sections_of(actor, people), standings(people, purpose.consents, on)
    inside = []
    for person in people:
        missing = next((one.code for one in agreed[person.pk] if not one.is_open), "")
        if not missing and Section.NAME not in sections[person.pk]:
            missing = NOT_OPEN
        if not missing and within is not None and person.pk not in within:
            missing = LATER
        if missing:
            table.left_out[missing] += 1
        else:
            inside.append(person)
    return inside, sections


def _cell(column: Column, thing: Any, person: Person, sections: Sections, around: Around, table: Table) -> Any:
    if column.section not in sections:
        table.closed += 1
        return _("closed")
    return column.told(thing, around)


def _fetch_sensitive(actor: Actor, people: list[Person], columns: Sequence[Column]) -> None:
    if any(column.part == Section.SENSITIVE for column in columns):
        sensitive_of_each(actor, people)


def _around(actor: Actor, people: list[Person], columns: Sequence[Column], on: date) -> Around:
    """What the columns need to know of everyone, each thing asked once."""
    ids, codes, around = [person.pk for person in people], {column.code for column in columns}, Around(on)
    if "given" in codes:
        around.minutes = minutes_given(ids)
    if "roles" in codes:
        around.roles = {
            pk: [period.role for period in periods if period.to_on is None]
            for pk, periods in helping_periods(ids).items()
        }
    if "sites" in codes:
        around.sites = {person.pk: [str(row.site) for row in vars(person).get("now_at", [])] for person in people}
    if "guardians" in codes:
        around.guardians = guardian_names(actor, ids, on)
    if {"services", "last_service"} & codes:
        records = records_for(actor).exclude(state="cancelled").order_by().values("pk")
        told = Participation.objects.filter(record__in=records).filter(person__in=ids, came=True)
        found = told.values("person").annotate(n=Count("record", distinct=True), last=Max("record__service_date"))
        around.services = {row["person"]: (row["n"], row["last"]) for row in found}
    return around


def _of_records(
    actor: Actor,
    purpose: Purpose,
    columns: Sequence[Column],
    chosen: Chosen,
    on: date,
    most: int,
    within: set[int] | None,
) -> Table:
    """One row for each named person on a record; a record without names has one row of its own."""
    table = Table()
    records = list(records_chosen(actor, chosen)[: most + 1])
    by_record = named_on(records)
    ids = {pk for found in by_record.values() for pk in found}
    known = {person.pk: person for person in people_for(actor).filter(pk__in=ids)}
    table.left_out[NOT_OPEN] += len(ids - known.keys())
    inside, sections = _inside(actor, list(known.values()), purpose, on, table, within)
    table.left_out = +table.left_out
    open_ids = {person.pk for person in inside}
    around = _around(actor, inside, columns, on)
    readable = readable_ids(actor, records) if any(column.part == Section.CASE for column in columns) else set()
    for record in records:
        on_it = by_record.get(record.pk, [])
        # What was said may tell of anyone on the record, so that it leaves only when everyone on it is in the list.
        told = record.pk in readable and open_ids >= set(on_it)
        for pk in [pk for pk in on_it if pk in open_ids]:
            cells = [_record_cell(column, record, known[pk], sections[pk], around, table, told) for column in columns]
            table.rows.append(cells)
        if not on_it:
            table.rows.append([_record_cell(column, record, None, None, around, table, told) for column in columns])
    _note(table, inside, sections)
    return table


def named_on(records: list[ServiceRecord]) -> dict[int, list[int]]:
    """Record id → ids of the people on it by name."""
    parts = Participation.objects.filter(record__in=records).filter(person__isnull=False).order_by("record", "pk")
    found: dict[int, list[int]] = {}
    for record, person in parts.values_list("record_id", "person_id"):
        found.setdefault(record, []).append(person)
    return found


def readable_ids(actor: Actor, records: list[ServiceRecord]) -> set[int]:
    """Of which records the actor may read what was said."""
    closed = {record.pk for record in as_told_to(actor, records) if record.is_closed}
    ids = [record.pk for record in records]
    return set(readable_records(actor).filter(pk__in=ids).values_list("pk", flat=True)) - closed


def _record_cell(
    column: Column,
    record: ServiceRecord,
    person: Person | None,
    sections: Sections | None,
    around: Around,
    table: Table,
    told: bool,
) -> Any:
    if column.part == Section.CASE:
        if told and (sections is None or Section.CASE in sections):
            return column.told(record, around)
        table.closed += 1
        return _("closed")
    if person is None or sections is None:
        return column.told(record, around) if column.of_record else ""
    return _cell(column, record if column.of_record else person, person, sections, around, table)
