"""Correcting how a sheet was understood: what is said is checked, kept with the import, and the file is read again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for
from xiezuo.exchange.actions.receiving import keep_reading, read_again
from xiezuo.exchange.models import ImportBatch, ImportedSheet
from xiezuo.exchange.said import kept_form, said_of
from xiezuo.exchange.sheets import SheetLayout, TableLayout, TableReading, WorkbookReading
from xiezuo.exchange.sheets.cells import column_number
from xiezuo.exchange.sheets.choices import fields_of, kinds_of_tables
from xiezuo.exchange.vocab import BatchState
from xiezuo.orgs.access import Actor

LETTERS = re.compile("[A-Z]{1,3}")
NO_KIND = "unknown"  # said of a table: none of the kinds, its rows stay out
HEADING_ROWS = 6
YEARS = range(1949, 2101)
# Of a sheet in which no table was found.
NO_TABLE: dict[str, Any] = asdict(TableReading(("", ""), None, NO_KIND, None, {}, {})) | {"cols": None}
CELLS_AT_ONCE = 60_000  # a file of more cells is read again in the background
# What was said of a sheet so far, and the sheet as it is understood → what is said of it from now on.
Change = Callable[[SheetLayout, ImportedSheet], SheetLayout]


@dataclass(frozen=True)
class Said:
    """What a clerk says of one table now, as the page shows it: empty where nothing is said.

    `columns`: letter → field ("" left out), of the columns shown; `header`: first and last row.
    """

    kind: str = ""
    header: tuple[int, int] | None = None
    year: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def corrected(before: TableLayout, found: Mapping[str, Any], said: Said) -> TableLayout:
    """What holds of a table from now on. `found`: how it was understood so far (a table of the understanding).

    Only what differs from how it was understood is a correction; the kind is held fast with it. Raises RuleBroken
    for rows, years, kinds and fields that cannot be.
    """
    kind = said.kind or str(found["kind"])
    if kind not in {*kinds_of_tables(), NO_KIND, found["kind"]}:
        raise RuleBroken("exchange.kind_unknown", _("There is no such kind of sheet."), field="kind")
    _check(said)
    columns = dict(before.columns)
    if found["known"]:
        columns = dict.fromkeys(found["said"], "") | plain(found["columns"])
    columns |= _changed(found, said)
    if kind != found["kind"]:
        columns = {letter: name for letter, name in columns.items() if name in {"", *fields_of(kind)}}
    elif set(said.columns.values()) - {"", *fields_of(kind), *plain(found["columns"]).values()}:
        raise RuleBroken("exchange.field_unknown", _("A sheet of this kind has no such field."))
    old = tuple(found["header_rows"]) if found["header_rows"] else None
    header = said.header if said.header and said.header != old else before.header
    year = said.year if said.year != found["year"] else before.year
    if found["known"] and header is None and old:
        header = (old[0], old[1])
    return TableLayout(kind, header, columns, year)


def plain(columns: Mapping[str, str]) -> dict[str, str]:
    """Fields as they are chosen: every column of ticks is a `tag`."""
    return {letter: "tag" if name.startswith("tag_") else name for letter, name in columns.items()}


def _changed(found: Mapping[str, Any], said: Said) -> dict[str, str]:
    now = plain(found["columns"])
    changed = {letter: name for letter, name in said.columns.items() if name != now.get(letter, "")}
    named = [name for name in changed.values() if name and name != "tag"]
    if len(named) != len(set(named)):
        raise RuleBroken("exchange.field_twice", _("Two columns cannot be the same field. Choose one of them."))
    # A field moves to the column it was chosen for; the column that had it before is nothing then.
    left = {letter: "" for letter, name in now.items() if name in named and letter not in changed}
    return {**left, **changed}


def _check(said: Said) -> None:
    if said.header and not 1 <= said.header[0] <= said.header[1] < said.header[0] + HEADING_ROWS:
        words = _("Headings stand in one to %(n)s rows: give the first and the last of them.") % {"n": HEADING_ROWS}
        raise RuleBroken("exchange.heading_rows", words, field="first")
    if said.year is not None and said.year not in YEARS:
        raise RuleBroken("exchange.year", _("Give the year with four digits, such as 2023."), field="year")


def correct_table(*, by: Actor, batch: ImportBatch, position: int, number: int, said: Said) -> ImportBatch:
    """Say what one table of a sheet is. The whole file is read again in that light."""

    def change(before: SheetLayout, sheet: ImportedSheet) -> SheetLayout:
        tables = sheet.understanding["tables"]
        table = corrected(
            before.tables.get(number, TableLayout()), tables[number] if number < len(tables) else NO_TABLE, said
        )
        _must_be_rows_of(sheet, table)
        return replace(before, left_out=False, tables={**before.tables, number: table})

    return correct_sheet(by=by, batch=batch, position=position, change=change)


def _must_be_rows_of(sheet: ImportedSheet, table: TableLayout) -> None:
    rows, columns = sheet.understanding.get("size", [0, 0])
    if table.header and table.header[1] > rows:
        words = _("The sheet ends in row %(n)s; its headings must stand above.") % {"n": rows}
        raise RuleBroken("exchange.heading_rows", words, field="first")
    if any(not LETTERS.fullmatch(letter) or column_number(letter) > columns for letter in table.columns):
        raise RuleBroken("exchange.column", _("There is no such column."))


def leave_sheet_out(*, by: Actor, batch: ImportBatch, position: int, out: bool) -> ImportBatch:
    """Do not import a sheet, or do so after all; what was said of its tables is kept meanwhile."""

    def change(before: SheetLayout, sheet: ImportedSheet) -> SheetLayout:
        return replace(before, left_out=out)

    return correct_sheet(by=by, batch=batch, position=position, change=change)


def set_corrections_aside(*, by: Actor, batch: ImportBatch, position: int, known_too: bool) -> ImportBatch:
    """Read a sheet as if nothing had been said of it; `known_too`: nor of earlier files of its shape."""

    def change(before: SheetLayout, sheet: ImportedSheet) -> SheetLayout:
        return SheetLayout(anew=known_too)

    return correct_sheet(by=by, batch=batch, position=position, change=change)


def correct_sheet(*, by: Actor, batch: ImportBatch, position: int, change: Change) -> ImportBatch:
    """Keep what was said of a sheet, and read the file again: at once, or for a large one in state `reading`.

    Raises RuleBroken when the file is not waiting for a word any more. If reading fails, nothing has changed. Reading
    takes a moment and holds no lock: of two corrections sent after each other, each holds, whichever is read first;
    one that is overtaken by a later one of the same page is dropped, since that page said both.
    """
    sent = now()
    while True:
        batch = batch_for(by, batch.pk)
        must_wait(batch)
        before = said_of(batch).get(position, SheetLayout())
        said = kept_form(change(before, batch.sheets.get(position=position)))
        seen = batch.corrections
        others = {key: kept for key, kept in seen.items() if key != str(position)}
        batch.corrections, batch.corrected_at = others | ({str(position): said} if said else {}), sent
        large = sum(s.understanding["cells"]["total"] for s in batch.sheets.all()) > CELLS_AT_ONCE
        reading = None if large else read_again(batch)
        with transaction.atomic():
            here = ImportBatch.objects.select_for_update().get(pk=batch.pk)
            must_wait(here)
            if here.corrections == seen:
                return _kept(by, batch, position, reading)
        if here.corrected_at and here.corrected_at > sent:
            return here


def _kept(by: Actor, batch: ImportBatch, position: int, reading: WorkbookReading | None) -> ImportBatch:
    if reading is None:
        batch.state = BatchState.READING
        batch.save(update_fields=["state", "corrections", "corrected_at"])
    else:
        keep_reading(batch, reading)
    happened("exchange.sheet.corrected", batch, by_id=by.id, position=position)
    return batch


def must_wait(batch: ImportBatch) -> None:
    """Raises RuleBroken unless the file is read and waits for someone's word."""
    if batch.state != BatchState.UNDERSTOOD:
        words = _("This file is not waiting any more, so nothing was changed. Look at where it is now.")
        raise RuleBroken("exchange.not_understood", words)
