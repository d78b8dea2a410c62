"""Work of one colleague, or with one person, written down twice for the same time (CAS-9): a warning, never a refusal.

It is asked once, of one record that someone has just written; what an import brings is not gone through.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.forms.rules import Rule, rule
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.models import Person
from xiezuo.service.access import as_told_to, known_records
from xiezuo.service.models import Participation, ServiceRecord
from xiezuo.service.vocab import RecordState

CODE = "CAS-9"
MOST = 3  # sentences; whoever reads more than that reads none
LOOKED_AT = 60  # records of the days around, of the same colleagues and people
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A record that ends before it begins ends on the next day; it counts for the day on which it began (TIM-4)."""

    start: datetime
    end: datetime

    def minutes_shared(self, other: "Span") -> float:
        return (min(self.end, other.end) - max(self.start, other.start)).total_seconds() / 60


def span_of(record: ServiceRecord) -> Span | None:
    """From when to when; None where that was not written down."""
    if record.service_date is None or record.date_precision != "day" or record.starts_at is None:
        return None
    start = datetime.combine(record.service_date, record.starts_at)
    if record.ends_at is not None:
        end = datetime.combine(record.service_date, record.ends_at)
        return Span(start, end if end >= start else end + ONE_DAY)
    return Span(start, start + timedelta(minutes=record.minutes)) if record.minutes else None


@dataclass(frozen=True)
class Overlap:
    """`who` is on both; `other` is None where the actor may not know what else it was."""

    who: str
    span: Span
    other: ServiceRecord | None


def overlaps_of(actor: Actor, record: ServiceRecord) -> list[Overlap]:
    """With what else a record shares time, at most a few; in at most six queries, and none where it names no time."""
    told, span = rule(CODE), span_of(record)
    if span is None or _stands_beside(told, record) or record.state != RecordState.RECORDED:
        return []
    staff = {record.recorded_by_id, *record.staff.values_list("pk", flat=True)}
    people = set(_people_of(record))
    near = [other for other in _around(told, record, staff, people) if _shares(told, span, other)]
    if not near:
        return []
    return [*_told(actor, near, staff, people)][:MOST]


def _stands_beside(told: Rule, record: ServiceRecord) -> bool:
    return record.method in told.values.get("beside", ())


def _people_of(record: ServiceRecord) -> QuerySet[Participation, int | None]:
    came = record.participations.filter(person__isnull=False, came=True)
    return came.values_list("person_id", flat=True)


def _around(told: Rule, record: ServiceRecord, staff: set[int], people: set[int | None]) -> QuerySet[ServiceRecord]:
    """Of the day before, the day itself and the day after."""
    day = record.service_date or datetime.min.date()
    joined = ServiceRecord.staff.through.objects.filter(user_id__in=staff).values("servicerecord_id")
    theirs = Participation.objects.filter(person__in=people, came=True).values("record_id")
    days = Q(service_date__range=(day - ONE_DAY, day + ONE_DAY), date_precision="day", starts_at__isnull=False)
    who = Q(recorded_by__in=staff) | Q(pk__in=joined) | Q(pk__in=theirs)
    found = ServiceRecord.objects.filter(days, who, state=RecordState.RECORDED, for_testing=record.for_testing)
    found = found.exclude(pk=record.pk).exclude(method__in=told.values.get("beside", ()))
    return (
        found.select_related("site").prefetch_related("staff").order_by("service_date", "starts_at", "pk")[:LOOKED_AT]
    )


def _shares(told: Rule, span: Span, other: ServiceRecord) -> bool:
    theirs = span_of(other)
    return theirs is not None and span.minutes_shared(theirs) > told.values.get("more_than_minutes", 0)


def _told(actor: Actor, near: list[ServiceRecord], staff: set[int], people: set[int | None]) -> Iterator[Overlap]:
    """Of records that the actor may not know of, only that a colleague is on one; nothing of where a person was."""
    known = set(known_records(actor).filter(pk__in=[one.pk for one in near]).values_list("pk", flat=True))
    shown = {one.pk: one for one in as_told_to(actor, [one for one in near if one.pk in known])}
    names = dict(User.objects.filter(pk__in=staff).values_list("pk", "name"))
    rows = Participation.objects.filter(record__in=list(shown), person__in=people, came=True).select_related("person")
    with_person: dict[int, Person | None] = {row.record_id: row.person for row in rows}
    for one in near:
        span = span_of(one)
        both = sorted(staff & {one.recorded_by_id, *(user.pk for user in one.staff.all())})
        person = with_person.get(one.pk)
        if span and (both or person):
            yield Overlap(names[both[0]] if both else str(person), span, shown.get(one.pk))


def sentence(one: Overlap) -> str:
    """What is shown after saving: kept nevertheless."""
    words = {"who": one.who, "start": f"{one.span.start:%H:%M}", "end": f"{one.span.end:%H:%M}"}
    if one.other is None:
        told = _("Kept. %(who)s also stands on another record from %(start)s to %(end)s. If that is right, leave it.")
        return told % words
    title = one.other.title and pgettext("between method and title", ": ") + one.other.title
    words["what"] = f"{one.other.serial_no} {one.other.get_method_display()}{title}"
    told = _("Kept. %(who)s also stands on “%(what)s” from %(start)s to %(end)s. If that is right, leave it.")
    return told % words
