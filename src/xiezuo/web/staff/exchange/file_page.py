"""One file, wherever it is on its way: being read, waiting, being taken in, done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.exchange.access import batches_for
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.vocab import BatchState
from xiezuo.web.base.pages import StaffRequest
from xiezuo.web.staff.exchange.matches import matches_on_page
from xiezuo.web.staff.exchange.preview import preview
from xiezuo.web.staff.exchange.problems import UNREADABLE
from xiezuo.web.staff.exchange.taken import kinds_taken

WAITING = (BatchState.READING, BatchState.UNDERSTOOD, BatchState.UNREADABLE)
STEPS = {BatchState.READING: 1, BatchState.UNDERSTOOD: 2, BatchState.APPLYING: 3, BatchState.APPLIED: 4}


def file_page(
    request: StaffRequest,
    batch: ImportBatch,
    *,
    error: str = "",
    error_at: str = "",
    status: int = 200,
    sheet: int | None = None,
) -> HttpResponse:
    """The page of one file. `error`: what was refused just now, shown at the top or in the section `error_at`;
    `sheet`: position of the sheet to show."""
    what: dict[str, Any] = {"batch": batch, "error": error, "error_at": error_at, "nav": "imports"}
    what["steps"] = [_("Choose a file"), _("Look"), _("Take in"), _("Done")]
    what["step"] = STEPS.get(BatchState(batch.state), 0)
    what |= _beside(request, batch) | matches_on_page(request.actor, batch) | kinds_taken(batch)
    if batch.state == BatchState.UNDERSTOOD:
        what |= preview(request, batch, sheet)
    elif batch.state == BatchState.APPLYING:
        what |= _progress(batch)
    elif batch.state == BatchState.UNREADABLE:
        what["why"] = UNREADABLE.get(batch.why_unreadable, UNREADABLE["not_a_workbook"])
    return render(request, f"staff/exchange/import_{batch.state}.html", what, status=status)


def _beside(request: StaffRequest, batch: ImportBatch) -> dict[str, Any]:
    """The files before and after this one that still wait for someone, in the order in which they were brought."""
    waiting = batches_for(request.actor).filter(state__in=WAITING)
    return {
        "file_before": waiting.filter(pk__lt=batch.pk).order_by("-pk").first(),
        "file_after": waiting.filter(pk__gt=batch.pk).order_by("pk").first(),
    }


def _progress(batch: ImportBatch) -> dict[str, Any]:
    """Rows done, and seconds left if the rest goes as fast as what is done."""
    seconds = None
    if batch.rows_done and batch.step_began_at:
        so_far = (now() - batch.step_began_at).total_seconds()
        seconds = round(so_far / batch.rows_done * (batch.rows_total - batch.rows_done))
    return {"seconds_left": seconds}
