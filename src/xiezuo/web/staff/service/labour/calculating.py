"""劳动权益期限: choose what happened, type the day, and see until when. For nobody: nothing is kept."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from xiezuo.common.days import today
from xiezuo.people.access import must_do_casework
from xiezuo.service.labour.limits import limits_of, skips_means_check
from xiezuo.service.vocab import LabourKind
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.labour.words import all_in_words, late_words


def day_field(label: object, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class CalculatorForm(forms.Form):
    """What happened and when; `interrupted`: the last claim, request or agreement, if there was one."""

    kind = forms.ChoiceField(label=_("What happened"), choices=LabourKind.choices, widget=forms.RadioSelect)
    day = day_field(_("On which day"), required=False)
    interrupted = day_field(_("Last claimed, asked for help, or agreed to pay on"), required=False)
    migrant = forms.BooleanField(label=_("A migrant worker"), required=False)
    injury = forms.BooleanField(label=_("It is about an injury at work"), required=False)

    def clean_day(self) -> object:
        day = self.cleaned_data.get("day")
        if day is None and self.cleaned_data.get("kind") not in {"", None, LabourKind.EMPLOYED}:
            raise forms.ValidationError(_("Write the day: the law counts from it."))
        return day


DAYS = {
    LabourKind.DISPUTE: _("the day on which they knew, or should have known, that a right was harmed"),
    LabourKind.EMPLOYED: _("no day is needed while they are employed"),
    LabourKind.LEFT: _("the last day of the employment"),
    LabourKind.LEGAL_AID: _("the day on which the office received the application"),
}


@page(STAFF)
@require_GET
def calculator(request: StaffRequest) -> HttpResponse:
    """The limits of something that happened; asked in the address, kept nowhere."""
    must_do_casework(request.actor)
    asked = bool(request.GET.get("kind"))
    form = CalculatorForm(request.GET if asked else None, initial={"kind": LabourKind.DISPUTE})
    what = {"form": form, "days": [(kind.label, words) for kind, words in DAYS.items()], "nav": "more"}
    if asked and form.is_valid():
        given = form.cleaned_data
        kind = LabourKind(given["kind"])
        limits = limits_of(kind, given["day"], [given["interrupted"]] if given["interrupted"] else [])
        what |= {
            "kind": kind,
            "limits": all_in_words(limits, today()),
            "late": late_words(limits),
            "no_means_check": skips_means_check(kind, migrant_worker=given["migrant"], work_injury=given["injury"]),
            "asked": True,
        }
    return render(request, "staff/service/labour/calculator.html", what, status=422 if form.errors else 200)
