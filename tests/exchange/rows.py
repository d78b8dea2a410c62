"""Sheets as their reader would give them, made by hand."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import Choices
from xiezuo.exchange.actions.receiving import keep_reading, receive_file
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.sheets import Grid, Record, SheetReading, WorkbookReading
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site

_numbers = count(1)


def record(record_type: str, row: int, *, part_of: str = "", home: str = "", as_: str = "", **values: Any) -> Record:
    """One record of a sheet; `part_of`: the row of the record it hangs on, as text; `as_`: guardian or child."""
    return Record(record_type, "表", row, values, role=as_ or None, household=home or None, part_of=part_of or None)


def reading_of(*sheets: Sequence[Record], year: int | None = None) -> WorkbookReading:
    """What a reader would have understood of a file with these sheets."""
    read = [SheetReading(f"表{n}", Grid({}), records=list(sheet), year=year) for n, sheet in enumerate(sheets)]
    return WorkbookReading("表.xlsx", "xlsx", "unknown", read)


def brought(by: Actor, *sheets: Sequence[Record], year: int | None = None) -> ImportBatch:
    """A file of these sheets, read and waiting for a yes. Each call is another file."""
    batch = receive_file(by=by, content=f"file {next(_numbers)}".encode(), file_name="表.xlsx")
    keep_reading(batch, reading_of(*sheets, year=year))
    return batch


def imported(
    by: Actor,
    *sheets: Sequence[Record],
    year: int | None = None,
    site: Site | None = None,
    centres: Choices | None = None,
) -> ImportBatch:
    """The whole way of such a file."""
    batch = brought(by, *sheets, year=year)
    begin_apply(by=by, batch=batch, site=site, centres=centres or {})
    return apply_batch(batch.pk)
