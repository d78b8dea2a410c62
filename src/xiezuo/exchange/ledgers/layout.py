"""A ledger layout as its pack tells it: sheets, headings over columns, what each column counts, where totals stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from xlsxwriter.utility import xl_col_to_name

from xiezuo.forms.definitions import Words
from xiezuo.forms.packs import pack, packs_of
from xiezuo.forms.packs.deriving import derived
from xiezuo.insight.breakdown import PEOPLE_UNITS

KIND = "ledger"
EACH_RECORD = "record"


@dataclass(frozen=True)
class Count:
    """What a column counts: an indicator, or "heads" (of one activity: as stated in an imported sheet, else the
    different people). `age` ("child", "adult") and `sex` narrow it; of helpers, `group` does.

    Helpers known by name belong to no group: they stand in the group of their `age`, else in the one with `named`.
    """

    what: str
    age: str = ""
    sex: str = ""
    group: str = ""
    named: bool = False

    @property
    def narrowed(self) -> bool:
        return bool(self.age or self.sex or self.group)


@dataclass(frozen=True)
class Column:
    """`head` are the headings from the outermost to the innermost; equal neighbours are merged."""

    letter: str
    head: tuple[str, ...]
    width: float
    field: str = ""
    format: str = ""
    count: Count | None = None


@dataclass(frozen=True)
class Totals:
    """A row of totals: where it stands, by what it is formed, and its label in a column."""

    column: str
    place: Literal["top", "bottom"] = "bottom"
    by: str = ""
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One sheet. `each` is EACH_RECORD (a row for each activity) or the dimensions whose values cross to rows."""

    sheet: str
    title: str
    subtitle: str
    each: tuple[str, ...]
    columns: tuple[Column, ...]
    methods: tuple[str, ...]
    untitled: tuple[str, ...]
    subtotals: Totals | None
    grand_total: Totals | None
    formulas: bool
    landscape: bool
    note: str
    signature: tuple[str, ...]

    @property
    def of_records(self) -> bool:
        return self.each == (EACH_RECORD,)

    @property
    def counting(self) -> list[Column]:
        return [column for column in self.columns if column.count]

    @property
    def head_rows(self) -> int:
        return max(len(column.head) for column in self.columns)

    @property
    def publishable(self) -> bool:
        """Sums of many, each kind of people in one column only: nothing is found by comparing columns."""
        people = [c.count.what for c in self.counting if c.count and c.count.what in PEOPLE_UNITS]
        return not self.of_records and len(people) == len({*people})


@dataclass(frozen=True)
class LedgerLayout:
    id: str
    title: str
    title_en: str
    version: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """Its title in the language of whoever looks."""
        return str(Words(self.title, self.title_en))

    @property
    def publishable(self) -> bool:
        return all(part.publishable for part in self.parts)


def _column(number: int, told: dict[str, Any]) -> Column:
    count = Count(**told["count"]) if "count" in told else None
    rest = {name: told[name] for name in ("field", "format") if name in told}
    return Column(xl_col_to_name(number), tuple(told["head"]), told["width"], count=count, **rest)


def _part(told: dict[str, Any]) -> Part:
    each = told["each"]
    return Part(
        sheet=told["sheet"],
        title=told["title"],
        subtitle=told.get("subtitle", ""),
        each=(each,) if isinstance(each, str) else tuple(each),
        columns=tuple(_column(n, column) for n, column in enumerate(told["columns"])),
        methods=tuple(told.get("methods", ())),
        untitled=tuple(told.get("untitled", ())),
        subtotals=Totals(**told["subtotals"]) if "subtotals" in told else None,
        grand_total=Totals(**told["grand_total"]) if "grand_total" in told else None,
        formulas=told.get("totals") == "formulas",
        landscape=told.get("landscape", False),
        note=told.get("note", ""),
        signature=tuple(told.get("signature", ())),
    )


@derived
def ledger_layout(layout_id: str) -> LedgerLayout:
    """The ledger layout of a pack. Raises KeyError when there is no such layout."""
    if layout_id not in {found["id"] for found in packs_of(KIND)}:
        raise KeyError(layout_id)
    told = pack(layout_id)
    parts = tuple(_part(part) for part in told["parts"])
    return LedgerLayout(told["id"], told["title"], told["title_en"], told["version"], parts)


def ledger_layouts() -> list[LedgerLayout]:
    return [ledger_layout(told["id"]) for told in packs_of(KIND)]
