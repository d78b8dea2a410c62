"""到期: what has passed its period, by class; nothing here touches anything but a proposal."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.access import people_for
from xiezuo.people.actions import propose_destruction
from xiezuo.people.ending import ClassOver, in_proposals, texts_to_read, what_is_over
from xiezuo.people.retention import PERSON, Over
from xiezuo.people.vocab import DestroyWay
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.ending_words import kept_for, line_words, mark_words, tabs_of

A_PAGE = 50


class ProposalForm(forms.Form):
    """Which lines end, how, and why none of it is needed any more."""

    way = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=DestroyWay.choices,
        widget=forms.RadioSelect,
    )
    appraisal = forms.CharField(
        label=gettext_lazy("Why none of this is needed any more"), widget=forms.Textarea({"rows": 3})
    )


@page(STAFF)
@require_safe
def ending(request: StaffRequest) -> HttpResponse:
    """Every class with how long it is kept, by what rule, and how much of it is over."""
    told = what_is_over(request.actor, today())
    shown = [(one, kept_for(one.of), mark_words(one.of.mark)) for one in told]
    what = {
        "over": [row for row in shown if row[0].lines],
        "kept": [row for row in shown if not row[0].lines],
        "tabs": tabs_of(request.actor, "ending"),
        "nav": "more",
    }
    return render(request, "staff/people/ending.html", what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def ending_class(request: StaffRequest, code: str) -> HttpResponse:
    """The lines of one class; the data steward ticks those that are to end and proposes them."""
    told = next((one for one in what_is_over(request.actor, today()) if one.of.code == code), None)
    if told is None:
        raise NotAllowed(_("There is no such class of records."))
    way = DestroyWay.ANONYMISE if told.of.of == "people" else DestroyWay.ERASE
    form = ProposalForm(request.POST or None, initial={"way": way})
    ticked = {int(row) for row in request.POST.getlist("rows") if row.isdecimal() and len(row) < 19}
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_destruction(
                by=request.actor,
                record_class=code,
                rows=ticked,
                appraisal=form.cleaned_data["appraisal"],
                way=DestroyWay(form.cleaned_data["way"]),
                on=today(),
            )
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(
                request, _("Proposed. Two others are asked for their signatures; until then nothing changes.")
            )
            return redirect("destruction", pk=made.pk)
    what = _lines(request, told) | {"form": form, "ticked": ticked, "may_propose": request.actor.keeps_data}
    return render(request, "staff/people/ending_class.html", what, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Line:
    """One line on the page: `is_open`: the person's page is open to the reader; `texts`: records to read first;
    `proposed`: the destruction in which it stands already."""

    over: Over
    words: str
    is_open: bool
    texts: list[str]
    proposed: int | None

    @property
    def free(self) -> bool:
        return not self.over.held and self.proposed is None


def _lines(request: StaffRequest, told: ClassOver) -> dict[str, Any]:
    """One page of lines by number, never by name; a link for whoever works with the person."""
    shown = Paginator(told.lines, A_PAGE).get_page(request.GET.get("page"))
    people = [line.pk for line in shown if line.table == PERSON]
    open_to = set(people_for(request.actor).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    texts, proposed = texts_to_read(people), in_proposals(list(shown))
    rows = [
        Line(line, line_words(line.table, line.pk), line.pk in open_to, texts.get(line.pk, []), proposed.get(line.pk))
        for line in shown
    ]
    return {
        "told": told,
        "rows": rows,
        "any_free": any(row.free for row in rows),
        "page": shown,
        "page_url": "?",
        "kept_for": kept_for(told.of),
        "mark": mark_words(told.of.mark),
        "of_people": told.of.of == "people",
        "nav": "more",
    }
