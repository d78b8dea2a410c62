"""Reading a sheet of tables: rows below headings."""

from __future__ import annotations

from collections.abc import Collection

from .cells import column_letter
from .checks.duplicates import check_duplicate_rows, check_hidden
from .checks.totals import check_totals
from .context import TableContext
from .kinds import READERS
from .layout.said import known_here, with_headers
from .layout.tables import Layout, Table, find_layout
from .layouts import KnownLayout, SheetLayout, TableLayout
from .model import SheetReading, TableReading
from .recognise import Recognised, recognise
from .regions import mark_regions
from .roles import is_code_list, is_instructions, is_template_name, is_unfilled
from .years import year_in

RECORD_ROWS = ("data", "household")


def read_tables(
    reading: SheetReading,
    file_name: str,
    sheet: SheetLayout,
    known: tuple[KnownLayout, ...],
    never: Collection[str] = (),
) -> SheetReading:
    """Each table as what it most likely is, or as people said; ``never``: kinds that it was found not to be."""
    grid = reading.grid
    layout = find_layout(grid)
    said = {**known_here(grid, layout, known), **sheet.tables}
    layout = with_headers(grid, layout, said)
    if not said and is_instructions(grid, reading.name, layout):
        reading.role = reading.kind = "instructions"
        mark_regions(reading, layout, [])
        return reading
    names = [reading.name, *layout.titles[:6]]
    reading.year = year_in([reading.name, *layout.titles[:3], file_name])
    contexts: list[TableContext] = []
    for number, table in enumerate(layout.tables):
        told = said.get(number, TableLayout())
        found = recognise(grid, table, [*table.titles, *names, file_name], told, layout.sides, never)
        contexts.append(_context(reading, layout, table, found, told))
    reading.kind = _main_kind(contexts, reading)
    if reading.kind == "unknown" and not said and is_code_list(grid, reading.name, layout):
        reading.role, reading.kind = "instructions", "code_list"
        mark_regions(reading, layout, [])
        return reading
    if sheet.tables or (said and not is_unfilled(grid, layout)):
        reading.year = next((table.year for table in said.values() if table.year), reading.year)
    elif is_unfilled(grid, layout) or (not layout.tables and is_template_name(reading.name)):
        reading.role = "template"
    elif reading.kind == "signin_sheets":
        reading.role = "form"
    elif reading.kind == "stock":
        reading.role = "stock"
    if reading.role in ("data", "form", "stock"):
        for ctx in contexts:
            _read_table(reading, ctx)
    for number, ctx in enumerate(contexts):
        _describe(reading, ctx, said.get(number))
    mark_regions(reading, layout, contexts)
    return reading


def _context(reading: SheetReading, layout: Layout, table: Table, found: Recognised, said: TableLayout) -> TableContext:
    first = table is layout.tables[0] or table.header.first == layout.tables[0].header.first
    year = said.year or (reading.year if first else year_in(table.titles) or reading.year)
    ctx = TableContext(reading.name, reading.grid, table, found.columns, year, layout.sides)
    ctx.kind = found.kind
    return ctx


def _main_kind(contexts: list[TableContext], reading: SheetReading) -> str:
    """The kind of the largest table that was recognised."""
    known = [ctx for ctx in contexts if ctx.kind != "unknown"]
    return max(known, key=lambda ctx: len(ctx.table.data) * len(ctx.table.cols)).kind if known else "unknown"


def _read_table(reading: SheetReading, ctx: TableContext) -> None:
    reader = READERS.get(ctx.kind)
    if reader is None:
        return
    reader(ctx)
    check_duplicate_rows(ctx)
    check_totals(ctx)
    check_hidden(ctx)
    for row in sorted({row for row in ctx.table.rows.kinds if ctx.table.rows.kinds[row] not in RECORD_ROWS}):
        ctx.ignored.append({"row": row, "why": ctx.table.rows.kinds[row]})
    reading.records += ctx.records
    reading.problems += ctx.problems
    reading.ignored_rows += sorted(ctx.ignored, key=lambda item: item["row"])
    reading.columns |= {column_letter(col): name for col, name in sorted(ctx.columns.fields.items())}


def _describe(reading: SheetReading, ctx: TableContext, said: TableLayout | None) -> None:
    table = ctx.table
    data = table.data
    header = (table.header.first, table.header.last)
    rows = (data[0], data[-1]) if data else None
    if table.header.paths:
        reading.header_rows = reading.header_rows or header
    if rows:
        old = reading.data_rows
        reading.data_rows = (min(old[0], rows[0]), max(old[1], rows[1])) if old else rows
    reading.total_rows += [row for row in table.rows.of("grand_total") if row not in reading.total_rows]
    headings = {column_letter(col): list(path) for col, path in table.header.paths.items()}
    reading.headings |= headings
    told = said or TableLayout()
    reading.tables.append(
        TableReading(
            (column_letter(table.cols.start), column_letter(table.cols.stop - 1)),
            header if table.header.paths else None,
            ctx.kind,
            ctx.year,
            {column_letter(col): name for col, name in sorted(ctx.columns.fields.items())},
            headings,
            [*told.columns],
            said is not None,
            told.known,
            _across(ctx),
            sorted({column_letter(col) for col in ctx.columns.doubted} - told.columns.keys()),
        )
    )


def _across(ctx: TableContext) -> list[str]:
    """The columns of a grid that is read as one."""
    across = ctx.table.header.across if ctx.kind == "volunteer_crosstab" else None
    return [column_letter(col) for col in sorted(across.cols)] if across else []
