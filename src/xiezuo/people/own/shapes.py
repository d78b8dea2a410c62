"""The rows that the page shows and the copy holds; what they are called is told in docs/own-copy.md."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where something comes from: `kind` is "colleague", "sheet" (an old sheet that was taken in) or "self"."""

    kind: str
    who: str
    on: date | None


@dataclass(frozen=True)
class OwnFact:
    """`value` is for machines, `words` for people; `precision` of a date says how much of it is known."""

    part: str
    name: str
    label: str
    value: Any
    words: str
    source: Source
    precision: str = ""


@dataclass(frozen=True)
class OwnEarlier:
    """What a fact was before, and until when."""

    name: str
    label: str
    value: str
    from_on: date | None
    to_on: date
    source: Source


@dataclass(frozen=True)
class OwnWorker:
    """A colleague or a site that works or worked with the person, and why."""

    who: str
    why: str
    words: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class OwnRole:
    role: str
    words: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class OwnStep:
    """Something on the growth path, in the person's own words."""

    on: date
    what: str
    own_words: str
    source: Source


@dataclass(frozen=True)
class OwnPlace:
    """A place in a household; who else lives there is theirs to read."""

    relation: str
    words: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class OwnAnswer:
    """`by`: "self" or "guardian"; `how`: who wrote it down, "" where they did so themselves."""

    at: datetime
    purpose: str
    words: str
    state: str
    state_words: str
    by: str
    child_assent: str
    limits: str
    who: str


@dataclass(frozen=True)
class OwnRead:
    at: datetime
    who: str
    user_id: int
    what: str


@dataclass(frozen=True)
class OwnChange:
    at: datetime
    who: str
    code: str
    fields: list[str]
