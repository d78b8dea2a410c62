"""The day's work, told once and read three ways: of a colleague, of a site, of a site's month. Nothing here is kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum

from xiezuo.common.models import Event
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import among, people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.access import as_told_to, opened_forms, records_for
from xiezuo.service.indicators import INDICATORS, counted
from xiezuo.service.models import FilledForm, Participation, ServiceRecord
from xiezuo.service.queries import came_in
from xiezuo.service.vocab import Method

NUMBERS = ("headcount", "person_times", "unnamed", "event_count", "session_count", "service_hours")
MOST_FORMS = 50


@dataclass(frozen=True)
class Numbers:
    """Of some records: people, person-times (of which without a name), events, sessions, minutes. Units are never mixed."""

    services: int
    headcount: int
    person_times: int
    unnamed: int
    event_count: int
    session_count: int
    service_hours: int  # in minutes, as the indicator counts


@dataclass(frozen=True)
class ByMethod:
    method: Method
    numbers: Numbers


def numbers_of(records: QuerySet[ServiceRecord]) -> Numbers:
    return Numbers(records.order_by().count(), **{code: INDICATORS[code].value(records) for code in NUMBERS})


def by_method(records: QuerySet[ServiceRecord]) -> list[ByMethod]:
    """The numbers of each method that occurs, in the order of the methods; in a fixed number of queries."""
    found = {code: INDICATORS[code].by(records, "method") for code in NUMBERS}
    services = dict(records.order_by().values("method").annotate(n=Count("pk")).values_list("method", "n"))
    return [
        ByMethod(method, Numbers(services[method], **{code: found[code].get(method, 0) for code in NUMBERS}))
        for method in Method
        if method in services
    ]


def _of_day(actor: Actor, on: date) -> QuerySet[ServiceRecord]:
    return counted(records_for(actor)).filter(service_date=on, date_precision="day")


def work_of(actor: Actor, author: User, on: date) -> QuerySet[ServiceRecord]:
    """What a colleague did on a day, wrote down or took part in, as far as the actor may know of it."""
    joined = ServiceRecord.staff.through.objects.filter(user_id=author.pk).values("servicerecord_id")
    return _of_day(actor, on).filter(Q(recorded_by=author) | Q(pk__in=joined))


def services_by_author(actor: Actor, on: date) -> Counter[int]:
    """Login id → on how many services of a day the colleague stands, as far as the actor may know of them."""
    joined = ServiceRecord.staff.through.objects
    wrote = dict(_of_day(actor, on).order_by().values_list("pk", "recorded_by_id"))
    pairs = set(wrote.items())
    pairs |= set(joined.filter(servicerecord_id__in=list(wrote)).values_list("servicerecord_id", "user_id"))
    return Counter(user for _record, user in pairs)


def work_at(actor: Actor, site: Site, on: date) -> QuerySet[ServiceRecord]:
    return _of_day(actor, on).filter(site=site)


def in_order(actor: Actor, records: QuerySet[ServiceRecord]) -> list[ServiceRecord]:
    """By the clock, as told to the actor, with the number of `times` and the colleagues who were there."""
    with_times = records.annotate(times=Sum("participations__count", filter=Q(participations__came=True)))
    found = with_times.select_related("site", "recorded_by").prefetch_related("staff")
    return as_told_to(actor, found.order_by(F("starts_at").asc(nulls_last=True), "id"))


def forms_of_day(actor: Actor, author: User, on: date) -> list[FilledForm]:
    """Forms of that day, by their date or else the day on which they were finished, that are no service record."""
    of_day = Q(submission__service_date=on) | Q(submission__service_date=None, submission__submitted_at__date=on)
    forms = FilledForm.objects.filter(of_day, submission__author=author, record=None)
    return opened_forms(actor, forms, MOST_FORMS)


def changed_since(records: Iterable[ServiceRecord], moment: datetime | None) -> bool:
    """Whether one of the records was written, corrected or cancelled after a report was handed in."""
    ids = [record.pk for record in records]
    told = Event.objects.filter(subject="service.servicerecord", subject_id__in=ids)
    return moment is not None and told.filter(at__gt=moment).exists()


def on_duty(records: Iterable[ServiceRecord]) -> list[User]:
    """Who was at work there: whoever wrote a record or stands on one, by name."""
    found = {user.pk: user for record in records for user in (record.recorded_by, *record.staff.all())}
    return sorted(found.values(), key=lambda user: (user.name, user.pk))


@dataclass(frozen=True)
class CameIn:
    """Check-ins of a day: those whom the actor may know, in the order in which they came, and how many others."""

    known: list[Participation]
    others: int


def checked_in(actor: Actor, site: Site, on: date) -> CameIn:
    rows = [row for row in reversed(came_in(site, on)) if row.came]
    known = people_for(actor).in_bulk([row.person_id for row in rows if row.person_id])
    open_to = sections_of(actor, known.values())
    shown = [row for row in rows if row.person_id in known and Section.SERVICES in open_to[row.person_id or 0]]
    return CameIn(shown, len(rows) - len(shown))


def people_named(records: Iterable[ServiceRecord], actor: Actor) -> dict[int, list[Person]]:
    """Record id → those on it whose services the actor may know of; of closed records nobody."""
    ids = [record.pk for record in records if not record.is_closed]
    rows = Participation.objects.filter(among(people_for(actor)), record__in=ids, came=True)
    named = [(row.record_id, row.person) for row in rows.select_related("person").order_by("id") if row.person]
    open_to = sections_of(actor, {person for _record, person in named})
    found: dict[int, list[Person]] = {}
    for record, person in named:
        if Section.SERVICES in open_to[person.pk]:
            found.setdefault(record, []).append(person)
    return found
