"""What someone said of the sheets of one file, as it is kept with the import."""

from typing import Any

from xiezuo.exchange.models import ImportBatch, Layout
from xiezuo.exchange.sheets import KnownLayout, Layouts, SheetLayout, TableLayout


def said_of(batch: ImportBatch) -> dict[int, SheetLayout]:
    """By position of the sheet."""
    return {int(position): _sheet(kept) for position, kept in batch.corrections.items()}


def _sheet(kept: dict[str, Any]) -> SheetLayout:
    tables = {int(number): _table(table) for number, table in kept.get("tables", {}).items()}
    return SheetLayout(bool(kept.get("left_out")), bool(kept.get("anew")), tables)


def _table(kept: dict[str, Any]) -> TableLayout:
    header = kept.get("header")
    return TableLayout(
        kind=kept.get("kind", ""),
        header=(header[0], header[1]) if header else None,
        columns=dict(kept.get("columns", {})),
        year=kept.get("year"),
    )


def kept_form(sheet: SheetLayout) -> dict[str, Any]:
    """The same as JSON; empty where nothing is said any more."""
    tables = {str(number): _kept_table(table) for number, table in sheet.tables.items()}
    said: dict[str, Any] = {"left_out": sheet.left_out, "anew": sheet.anew, "tables": tables}
    return {name: value for name, value in said.items() if value}


def _kept_table(table: TableLayout) -> dict[str, Any]:
    header = list(table.header) if table.header else None
    said = {"kind": table.kind, "header": header, "columns": dict(table.columns), "year": table.year}
    return {name: value for name, value in said.items() if value}


def known_layouts() -> tuple[KnownLayout, ...]:
    """The layouts of the house that are followed; how files are read is no secret among those who bring them."""
    followed = Layout.objects.filter(retired_at__isnull=True).order_by("pk")
    return tuple(known_form(layout) for layout in followed)


def known_form(layout: Layout) -> KnownLayout:
    columns = tuple((heading, field) for heading, field in layout.columns)
    return KnownLayout(layout.uid, layout.kind, columns, layout.height)


def what_was_said(batch: ImportBatch) -> Layouts:
    """Everything that reading this file follows."""
    return Layouts(said_of(batch), known_layouts())
