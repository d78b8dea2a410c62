"""一人一档, 一户一档: the whole file of a person or a household as one PDF, asked for like every list that leaves."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.exchange.access import household_to_bind, must_export
from xiezuo.exchange.actions.exporting import ask_export
from xiezuo.exchange.exports.purposes import purposes_for
from xiezuo.exchange.exports.rows import Chosen
from xiezuo.exchange.vocab import ExportKind
from xiezuo.forms.papers import are_there
from xiezuo.people.access import person_for, sections_for
from xiezuo.people.sections import is_minor
from xiezuo.web.base.export_words import listed
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.exchange.file_forms import FileForm


@page(STAFF)
@require_http_methods(["GET", "POST"])
def person_file(request: StaffRequest, pk: int) -> HttpResponse:
    must_export(request.actor, ExportKind.FILE)
    person = person_for(request.actor, pk)
    what = {
        "title": _("Personal file"),
        "name": str(person),
        "back": address("person", person.pk),
        "minor": is_minor(person, today()),
        "closed": [(why, listed(s.label for s in parts)) for why, parts in sections_for(request.actor, person).closed],
    }
    return _asked(request, Chosen(person=person.pk), what)


@page(STAFF)
@require_http_methods(["GET", "POST"])
def household_file(request: StaffRequest, pk: int) -> HttpResponse:
    must_export(request.actor, ExportKind.FILE)
    household = household_to_bind(request.actor, pk)
    what = {
        "title": _("Household file"),
        "name": _("household of %(name)s") % {"name": household.head},
        "back": address("household", household.pk),
        "household": True,
    }
    return _asked(request, Chosen(household=household.pk), what)


def _asked(request: StaffRequest, chosen: Chosen, what: dict[str, Any]) -> HttpResponse:
    """What for and which parts; then it waits, or can be written, on the page of the export."""
    form = FileForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_export(by=request.actor, wanted=form.wanted(chosen), at=now(), key=form.cleaned_data["key"])
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("export", pk=export.pk)
    purposes = [(one, listed(consent.label for consent in one.consents)) for one in purposes_for(ExportKind.FILE)]
    what |= {"form": form, "purposes": purposes, "ready": are_there(), "nav": "people"}
    return render(request, "staff/exchange/whole_file.html", what, status=422 if form.errors else 200)
