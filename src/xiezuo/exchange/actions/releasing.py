"""A ledger leaves the house: its rows are kept with what they say, and the file is written."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.ledgers.as_data import as_data
from xiezuo.exchange.ledgers.as_word import as_word
from xiezuo.exchange.ledgers.layout import LedgerLayout, Part, ledger_layout
from xiezuo.exchange.ledgers.rows import published, rows_of
from xiezuo.exchange.ledgers.writing import Placed, SheetOut, place, workbook
from xiezuo.insight.actions import RowOut, close_release, open_release, release_rows
from xiezuo.insight.breakdown import smallest_published
from xiezuo.insight.codes import code_of
from xiezuo.insight.dimensions import Period, Records
from xiezuo.insight.models import Release
from xiezuo.insight.scopes import released
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Project, Site
from xiezuo.orgs.queries import house_full_name
from xiezuo.service.access import records_for
from xiezuo.service.indicators import values

LAYOUT_LANGUAGE = "zh-hans"  # of the words a layout leaves to the house; its own stand in the pack


class Shape(StrEnum):
    """As what figures leave. `data` is for programs (JSON)."""

    EXCEL = "xlsx"
    WORD = "docx"
    DATA = "json"


WRITES: dict[Shape, Callable[[Sequence[SheetOut]], bytes]] = {
    Shape.EXCEL: workbook,
    Shape.WORD: as_word,
    Shape.DATA: lambda sheets: json.dumps(as_data(sheets), ensure_ascii=False).encode(),
}


@dataclass(frozen=True)
class LedgerFile:
    release: Release
    name: str
    content: bytes


@transaction.atomic
def release_ledger(
    *,
    by: Actor,
    layout: str,
    period: Period,
    reason: str,
    site: Site | None = None,
    project: Project | None = None,
    publish: bool = False,
    shape: Shape = Shape.EXCEL,
) -> LedgerFile:
    """Write the figures of a period in a layout, the same in each shape. With `publish` small numbers of people are hidden (SUP-1).

    Raises KeyError for an unknown layout, NotAllowed, and RuleBroken without a reason or for a layout of single
    activities that is meant for publication.
    """
    told = ledger_layout(layout)
    if publish and not told.publishable:
        raise RuleBroken(
            "exchange.layout_not_for_publication",
            gettext_lazy("This layout shows single activities; it is for the office that asked, not for publication."),
            field="layout",
        )
    k = smallest_published() if publish else 0
    release = open_release(
        by=by,
        layout=told.id,
        layout_version=told.version,
        period=period,
        reason=reason,
        site=site,
        project=project,
        k=k,
    )
    with translation.override(LAYOUT_LANGUAGE):
        content, name = _written(by, release, told, period, shape)
    close_release(by=by, release=release, content=content)
    return LedgerFile(release, name, content)


def _written(by: Actor, release: Release, layout: LedgerLayout, period: Period, shape: Shape) -> tuple[bytes, str]:
    records = released(records_for(by), release)
    before = _hidden_before(release, layout) if release.k else {}
    sheets = []
    for number, part in enumerate(layout.parts):
        rows = rows_of(part, records, period)
        if release.k:
            rows = published(part, rows, release.k, before)
        placed = place(part, rows)
        codes = _kept(by, release, number, placed)
        words = _words(release, part, records, period)
        filled = {name: getattr(part, name).format(**words) for name in ("sheet", "title", "subtitle", "note")}
        sheets.append(
            SheetOut(part, filled["sheet"], filled["title"], filled["subtitle"], filled["note"], placed, codes)
        )
    return WRITES[shape](sheets), f"{layout.title.split('（')[0]}{_period_words(period)}.{shape}"


def _kept(by: Actor, release: Release, part: int, placed: list[Placed]) -> dict[int, str]:
    """Codes by line."""
    out = [RowOut(part, p.at, p.row.scope, _figures(p)) for p in placed]
    release_rows(by=by, release=release, rows=out)
    return {row.row: code_of(row.saved.pk) for row in out if row.saved}


def _figures(placed: Placed) -> dict[str, int]:
    row = placed.row
    return {letter: n for letter, n in row.numbers.items() if n is not None and letter not in row.hidden}


def _hidden_before(release: Release, layout: LedgerLayout) -> dict[str, set[str]]:
    """What earlier publications of the same table hid: letters by the scope of their row."""
    earlier = Release.objects.filter(
        layout=release.layout,
        site=release.site,
        project=release.project,
        from_on=release.from_on,
        to_on=release.to_on,
        k__gt=0,
        pk__lt=release.pk,
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in (row for one in earlier for row in one.rows.all()):
        letters = {column.letter for column in layout.parts[row.part].counting}
        found[str(row.scope)] |= letters - {*row.figures}
    return found


def _words(release: Release, part: Part, records: Records, period: Period) -> dict[str, Any]:
    """What a layout's titles and notes may speak of."""
    inside = records.filter(method__in=part.methods) if part.methods else records
    numbers = values(inside, ("headcount", "unnamed", "stated_heads")) if part.note else {}
    scope = "".join(f"（{thing}）" for thing in (release.site, release.project) if thing)
    return {
        "organisation": house_full_name(),
        "scope": scope,
        "period": _period_words(period),
        "year": period.first.year
        if period.first.year == period.last.year
        else f"{period.first.year}-{period.last.year}",
        **numbers,
    }


def _period_words(period: Period) -> str:
    first, last = period.first, period.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return _("year %(year)s") % {"year": first.year}
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return _("%(year)s-%(month)s") % {"year": first.year, "month": first.month}
    return f"{first.isoformat()}～{last.isoformat()}"


__all__ = ["LedgerFile", "Shape", "release_ledger"]
