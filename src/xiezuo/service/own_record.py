"""What someone took part in and helped with, as they themselves may read it: the day, what, where, and their own part."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from xiezuo.people.members import Reader
from xiezuo.people.models import Person
from xiezuo.people.retention import BY_LAW, classes
from xiezuo.service.models import Participation, ServiceRecord, VolunteerPart
from xiezuo.service.vocab import Method, RecordState

# The title of work with one person may name somebody; these are for many, and are called by what was done.
TITLED = {Method.GROUP, Method.ACTIVITY, Method.COURSE, Method.CENTRE, Method.OUTREACH, Method.VOLUNTEERING}


@dataclass(frozen=True)
class OwnService:
    """`minutes`: what they gave where they helped, None where they took part or nobody wrote it."""

    on: date | None
    precision: str
    method: str
    what: str
    title: str
    where: str
    came: bool
    role: str
    own_words: str
    who: str
    minutes: int | None = None


def _named_in(record: ServiceRecord, person: Person, others: dict[int, set[str]]) -> bool:
    """Whether the title names somebody who was there beside the person."""
    return any(name and name in record.title for name in others.get(record.pk, set()))


def _others(records: set[int], person: Person) -> dict[int, set[str]]:
    """Record id → what the others who were there are called."""
    found: dict[int, set[str]] = {}
    for model in (Participation, VolunteerPart):
        rows: Any = model.objects.filter(record__in=records).exclude(person=person)
        for record, label, full, nick, alias in rows.values_list(
            "record_id", "label", "person__full_name", "person__nickname", "person__alias"
        ):
            found.setdefault(record, set()).update(name for name in (label, full, nick, alias) if name)
    return found


def _told(row: Participation | VolunteerPart, person: Person, others: dict[int, set[str]]) -> OwnService:
    record, helped = row.record, isinstance(row, VolunteerPart)
    shown = record.method in TITLED and not _named_in(record, person, others)
    alone = record.pk not in others
    return OwnService(
        on=record.service_date,
        precision=record.date_precision,
        method=record.method,
        what=str(record.get_method_display()),
        title=record.title if shown else "",
        where=record.site.name if record.site else record.place_text if alone else "",
        came=True if helped else row.came,  # type: ignore[union-attr]
        role="" if helped else str(row.get_as_role_display()),  # type: ignore[union-attr]
        own_words=record.own_words if alone and not helped else "",
        who=record.recorded_by.name,
        minutes=row.minutes if helped else None,  # type: ignore[union-attr]
    )


def _rows(model: Any, reader: Reader) -> list[OwnService]:
    if reader.reduced:
        return []
    person = reader.subject
    rows = model.objects.filter(person=person, record__state=RecordState.RECORDED)
    latest = F("record__service_date").desc(nulls_last=True)
    every = list(rows.select_related("record__site", "record__recorded_by").order_by(latest, "-record_id"))
    others = _others({row.record_id for row in every}, person)
    return [_told(row, person, others) for row in every]


def own_services(reader: Reader) -> list[OwnService]:
    """What they took part in, the latest first."""
    return _rows(Participation, reader)


def own_help(reader: Reader) -> list[OwnService]:
    """What they helped with, the latest first."""
    return _rows(VolunteerPart, reader)


@dataclass(frozen=True)
class Held:
    """Records that a rule from outside keeps: stored only, until `until`, by `source` (DAT-7)."""

    what: str
    until: date
    source: str


def held_by_rule(person: Person, on: date) -> list[Held]:
    """What stays though the person asks for deletion: used for nothing else on that day, until the last of it may end."""
    days = VolunteerPart.objects.filter(person=person, record__state=RecordState.RECORDED)
    last = days.filter(record__service_date__isnull=False).order_by("-record__service_date").first()
    rule = classes()["volunteer"]
    if last is None or last.record.service_date is None:
        return []
    until = rule.over_on(last.record.service_date)
    return [Held(rule.label, until, rule.source_words)] if rule.mark in BY_LAW and on < until else []
