"""Two records that may be one person: a queue with the evidence side by side, decided by someone, by key or by thumb."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.people.access import (
    duplicate_for,
    duplicates_for,
    must_do_casework,
    people_for,
    person_for,
    sections_of,
)
from xiezuo.people.actions import merge_pair, name_duplicate, note_reads, tell_apart
from xiezuo.people.matching import reason_words
from xiezuo.people.models import Merge, PossibleDuplicate
from xiezuo.people.queries import next_duplicate
from xiezuo.people.tasks import look_in_background
from xiezuo.people.vocab import DuplicateState, Section
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.shapes import Tab
from xiezuo.web.staff.people.beside import ONE, OTHER, beside, chosen
from xiezuo.web.staff.people.family import find
from xiezuo.web.staff.people.person import open_person
from xiezuo.web.staff.people.words import told_apart

A_PAGE = 30
SHOWN = (DuplicateState.OPEN, DuplicateState.UNSURE, DuplicateState.DIFFERENT)


def sees_both(actor: Actor, pairs: Iterable[PossibleDuplicate]) -> set[int]:
    """Ids of those pairs of which the actor reads both files, and so may compare and decide."""
    known = [pair for pair in pairs if getattr(pair, "sees_one", False) and getattr(pair, "sees_other", False)]
    found = sections_of(actor, {person.pk: person for pair in known for person in (pair.one, pair.other)}.values())
    whole = {pk for pk, sections in found.items() if Section.SENSITIVE in sections}
    return {pair.pk for pair in known if {pair.one_id, pair.other_id} <= whole}


def tabs_of(request: StaffRequest, current: str) -> list[Tab]:
    """The states that wait or were decided, each with its number, and the merges."""
    pairs = duplicates_for(request.actor).order_by().values_list("state").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(pairs)
    url = reverse("duplicates")
    tabs = [
        Tab(f"{capfirst(str(state.label))} {counts.get(state, 0)}", f"{url}?state={state}", state == current)
        for state in SHOWN
    ]
    return [*tabs, Tab(_("Merged"), reverse("merges"), current == "merges")]


@page(STAFF)
@require_safe
def duplicates(request: StaffRequest) -> HttpResponse:
    """The pairs that wait, the likeliest first; and those that were decided."""
    must_do_casework(request.actor)
    asked = request.GET.get("state", "")
    state = DuplicateState(asked) if asked in SHOWN else DuplicateState.OPEN
    pairs = duplicates_for(request.actor).filter(state=state).select_related("decided_by")
    shown = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    whole = sees_both(request.actor, shown)
    rows = [(pair, reason_words(pair.evidence) if pair.pk in whole else ([], [])) for pair in shown]
    what = {
        "rows": rows,
        "page": shown,
        "page_url": f"?state={state}",
        "state": state,
        "tabs": tabs_of(request, state),
        "may_search": request.actor.supervises,
        "first": shown[0] if shown and state == DuplicateState.OPEN else None,
        "nav": "people",
    }
    return render(request, "staff/people/duplicates.html", what)


@page(STAFF)
@require_POST
def search(request: StaffRequest) -> HttpResponse:
    """Have everyone compared with everyone in the background."""
    look_in_background(by=request.actor)
    messages.success(request, _("Everyone is being compared. New pairs appear here; you can go on working."))
    return redirect("duplicates")


@page(STAFF)
@require_http_methods(["GET", "POST"])
def duplicate(request: StaffRequest, pk: int) -> HttpResponse:
    """One pair: everything that is known of both beside each other; S same, D different, N not sure, J the next."""
    pair = duplicate_for(request.actor, pk)
    if request.method == "POST":
        return _decided(request, pair)
    return _pair_page(request, pair)


def _pair_page(request: StaffRequest, pair: PossibleDuplicate, refusal: str = "") -> HttpResponse:
    both = pair.pk in sees_both(request.actor, [pair])
    hidden = OTHER if getattr(pair, "sees_one", False) else ONE
    seen = [pair.one, pair.other] if both else [pair.one if hidden == OTHER else pair.other]
    note_reads(by=request.actor, people=seen, what="duplicate")
    agrees, differs = reason_words(pair.evidence) if both else ([], [])
    pairs = duplicates_for(request.actor)
    typed = {name: request.POST[name] for name in request.POST}
    what: dict[str, Any] = {
        "pair": pair,
        "both": both,
        "side": beside(request.actor, pair.one, pair.other, hidden="" if both else hidden, typed=typed),
        "agrees": agrees,
        "differs": differs,
        "waiting": pairs.filter(state=DuplicateState.OPEN).count(),
        "next": next_duplicate(pairs, pair),
        "refusal": refusal,
        "nav": "people",
    }
    return render(request, "staff/people/duplicate.html", what, status=422 if refusal else 200)


def _decided(request: StaffRequest, pair: PossibleDuplicate) -> HttpResponse:
    """What was said of the pair; then the next one that waits. A refusal keeps what was picked."""
    told = request.POST.get("do", "")
    following = next_duplicate(duplicates_for(request.actor), pair)
    try:
        if told == DuplicateState.SAME:
            keep = pair.other_id if request.POST.get("keep") == OTHER else pair.one_id
            _say_merged(
                request, merge_pair(by=request.actor, pair=pair, keep=keep, choices=chosen(request.POST.dict()))
            )
        else:
            state = DuplicateState(told) if told in DuplicateState.values else DuplicateState.OPEN
            tell_apart(by=request.actor, pair=pair, state=state, note=request.POST.get("note", ""))
            one, other = told_apart(pair.one, pair.other)
            words = {"one": one, "other": other, "state": state.label}
            messages.success(request, _("%(one)s and %(other)s: %(state)s. It is kept.") % words)
    except RuleBroken as refusal:
        return _pair_page(request, pair, str(refusal))
    return redirect("duplicate", pk=following.pk) if following else redirect("duplicates")


def _say_merged(request: StaffRequest, merge: Merge) -> None:
    names = dict(zip(("kept", "other"), told_apart(merge.kept, merge.other), strict=True))
    words = _("%(other)s and %(kept)s are one record now.") % names
    link, onward = reverse("merge", args=[merge.pk]), _("See or take back")
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, link, onward))


@page(STAFF)
@require_http_methods(["GET", "POST"])
def same_as(request: StaffRequest, pk: int) -> HttpResponse:
    """From a person's page: look for the other record of the same human, then see both beside each other."""
    if request.method == "POST":
        person = person_for(request.actor, pk)
        told = request.POST.get("other", "")
        other = person_for(request.actor, int(told) if told.isdecimal() and len(told) < 10 else 0)
        return redirect("duplicate", pk=name_duplicate(by=request.actor, person=person, other=other).pk)
    person = open_person(request, pk, "duplicate")
    known = duplicates_for(request.actor).filter(one=person) | duplicates_for(request.actor).filter(other=person)
    what = {
        "person": person,
        "finding": find(request, [person.pk]),
        "known": known.exclude(state=DuplicateState.SAME),
        "alone": not people_for(request.actor).exclude(pk=person.pk).exists(),
        "nav": "people",
    }
    return render(request, "staff/people/same_as.html", what)
