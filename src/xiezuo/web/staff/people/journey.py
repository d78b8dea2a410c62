"""成长路径: what someone received and gave in the order of the days, in their own words; and writing its next step."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import draft_answers
from xiezuo.forms.actions import finish_draft, keep_draft
from xiezuo.people.access import person_for
from xiezuo.people.actions import take_step, write_growth_note
from xiezuo.people.journey import stages
from xiezuo.people.models import Person
from xiezuo.people.queries import periods_told
from xiezuo.people.vocab import JourneyStep, Role, Section
from xiezuo.web.base.drafting import draft_key, keep_answer, opening_of, page_of, saved_at, typed
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people import growth
from xiezuo.web.staff.people.person import head_of, open_person
from xiezuo.web.staff.people.ties import DayForm

FORM = "journey"
HAPPENED = "happened"
KINDS = [
    (JourneyStep.BEGINS.value, gettext_lazy("a role begins")),
    (JourneyStep.RESTS.value, gettext_lazy("a role rests")),
    (HAPPENED, gettext_lazy("something happened on the way")),
]


class StepForm(DayForm):
    """What happened on the path, in the person's words and in the worker's."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=KINDS, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", "—"), *Role.choices], required=False)
    what = forms.CharField(label=gettext_lazy("What happened"), required=False, max_length=200)
    own_words = forms.CharField(
        label=gettext_lazy("In their own words"), required=False, widget=forms.Textarea({"rows": 3})
    )
    note = forms.CharField(
        label=pgettext_lazy("of a worker", "Your note"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind") in JourneyStep.values and not given.get("role"):
            self.add_error("role", _("Choose the role that begins or rests."))
        return given


@page(STAFF)
@require_GET
def journey(request: StaffRequest, pk: int) -> HttpResponse:
    person = open_person(request, pk, "journey", Section.GROWTH)
    what = head_of(request, person, "person_journey")
    periods = periods_told(person)
    helping = growth.helping_of(request.actor, person)
    what |= {
        "bands": growth.bands_of(periods, today()) if periods else None,
        "growth": growth.growth_of(
            request.actor, person, periods, what["figures"], helping, what["merges"], all_of_it=True
        ),
    }
    return render(request, "staff/people/journey.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the next step. Whatever is refused, what was typed stays."""
    person = person_for(request.actor, pk, Section.GROWTH)
    key = draft_key(request)
    if key is None:
        return HttpResponseRedirect(f"{request.path}?draft={uuid.uuid4()}")
    if request.method == "GET":
        answers = {name: values[0] for name, values in draft_answers(request.actor, key).items() if values}
        return _form_page(request, person, key, StepForm(initial=answers or {"kind": JourneyStep.BEGINS}))
    _keep(request, key, person)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            words = _write(request, person, form)
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            finish_draft(by=request.actor, key=key, **opening_of(request))
            messages.success(request, words)
            return redirect(request.path.removesuffix("step/"))
    return _form_page(request, person, key, form)


def _write(request: StaffRequest, person: Person, form: StepForm) -> str:
    given, by = form.cleaned_data, request.actor
    if given["kind"] == HAPPENED:
        write_growth_note(by=by, person=person, on=form.day(), what=given["what"], own_words=given["own_words"])
        return _("Written down on the growth path.")
    role, taken = Role(given["role"]), JourneyStep(given["kind"])
    words = {"own_words": given["own_words"], "note": given["note"]}
    take_step(by=by, person=person, role=role, step=taken, on=form.day(), **words)
    if taken == JourneyStep.BEGINS:
        return _("Role written down: %(role)s.") % {"role": role.label}
    return _("Role rests: %(role)s. It can begin again at any time.") % {"role": role.label}


def _form_page(request: StaffRequest, person: Person, key: uuid.UUID, form: StepForm) -> HttpResponse:
    what = {
        "person": person,
        "form": form,
        "key": key,
        "saved_at": saved_at(request.actor, key),
        "open_roles": [period.get_role_display() for period in person.role_periods.filter(to_on__isnull=True)],
        "stages": [role.label for role in stages()],
        "nav": "people",
    }
    return render(request, "staff/people/step.html", what, status=422 if form.errors else 200)


def _keep(request: StaffRequest, key: uuid.UUID, person: Person) -> None:
    answers, page = typed(request.POST), page_of(request)
    title = str(person)
    keep_draft(by=request.actor, form=FORM, key=key, title=title, answers=answers, page=page, **opening_of(request))


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def keep_step(request: StaffRequest, pk: int, key: uuid.UUID) -> HttpResponse:
    """Autosave from the page; answers with the time at which the house has it."""
    person = person_for(request.actor, pk, Section.GROWTH)
    return keep_answer(request, key, form=FORM, title=str(person), answers=typed(request.POST))
