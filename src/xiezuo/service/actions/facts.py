"""What is written down about a piece of work, before it is a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from xiezuo.common.days import Precision
from xiezuo.orgs.models import Project, Site, User
from xiezuo.people.vocab import Role, Sex
from xiezuo.service.models import Series
from xiezuo.service.vocab import AgeGroup, Method, ParticipationMode

DAY_MINUTES = 24 * 60


@dataclass(kw_only=True)
class Taking:
    """One row of WHO. `count` person-times; `stated_heads` only for counted rows of an imported ledger."""

    mode: ParticipationMode
    person: int | None = None
    label: str = ""
    count: int = 1
    stated_heads: int | None = None
    sex: Sex = Sex.UNKNOWN
    age: AgeGroup = AgeGroup.UNKNOWN
    role: Role = Role.PARTICIPANT
    came: bool = True


@dataclass(kw_only=True)
class Helping:
    """A volunteer, or a counted group of them; `minutes` of all together."""

    person: int | None = None
    label: str = ""
    count: int | None = 1
    minutes: int | None = None


@dataclass(kw_only=True)
class ServiceFacts:
    """What is written down about one piece of work. Times are local; `minutes` is counted from them if not given.

    `written_at` is when it was written, where that was not now (on a phone without a network, in a story told later).
    """

    method: Method
    service_date: date | None
    precision: Precision = Precision.DAY
    service_line: str = ""
    site: Site | None = None
    series: Series | None = None
    title: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    minutes: int | None = None
    place_text: str = ""
    note: str = ""
    own_words: str = ""
    next_step: str = ""
    next_on: date | None = None
    projects: Sequence[Project] = ()
    staff: Sequence[User] = ()
    taking: Sequence[Taking] = ()
    helping: Sequence[Helping] = ()
    for_testing: bool = False
    written_at: datetime | None = None


def minutes_between(starts_at: time | None, ends_at: time | None) -> int | None:
    """Minutes from start to end; an end before the start lies on the next day (TIM-4). None if either is open."""
    if starts_at is None or ends_at is None:
        return None
    span = (ends_at.hour * 60 + ends_at.minute) - (starts_at.hour * 60 + starts_at.minute)
    return span % DAY_MINUTES
