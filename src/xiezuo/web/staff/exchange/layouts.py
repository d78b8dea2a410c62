"""表格版式: how tables with certain headings are read; to be renamed, given away, taken over and retired."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import layout_for, layouts_for
from xiezuo.exchange.actions.layouts import headings_of, rename_layout, retire_layout, take_layouts_from_pack
from xiezuo.exchange.layout_packs import MAX_BYTES, BrokenPack, layouts_in, pack_of
from xiezuo.exchange.models import Layout
from xiezuo.exchange.said import known_form
from xiezuo.orgs.queries import house_name
from xiezuo.people.access import must_do_casework
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.exchange.pack_words import broken_words
from xiezuo.web.staff.exchange.sheet_words import KINDS

LAYOUTS_A_PAGE = 30
HEADINGS_SHOWN = 8


@page(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def layouts(request: StaffRequest) -> HttpResponse:
    """The layouts that are followed; POST takes those of a pack."""
    must_do_casework(request.actor)
    if request.method == "POST":
        return _taken_over(request)
    shown = Paginator(layouts_for(request.actor), LAYOUTS_A_PAGE).get_page(request.GET.get("page"))
    listed = [(layout, KINDS.get(layout.kind, layout.kind), *_shape(layout)) for layout in shown]
    what = {"page": shown, "page_url": "?", "layouts": listed, "nav": "imports"}
    return render(request, "staff/exchange/layouts.html", what)


def _shape(layout: Layout) -> tuple[list[str], int]:
    """The first headings, and how many more there are."""
    headings = headings_of(layout)
    return headings[:HEADINGS_SHOWN], max(0, len(headings) - HEADINGS_SHOWN)


def _taken_over(request: StaffRequest) -> HttpResponse:
    file = request.FILES.get("pack")
    try:
        if file is None:
            raise RuleBroken("exchange.no_pack", _("Choose a file with layouts first."))
        packed = layouts_in(file.read(MAX_BYTES + 1))
        taken, left = take_layouts_from_pack(by=request.actor, packed=packed)
    except BrokenPack as problem:
        messages.warning(request, broken_words(problem))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        if taken:
            words = ngettext("%(n)s layout was taken over.", "%(n)s layouts were taken over.", len(taken))
            messages.success(request, words % {"n": len(taken)})
        for one in left:
            words = _("“%(name)s” was left aside: you have a layout for the same headings, and yours holds.")
            messages.info(request, words % {"name": one.title})
    return redirect("layouts")


@page(STAFF)
@require_safe
def export_layouts(request: StaffRequest) -> HttpResponse:
    """All layouts as one pack."""
    must_do_casework(request.actor)
    followed = list(layouts_for(request.actor))
    return _pack(followed, "layouts", _("Layouts")) if followed else redirect("layouts")


@page(STAFF)
@require_safe
def export_layout(request: StaffRequest, pk: int) -> HttpResponse:
    layout = layout_for(request.actor, pk)
    return _pack([layout], layout.uid, layout.name)


def _pack(shown: list[Layout], pack_id: str, title: str) -> HttpResponse:
    pack = pack_of(
        [(layout.name, known_form(layout)) for layout in shown],
        id=pack_id,
        title=title,
        version="1.0",
        author=house_name(),
        source=_("corrected by hand while importing"),
        licence="CC0-1.0",
        valid_from=today().isoformat(),
        changes="",
    )
    text = json.dumps(pack, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{pack_id}.json"'
    return response


@page(STAFF)
@require_POST
def rename(request: StaffRequest, pk: int) -> HttpResponse:
    layout = layout_for(request.actor, pk)
    try:
        rename_layout(by=request.actor, layout=layout, name=request.POST.get("name", ""))
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    return redirect("layouts")


@page(STAFF)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    layout = retire_layout(by=request.actor, layout=layout_for(request.actor, pk))
    messages.success(request, _("“%(name)s” is not followed any more.") % {"name": layout.name})
    return redirect("layouts")
