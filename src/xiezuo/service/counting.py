"""The rows that count (CNT-1 to CNT-6). An indicator adds them up; the page behind a number lists them."""

from collections import defaultdict
from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, TruncMonth, TruncYear

from xiezuo.common.days import Precision
from xiezuo.forms.packs import pack
from xiezuo.people.models import Person
from xiezuo.people.vocab import Role
from xiezuo.service.models import Participation, ServiceRecord, VolunteerPart
from xiezuo.service.vocab import Method, ParticipationMode, RecordState

TEXT = CharField()
UNNAMED = Q(mode=ParticipationMode.COUNTED, person__isnull=True)
HELPING = (Role.VOLUNTEER, Role.CORE_VOLUNTEER, Role.ORGANISER, Role.COLLEAGUE)


def counted(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    """Those that count at all: neither cancelled nor still arriving, nor made for testing (CNT-6)."""
    return records.filter(state=RecordState.RECORDED, for_testing=False)


def uncounted(records: QuerySet[ServiceRecord], first: date, last: date) -> dict[str, int]:
    """What stays outside the figures of a period, by reason: records `cancelled` and `for_testing`, `undated` ones of
    no period at all, and people `not_there` who were expected."""
    inside = Q(service_date__range=(first, last))
    cancelled = Q(state=RecordState.CANCELLED)
    absent = Participation.objects.filter(record__in=counted(records).filter(inside), came=False)
    # Asked one by one, each with an index of its own: together they would look at every record ever written.
    outside = {
        "cancelled": records.filter(inside & cancelled),
        "for_testing": records.filter(inside & ~cancelled, for_testing=True),
        "undated": records.filter(~cancelled, service_date__isnull=True, for_testing=False),
    }
    found = {why: rows.order_by().values("pk").distinct().count() for why, rows in outside.items()}
    return found | {"not_there": absent.count()}


def methods_counting_as(what: str) -> list[str]:
    """Methods that pack counting-core counts as "event" or "session" (CNT-3)."""
    return [method for method, counts in pack("counting-core")["counts_as"].items() if counts == what]


def _invented() -> QuerySet[Person]:
    """People made for testing: few or none, so that asking for them costs less than looking at everyone."""
    return Person.objects.filter(for_testing=True)


def takings(records: QuerySet[ServiceRecord]) -> QuerySet[Participation]:
    """Participations that count: people who came, without invented ones."""
    return Participation.objects.filter(record__in=records, came=True).exclude(person__in=_invented())


def helpings(records: QuerySet[ServiceRecord]) -> QuerySet[VolunteerPart]:
    """Help that counts: everyone's but that of invented people."""
    return VolunteerPart.objects.filter(record__in=records).exclude(person__in=_invented())


def series_key() -> Case:
    """Within what a listed nickname is one person (CNT-1): series, else the site's check-in list, else the record."""
    return Case(
        When(record__series__isnull=False, then=Concat(Value("s"), Cast("record__series_id", TEXT))),
        When(
            record__method=Method.CHECKIN,
            record__site__isnull=False,
            then=Concat(Value("c"), Cast("record__site_id", TEXT)),
        ),
        default=Concat(Value("r"), Cast("record_id", TEXT)),
        output_field=TEXT,
    )


def person_key() -> Concat:
    return Concat(Value("p"), Cast("person_id", TEXT), output_field=TEXT)


def listed_key() -> Concat:
    return Concat(series_key(), Value(":"), F("label"), output_field=TEXT)


def identified(records: QuerySet[ServiceRecord]) -> QuerySet[Participation]:
    """Named and listed participations; `who` is the same text for the same person, `listed` for the same nickname."""
    known = takings(records).filter(mode__in=[ParticipationMode.NAMED, ParticipationMode.LISTED])
    return known.annotate(
        who=Case(When(mode=ParticipationMode.NAMED, then=person_key()), default=listed_key(), output_field=TEXT),
        listed=Case(When(mode=ParticipationMode.LISTED, then=listed_key()), output_field=TEXT),
    )


def unnamed(records: QuerySet[ServiceRecord]) -> QuerySet[Participation]:
    return takings(records).filter(UNNAMED)


def stated(records: QuerySet[ServiceRecord]) -> QuerySet[Participation]:
    """Those of which an imported sheet stated how many heads they were (CNT-9)."""
    return takings(records).filter(stated_heads__isnull=False)


def named_helpings(records: QuerySet[ServiceRecord]) -> QuerySet[VolunteerPart]:
    """Help by people whose name is known; `who` as in `identified`."""
    return helpings(records).filter(person__isnull=False).annotate(who=person_key())


def helpings_after_being_served(records: QuerySet[ServiceRecord]) -> QuerySet[VolunteerPart]:
    """Help by people who took part in a service, not as helpers, on a day that certainly lay earlier."""
    helped = named_helpings(records).alias(
        helped_in_month=TruncMonth("record__service_date"), helped_in_year=TruncYear("record__service_date")
    )
    earlier = (
        Q(record__date_precision=Precision.DAY, record__service_date__lt=OuterRef("record__service_date"))
        | Q(record__date_precision=Precision.MONTH, record__service_date__lt=OuterRef("helped_in_month"))
        | Q(record__date_precision=Precision.YEAR, record__service_date__lt=OuterRef("helped_in_year"))
    )
    served = Participation.objects.filter(
        earlier, person=OuterRef("person"), came=True, record__state=RecordState.RECORDED, record__for_testing=False
    ).exclude(as_role__in=HELPING)
    return helped.filter(Exists(served))


def servings(records: QuerySet[ServiceRecord]) -> QuerySet[Participation]:
    """Participations of people known by name who came, and not as helpers."""
    return takings(records).filter(person__isnull=False).exclude(as_role__in=HELPING)


def known_people(records: QuerySet[ServiceRecord]) -> dict[int, list[Person]]:
    """Record id → those of the house who were there or were expected."""
    found: dict[int, list[Person]] = defaultdict(list)
    rows = Participation.objects.filter(record__in=records.order_by().values("pk"), person__isnull=False)
    for row in rows.select_related("person"):
        if row.person is not None:
            found[row.record_id].append(row.person)
    return found
