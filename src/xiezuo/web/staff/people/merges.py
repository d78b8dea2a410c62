"""Merges: who became one with whom, what moved, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import merge_for, merges_for, must_do_casework, must_open
from xiezuo.people.actions import note_read, unmerge_people
from xiezuo.people.matching import reason_words
from xiezuo.people.queries import what_it_moved
from xiezuo.people.since import blocked_by, said_of, written_since
from xiezuo.people.vocab import DuplicateState, Section
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.duplicates import tabs_of
from xiezuo.web.staff.people.words import told_apart

A_PAGE = 30


@page(STAFF)
@require_safe
def merges(request: StaffRequest) -> HttpResponse:
    must_do_casework(request.actor)
    shown = Paginator(merges_for(request.actor), A_PAGE).get_page(request.GET.get("page"))
    rows = [(merge, *told_apart(merge.kept, merge.other)) for merge in shown]
    what = {"rows": rows, "page": shown, "page_url": "?", "tabs": tabs_of(request, "merges"), "nav": "people"}
    return render(request, "staff/people/merges.html", what)


@page(STAFF)
@require_safe
def merge(request: StaffRequest, pk: int) -> HttpResponse:
    """What one merge moved, and what was written since, so that someone can say where it belongs."""
    found = merge_for(request.actor, pk)
    must_open(request.actor, found.kept, Section.CONTACT)
    note_read(by=request.actor, person=found.kept, what="duplicate")
    kept_name, other_name = told_apart(found.kept, found.other)
    since = [] if found.undone_at else written_since(found)
    told = said_of(request.actor, since)
    what = {
        "merge": found,
        "kept_name": kept_name,
        "other_name": other_name,
        "agrees": reason_words(found.evidence)[0],
        "moved": what_it_moved(found).items(),
        "later": None if found.undone_at else blocked_by(found),
        "since": told,
        "unseen": len(since) - len(told),
        "nav": "people",
    }
    return render(request, "staff/people/merge.html", what)


@page(STAFF)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """They are two after all."""
    found = merge_for(request.actor, pk)
    unsure = request.POST.get("state") == DuplicateState.UNSURE
    state = DuplicateState.UNSURE if unsure else DuplicateState.DIFFERENT
    try:
        unmerge_people(by=request.actor, merge=found, along=request.POST.getlist("along"), state=state)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        words = dict(zip(("kept", "other"), told_apart(found.kept, found.other), strict=True))
        messages.success(request, _("%(kept)s and %(other)s are two records again.") % words)
    return redirect("merge", pk=pk)
