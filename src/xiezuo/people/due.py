"""What is due, told in one place: each floor tells of its own when it starts, pages and calendars ask here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from xiezuo.orgs.access import Actor

SOON_DAYS = 7  # what is due within so many days is shown on the first screen


@dataclass(frozen=True)
class Asked:
    """Up to which day, as of `on`; `everyone`: also what colleagues have to do for whom the actor answers. Of what is very
    much, `most` of one kind will do, the most pressing."""

    actor: Actor
    on: date
    until: date
    everyone: bool = False
    most: int = 400


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing, already allowed to be seen by whoever asks. `kind` is a code of pack timelines-default; `table` and `pk`
    name the row, for whoever knows its page. Without `on` it waits for the working days of `waits_for` to be announced.
    `then`: what the address of that page asks for besides. `at_once`: late already, and before everything else.
    """

    kind: str
    title: str
    table: str
    pk: int
    then: tuple[int, ...] = ()
    on: date | None = None
    at: time | None = None
    waits_for: int | None = None
    about: str = ""
    whose: str = ""
    changed_at: datetime | None = None
    at_once: bool = False

    def is_late(self, on: date) -> bool:
        return self.at_once or (self.on is not None and self.on < on)


Tells = Callable[[Asked], Iterable[Due]]
_tells: list[Tells] = []


def tell_due(*tells: Tells) -> None:
    _tells.extend(tells)


def _all(asked: Asked) -> Iterator[Due]:
    for tells in _tells:
        yield from tells(asked)


def due_for(actor: Actor, *, on: date, until: date, everyone: bool = False, most: int | None = None) -> list[Due]:
    """What the actor has to do up to `until`, the most pressing first; what has no day yet comes last. `most`: no more than
    so many."""
    told = _all(Asked(actor, on, until, everyone, *([most] if most else [])))
    found = sorted(
        told, key=lambda due: (not due.at_once, due.on is None, due.on or until, due.at or time.max, due.table, due.pk)
    )
    return found[:most]
