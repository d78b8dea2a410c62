"""The genogram, the ecomap, and what a worker says of the ties on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.actions.ecomap import TieFacts, drop_eco_tie, set_eco_tie
from xiezuo.service.ecomap import around, eco_tie_for
from xiezuo.service.vocab import EcoPart, TieFlow, TieKind
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.base.pictures import ecomap as ecomaps
from xiezuo.web.base.pictures import genogram as genograms
from xiezuo.web.staff.people.person import head_of, open_person
from xiezuo.web.staff.service.drawings.drawing import ecomap_of, genogram_of, in_words


class TieForm(forms.Form):
    """One thing that stands around them, or something new, and how they are tied to it."""

    key = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    name = forms.CharField(label=gettext_lazy("Something new"), max_length=80, required=False)
    part = forms.ChoiceField(label=gettext_lazy("Kind of the new one"), choices=EcoPart.choices, initial=EcoPart.OTHER)
    kind = forms.ChoiceField(label=gettext_lazy("The tie is"), choices=TieKind.choices, widget=forms.RadioSelect)
    flow = forms.ChoiceField(
        label=gettext_lazy("Strength flows"), choices=TieFlow.choices, widget=forms.RadioSelect, initial=TieFlow.NONE
    )
    note = forms.CharField(
        label=gettext_lazy("What you saw of it"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, things: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", _("something new, named below")), *things]  # type: ignore[attr-defined]

    def facts(self) -> TieFacts:
        given = self.cleaned_data
        return TieFacts(
            key=given["key"],
            name=given["name"],
            part=EcoPart(given["part"]),
            kind=TieKind(given["kind"]),
            flow=TieFlow(given["flow"]),
            note=given["note"],
        )


@page(STAFF)
@require_safe
def genogram(request: StaffRequest, pk: int) -> HttpResponse:
    person = open_person(request, pk, "genogram", Section.FAMILY)
    drawn = genogram_of(request.actor, person, today())
    what = head_of(request, person, "person_family") | {
        "svg": genograms.svg(drawn, _("Genogram; the list below says the same")) if drawn else "",
        "told": in_words(drawn) if drawn else [],
        "on": today(),
    }
    return render(request, "staff/service/drawings/genogram.html", what)


def _ecomap(request: StaffRequest, person: Person, form: TieForm | None = None, status: int = 200) -> HttpResponse:
    things = around(request.actor, person, today())
    drawn = ecomap_of(request.actor, person, things)
    what = head_of(request, person, "person_family") | {
        "svg": ecomaps.svg(drawn, _("Ecomap; the list below says the same")) if things else "",
        "things": things,
        "living": drawn.living,
        "form": form or TieForm(things=_options(things)),
        "on": today(),
    }
    return render(request, "staff/service/drawings/ecomap.html", what, status=status)


def _options(things: list[Any]) -> list[tuple[str, str]]:
    return [(one.key, f"{one.label} ({one.part.label})") for one in things]


@page(STAFF)
@require_safe
def ecomap(request: StaffRequest, pk: int) -> HttpResponse:
    return _ecomap(request, open_person(request, pk, "ecomap", Section.CASE))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def tie(request: StaffRequest, pk: int) -> HttpResponse:
    person = person_for(request.actor, pk, Section.CASE)
    form = TieForm(request.POST, things=_options(around(request.actor, person, today())))
    if form.is_valid():
        try:
            set_eco_tie(by=request.actor, person=person, facts=form.facts(), on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The tie is on the ecomap."))
            return redirect("ecomap", pk=pk)
    return _ecomap(request, open_person(request, pk, "ecomap", Section.CASE), form, 422)


@page(STAFF)
@require_POST
def untie(request: StaffRequest, pk: int) -> HttpResponse:
    row = eco_tie_for(request.actor, pk)
    drop_eco_tie(by=request.actor, tie=row)
    messages.success(request, _("What was said of this tie is gone."))
    return redirect("ecomap", pk=row.person_id)
