"""How many places are left, who waits, who came, and what people thought of an activity."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Sum

from xiezuo.forms.packs import pack
from xiezuo.service.counting import counted
from xiezuo.service.models import (
    Activity,
    ActivityDay,
    Participation,
    Satisfaction,
    ServiceRecord,
    SignUp,
    VolunteerPart,
)
from xiezuo.service.models.activity import RATED
from xiezuo.service.vocab import ParticipationMode, RecordState, SignUpState

HOLDS_A_PLACE = (SignUpState.REGISTERED, SignUpState.CAME, SignUpState.NO_SHOW)
LOOKED_BACK = 300  # services at a site, of those who helped lately


@dataclass(frozen=True)
class Places:
    """`taken` of `quota`; `waiting` for one."""

    quota: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        return max(0, self.quota - self.taken)


def places_of(activity: Activity) -> Places:
    return places_of_each([activity])[activity.pk]


def places_of_each(activities: Sequence[Activity]) -> dict[int, Places]:
    """By the number of the activity, in one query."""
    states: dict[int, Counter[str]] = {one.pk: Counter() for one in activities}
    rows = SignUp.objects.filter(activity__in=list(states)).order_by()
    for activity, state, n in rows.values_list("activity_id", "state").annotate(n=Count("pk")):
        states[activity][state] = n
    return {
        one.pk: Places(
            one.quota, sum(states[one.pk][state] for state in HOLDS_A_PLACE), states[one.pk][SignUpState.WAITING]
        )
        for one in activities
    }


def helped_here(day: ActivityDay, most: int) -> list[int]:
    """Ids of people who helped in the last services at the site of this activity, the latest first, without those named for
    this day."""
    here = ServiceRecord.objects.filter(site=day.activity.site_id, state=RecordState.RECORDED)
    latest = here.order_by(F("service_date").desc(nulls_last=True), "-pk").values("pk")[:LOOKED_BACK]
    parts = VolunteerPart.objects.filter(person__isnull=False, record__in=latest)
    parts = parts.exclude(person__in=day.helpers.values("person"))
    lately = parts.order_by().values("person").annotate(on=Max("record__service_date")).order_by("-on", "-person")
    return list(lately.values_list("person", flat=True)[:most])


def place_in_line(sign_up: SignUp) -> int:
    """The number of someone who waits: 1 moves up next."""
    before = SignUp.objects.filter(
        activity=sign_up.activity_id, state=SignUpState.WAITING, position__lt=sign_up.position
    )
    return before.count() + 1


def records_of(activity: Activity) -> list[ServiceRecord]:
    """The records of its days that count."""
    return list(counted(ServiceRecord.objects.filter(activity_day__activity=activity)))


def times_by_mode(activity: Activity) -> dict[str, int]:
    """Person-times by how people were counted; each mode is there."""
    rows = Participation.objects.filter(record__in=records_of(activity), came=True).order_by()
    told = dict(rows.values_list("mode").annotate(n=Sum("count")))
    return {mode: int(told.get(mode) or 0) for mode in ParticipationMode.values}


@dataclass(frozen=True)
class Rated:
    """One question: how many answered, and the mean of their ratings."""

    key: str
    n: int
    mean: float


@dataclass(frozen=True)
class Opinions:
    """`enough`: whether so many answered that means and words may be shown."""

    n: int
    enough: bool
    rated: list[Rated]
    best: list[str]
    change: list[str]

    @property
    def mean(self) -> float:
        return sum(one.mean for one in self.rated) / len(self.rated) if self.rated else 0.0


def opinions_of(activity: Activity) -> Opinions:
    rows = list(Satisfaction.objects.filter(activity=activity))
    n = len(rows)
    if n < pack("groups-default")["opinions"]["least"]:
        return Opinions(n, False, [], [], [])
    rated = [Rated(key, n, sum(getattr(row, key) for row in rows) / n) for key in RATED]
    # In the order of the alphabet, so that nobody reads who came after whom.
    best, change = (sorted(filter(None, (str(getattr(row, name)) for row in rows))) for name in ("best", "change"))
    return Opinions(n, True, rated, best, change)
