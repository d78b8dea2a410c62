"""What stands on a paper, before anything is drawn: lines of a bordered table, in their order. Texts are final words."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Cell:
    """A label and what stands beside it; an empty value is room to write."""

    label: str
    value: str = ""


@dataclass(frozen=True)
class Band:
    """The name of a section over the whole width."""

    text: str
    kind: Literal["band"] = "band"


@dataclass(frozen=True)
class Pairs:
    """One line of two short cells, or of one over the whole width."""

    cells: tuple[Cell, ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True)
class Wide:
    """A long text; `lines` is the room it takes when it is empty."""

    label: str
    text: str = ""
    lines: int = 3
    kind: Literal["wide"] = "wide"


@dataclass(frozen=True)
class Rows:
    """Repeated rows; the heads are drawn again on each page. `widths` are shares of the width."""

    label: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["rows"] = "rows"


@dataclass(frozen=True)
class Sign:
    """Where someone signs: their opinion, a choice to tick, name and day. `picture` names one of `PaperContent.pictures`."""

    label: str
    text: str = ""
    ticks: str = ""
    name: str = ""
    day: str = ""
    picture: str = ""
    lines: int = 3
    kind: Literal["sign"] = "sign"


@dataclass(frozen=True)
class Note:
    """A sentence over the whole width, in small letters."""

    text: str
    kind: Literal["note"] = "note"


Line = Band | Pairs | Wide | Rows | Sign | Note


@dataclass(frozen=True)
class PaperContent:
    """One paper. `unit` and `serial` stand above the table, `about` (form, version) and `printed` below each page.

    `pictures`: name → PNG, of those who signed on a screen.
    """

    title: str
    organisation: str
    unit: str
    serial: str
    about: str
    printed: str
    lines: tuple[Line, ...]
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Cover:
    """The first page of several papers bound together."""

    organisation: str
    title: str
    name: str
    facts: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True)
class Bundle:
    cover: Cover
    papers: tuple[PaperContent, ...]
