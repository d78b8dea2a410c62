"""导入: files brought, the preview of each, its progress, its end, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import local
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import batch_for, batches_for, rows_kept_aside
from xiezuo.exchange.actions.receiving import MAX_BYTES, MAX_MB
from xiezuo.exchange.actions.undoing import discard_import, merges_in_the_way, undo_import, what_undoing_means
from xiezuo.exchange.models import ImportBatch
from xiezuo.exchange.tasks import bring_file, confirm_import
from xiezuo.exchange.vocab import BatchState
from xiezuo.people.access import merges_for, must_do_casework
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.words import day_words
from xiezuo.web.staff.exchange.confirming import answered, asking
from xiezuo.web.staff.exchange.file_page import file_page
from xiezuo.web.staff.exchange.sheet_words import RECORDS, row_words
from xiezuo.web.staff.people.words import told_apart

BATCHES_A_PAGE, ROWS_A_PAGE = 30, 50
GOING_ON = (BatchState.READING, BatchState.APPLYING, BatchState.UNDOING)


@page(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: StaffRequest) -> HttpResponse:
    """What was brought so far; POST brings files."""
    must_do_casework(request.actor)
    if request.method == "POST":
        return _brought(request)
    batches = batches_for(request.actor).select_related("uploaded_by").order_by("-pk")
    shown = Paginator(batches, BATCHES_A_PAGE).get_page(request.GET.get("page"))
    what = {"page": shown, "page_url": "?", "max_mb": MAX_MB, "nav": "imports"}
    what["reading"] = any(batch.state in GOING_ON for batch in shown)
    what["waiting"] = batches_for(request.actor).filter(state=BatchState.UNDERSTOOD).order_by("pk").first()
    return render(request, "staff/exchange/imports.html", what)


def _brought(request: StaffRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    if not files:
        messages.warning(request, _("Choose one or more files first."))
    brought: list[ImportBatch] = []
    for file in files:
        name = file.name or _("a file without a name")
        try:
            content = file.read() if (file.size or 0) <= MAX_BYTES else b" " * (MAX_BYTES + 1)
            batch, new = bring_file(by=request.actor, content=content, file_name=name)
        except RuleBroken as refusal:
            messages.warning(request, f"{name}: {refusal}")
            continue
        if new:
            brought.append(batch)
        else:
            _say_known(request, batch, name)
            if len(files) == 1 and batches_for(request.actor).filter(pk=batch.pk).exists():
                return redirect("import_batch", pk=batch.pk)
    if len(files) == 1 and brought:
        return redirect("import_batch", pk=brought[0].pk)
    if brought:
        words = ngettext("%(n)s file was brought.", "%(n)s files were brought.", len(brought))
        messages.success(request, words % {"n": len(brought)})
    return redirect("imports")


def _say_known(request: StaffRequest, batch: ImportBatch, name: str) -> None:
    day = day_words(local(batch.uploaded_at).date(), "day", get_language())
    if batches_for(request.actor).filter(pk=batch.pk).exists():
        words = _("“%(name)s” was brought on %(day)s already. Nothing was added.")
    else:
        words = _("A colleague brought “%(name)s” on %(day)s already. Nothing was added.")
    messages.info(request, words % {"name": name, "day": day})


@page(STAFF)
@require_safe
def import_batch(request: StaffRequest, pk: int) -> HttpResponse:
    """One file, wherever it is on its way."""
    return file_page(request, batch_for(request.actor, pk))


@page(STAFF)
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Yes, take it in."""
    batch = batch_for(request.actor, pk)
    if batch.state == BatchState.UNDERSTOOD:
        try:
            site, centres = answered(asking(request.actor, batch), request.POST)
            confirm_import(by=request.actor, batch=batch, site=site, centres=centres)
        except RuleBroken as refusal:
            return file_page(request, batch, error=str(refusal), status=422)
    return redirect("import_batch", pk=pk)


@page(STAFF)
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """No, put the file away."""
    batch = discard_import(by=request.actor, batch=batch_for(request.actor, pk))
    messages.success(request, _("“%(name)s” was put away; nothing of it was taken in.") % {"name": batch.file_name})
    return redirect("imports")


@page(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """GET says what undoing means; POST does it."""
    batch = batch_for(request.actor, pk)
    if request.method == "POST":
        undo_import(by=request.actor, batch=batch)
        return redirect("import_batch", pk=pk)
    if batch.state != BatchState.APPLIED:
        return redirect("import_batch", pk=pk)
    blocking = merges_for(request.actor).filter(pk__in=merges_in_the_way(batch))
    merges = [(merge, *told_apart(merge.kept, merge.other)) for merge in blocking]
    what = {"batch": batch, "undoing": what_undoing_means(batch), "merges": merges, "nav": "imports"}
    return render(request, "staff/exchange/import_undo.html", what)


@page(STAFF)
@require_safe
def kept_aside(request: StaffRequest, pk: int) -> HttpResponse:
    """Rows that were read and have no place in the house yet."""
    batch = batch_for(request.actor, pk)
    rows = rows_kept_aside(batch).defer("sheet__understanding")
    shown = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    listed = [(row, RECORDS.get(row.record_type, row.record_type), row_words(row)) for row in shown]
    what = {"batch": batch, "page": shown, "page_url": "?", "rows": listed, "nav": "imports"}
    return render(request, "staff/exchange/import_kept.html", what)
