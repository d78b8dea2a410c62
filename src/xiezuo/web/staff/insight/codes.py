"""核对码: a number that left the house, opened again from its code: what it said then, what it is now, and why."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.common.errors import NotAllowed
from xiezuo.exchange.ledgers.activities import HEADS
from xiezuo.exchange.ledgers.layout import Column, Part, ledger_layout
from xiezuo.exchange.ledgers.rows import narrowing, numbers_now, parts_of
from xiezuo.insight.access import released_row_for
from xiezuo.insight.codes import MistypedCode, code_of, number_of
from xiezuo.insight.dimensions import Records
from xiezuo.insight.models import ReleasedRow
from xiezuo.insight.scopes import narrowed, released, since_release
from xiezuo.people.access import must_do_casework
from xiezuo.service.access import as_told_to, records_for
from xiezuo.service.indicators import INDICATORS, Indicator, Shows
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.merged_since import merged_since
from xiezuo.web.staff.service.figures import rows_shown
from xiezuo.web.staff.service.figures_told import figure_words

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Figure:
    """One number of the row: as it left (None: hidden or empty) and as it is now."""

    letter: str
    label: str
    then: str
    now: str
    changed: bool
    url: str


def _words(column: Column, number: int | None) -> str:
    return "" if number is None else figure_words(column.count.what if column.count else "", number)


def _figures(row: ReleasedRow, part: Part, now: dict[str, int | None], url: str) -> list[Figure]:
    found = []
    for column in part.counting:
        then, today = row.figures.get(column.letter), now[column.letter]
        if then is None and not today:
            continue
        label, same = " / ".join(column.head), (then or 0) == (today or 0)
        words = (_words(column, then), _words(column, today or 0))
        found.append(
            Figure(column.letter, label, *words, then is not None and not same, f"{url}?column={column.letter}")
        )
    return found


def _behind(part: Part, column: Column, records: Records, row: ReleasedRow) -> tuple[Indicator, Any]:
    """The indicator of a column and what it counts in this row: records of a ledger of activities, else whatever
    stands behind the indicator."""
    what = column.count.what if column.count else ""
    indicator = INDICATORS[HEADS[-1] if what == "heads" else what]
    if part.of_records:
        return indicator, parts_of(part, column, records, row.scope)
    return indicator, indicator.behind(narrowed(records, row.scope), narrowing(column))


@page(STAFF)
@require_safe
def code(request: StaffRequest, written: str) -> HttpResponse:
    """The row with this code, and behind each of its numbers the people or records."""
    must_do_casework(request.actor)
    try:
        row = released_row_for(request.actor, number_of(written))
    except MistypedCode:
        raise NotAllowed(
            _("“%(code)s” is not a code of ours: a sign was mistyped or two were swapped. Compare it with the paper.")
            % {"code": written}
        ) from None
    release = row.release
    part = ledger_layout(release.layout).parts[row.part]
    visible = records_for(request.actor)
    records = released(visible, release)
    now = numbers_now(part, records, row.scope)
    url = reverse("released_code", args=[code_of(row.pk)])
    figures = _figures(row, part, now, url)
    of_one = narrowed(records, row.scope).select_related("site")[:1] if "record" in row.scope else []
    what = {
        "row": row,
        "release": release,
        "code": code_of(row.pk),
        "layout": str(ledger_layout(release.layout)),
        "figures": figures,
        "changed": [figure for figure in figures if figure.changed],
        "since": since_release(visible, release, row.scope),
        "merged_since": merged_since(request.actor, narrowed(records, row.scope), release.released_at),
        "record": next(iter(as_told_to(request.actor, of_one)), None),
        "nav": "figures",
    }
    if chosen := next((c for c in part.counting if c.letter == request.GET.get("column")), None):
        indicator, behind = _behind(part, chosen, records, row)
        rows = Paginator(behind, ROWS_A_PAGE).get_page(request.GET.get("page"))
        shows = Shows.RECORDS if part.of_records else indicator.shows
        what |= {
            "chosen": next((f for f in figures if f.letter == chosen.letter), None),
            "page": rows,
            "rows": rows_shown(request.actor, indicator, visible, list(rows.object_list), shows),
            "rows_template": f"staff/service/rows_{shows}.html",
            "page_url": f"{url}?column={chosen.letter}",
        }
    elif request.GET.get("column"):
        raise Http404
    return render(request, "staff/insight/code.html", what)
