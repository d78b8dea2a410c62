"""Everything the page of a file that waits for a word shows: one sheet of it, and the questions before taking it in."""

from typing import Any

from django.http import QueryDict

from xiezuo.exchange.access import layouts_by_uid
from xiezuo.exchange.models import ImportBatch, ImportedSheet
from xiezuo.service.vocab import ServiceLine
from xiezuo.web.base.pages import StaffRequest
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.exchange.confirming import asking
from xiezuo.web.staff.exchange.grid import window
from xiezuo.web.staff.exchange.sheet_words import RECORDS
from xiezuo.web.staff.exchange.shown import ShownSheet, questions_of, row_of, tables_of

MOST_TABS = 7  # more sheets are chosen from a list


def preview(request: StaffRequest, batch: ImportBatch, sheet: int | None = None) -> dict[str, Any]:
    """What the page is given; `sheet` is the position of the sheet to show where the address does not say it."""
    sheets = list(batch.sheets.all())
    chosen = _chosen(sheets, request.GET.get("sheet", "" if sheet is None else str(sheet)))
    found: dict[str, int] = {}
    for one in sheets:
        for kind, n in one.understanding.get("records", {}).items():
            found[kind] = found.get(kind, 0) + n
    answers = request.POST if request.method == "POST" else None
    at = sheets.index(chosen) if chosen else 0
    return {
        "shown": _shown(batch, chosen, request.GET) if chosen else None,
        "tabs": [Tab(one.name, f"?sheet={one.position}", one == chosen) for one in sheets],
        "sheets": sheets if len(sheets) > MOST_TABS else [],
        "before": sheets[at - 1] if at else None,
        "after": sheets[at + 1] if at + 1 < len(sheets) else None,
        "asking": asking(request.actor, batch, answers),
        "found": [f"{n:,} {RECORDS.get(kind, kind)}" for kind, n in found.items()],
        "lines": ServiceLine.choices,
        "asked": request.GET.get("asked", ""),
    }


def _chosen(sheets: list[ImportedSheet], asked: str) -> ImportedSheet | None:
    first = next((sheet for sheet in sheets if sheet.role in {"data", "form"}), sheets[0] if sheets else None)
    return next((sheet for sheet in sheets if str(sheet.position) == asked), first)


def _shown(batch: ImportBatch, sheet: ImportedSheet, asked: QueryDict) -> ShownSheet:
    cell = asked.get("cell", "")[:12]
    grid = window(sheet, row_of(cell) if cell else number(asked.get("row", "")) or 1, cell)
    layouts = layouts_by_uid({table["known"] for table in sheet.understanding["tables"]} - {""})
    answers = batch.answers.select_related("by")
    return ShownSheet(sheet, grid, questions_of(sheet, answers), tables_of(sheet, layouts))


def number(text: str) -> int | None:
    """A whole number someone typed, of at most nine digits, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
