"""What happens in the story, as facts. Places, colleagues and projects are numbers into the words of the story."""

from dataclasses import dataclass, field
from datetime import date, time

from xiezuo.people.actions import PersonFacts
from xiezuo.people.vocab import Role
from xiezuo.service.vocab import Method, SeriesKind


@dataclass(frozen=True, eq=False)
class Someone:
    """One invented person, and the day of the first time."""

    facts: PersonFacts
    came: date


@dataclass(frozen=True)
class Family:
    """A household comes to a site: the mother first among the adults; `cared_for`: a colleague takes on her case."""

    site: int
    on: date
    children: list[Someone]
    adults: list[Someone]
    cared_for: bool

    @property
    def steps(self) -> int:
        return 1


@dataclass(frozen=True)
class Arrivals:
    """People who are written down at a site on one evening, in one role."""

    site: int
    on: date
    people: list[Someone]
    role: Role

    @property
    def steps(self) -> int:
        return len(self.people) if self.role == Role.VOLUNTEER else 0


@dataclass(frozen=True)
class Return:
    """Someone who was served here begins to help: the same person, with one more role, in their own word."""

    site: int
    on: date
    someone: Someone
    began: date
    own_words: str
    note: str

    @property
    def steps(self) -> int:
        return 1


@dataclass(frozen=True, kw_only=True)
class Service:
    """One piece of work, written down in the evening of its day. `minutes` is its duration."""

    method: Method
    on: date
    line: str
    title: str
    starts_at: time | None
    minutes: int | None
    note: str
    own_words: str
    series: SeriesKind | None
    projects: list[int]
    next_step: str
    next_on: date | None
    named: list[tuple[Someone, Role]] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    counted: list[tuple[int, str]] = field(default_factory=list)  # how many, which age group
    helping: list[tuple[Someone, int]] = field(default_factory=list)  # with minutes


@dataclass(frozen=True)
class Work:
    """What one colleague writes down at one site in one month; `by_second`: the one who also helps out there."""

    site: int
    by_second: bool
    on: date
    services: list[Service]

    @property
    def steps(self) -> int:
        return len(self.services)


Deed = Family | Arrivals | Return | Work
