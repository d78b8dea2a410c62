"""What the larger components are given: plain values, already allowed to be seen by whoever asks."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise
Region = Literal["", "header", "total", "data", "side", "question"]


@dataclass(frozen=True)
class Tab:
    label: Words
    url: str
    current: bool = False
    locked: bool = False


@dataclass(frozen=True)
class LineEntry:
    """One dated stage of a growth path. `kind`: "" received, "gave", "rest". `voice` is in the person's own words, `note` in a
    worker's, and is not printed."""

    on: date
    title: Words
    kind: Literal["", "gave", "rest"] = ""
    voice: Words = ""
    meta: Words = ""
    note: Words = ""
    precision: str = "month"


@dataclass(frozen=True)
class Cell:
    """A cell of an imported sheet as it is written there; `span` and `down` count merged columns and rows."""

    text: str
    region: Region = ""
    span: int = 1
    down: int = 1
    is_number: bool = False
    why: Words = ""


@dataclass(frozen=True)
class SheetRow:
    number: int
    cells: list[Cell]
    region: Region = ""


@dataclass(frozen=True)
class Sheet:
    """`columns` are the letters shown; `key` names each region that occurs."""

    columns: list[str]
    rows: list[SheetRow]
    key: list[tuple[Region, Words]] = field(default_factory=list)
