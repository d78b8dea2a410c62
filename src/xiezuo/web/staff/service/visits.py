"""探访: planned by two, prepared on the phone, and written down as F18 without typing the plan again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.filling import Typed
from xiezuo.forms.filling.values import UNREGISTERED
from xiezuo.orgs.access import Actor, colleagues_for, sites_for
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import household_for, households_for, must_do_casework, people_for
from xiezuo.people.homes import names_of_homes
from xiezuo.people.models import Household
from xiezuo.people.search import matching
from xiezuo.service.access.visits import visit_for, visits_over, visits_planned
from xiezuo.service.actions.visits import VisitFacts, drop_visit, plan_visit
from xiezuo.service.models import PlannedVisit
from xiezuo.service.queries import last_place
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.beginning import begun
from xiezuo.web.staff.service.risk.forms import LESS, TEXT

FOUND, LATELY = 8, 20


class PlanForm(forms.Form):
    planned_on = forms.DateField(
        label=pgettext_lazy("a visit", "Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    planned_at = forms.TimeField(
        label=pgettext_lazy("a visit", "Time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    first: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=gettext_lazy("First visitor"), queryset=None, empty_label=None
    )
    second: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=gettext_lazy("Second visitor"), queryset=None, required=False, empty_label=gettext_lazy("not a colleague")
    )
    companion = forms.CharField(label=gettext_lazy("Or somebody else, by name"), required=False, max_length=60)
    aim = forms.CharField(label=gettext_lazy("What the visit is for"), widget=LESS)
    outline = forms.CharField(label=gettext_lazy("What to ask and look for"), required=False, widget=TEXT)
    site: forms.ModelChoiceField[Site] = forms.ModelChoiceField(
        label=gettext_lazy("Site"), queryset=None, required=False, empty_label=gettext_lazy("no site")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        last = last_place(actor)
        kwargs["initial"] = {"first": actor.id, "planned_on": today(), "site": last.site_id if last else None}
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = colleagues_for(actor).order_by("name")  # type: ignore[attr-defined]
        self.fields["site"].queryset = sites_for(actor)  # type: ignore[attr-defined]


@page(STAFF)
@require_GET
def visits(request: StaffRequest) -> HttpResponse:
    """To come, the next first; those made and dropped lately below."""
    must_do_casework(request.actor)
    what = {
        "planned": visits_planned(request.actor),
        "over": visits_over(request.actor)[:LATELY],
        "today": today(),
        "nav": "service_records",
    }
    return render(request, "staff/service/visits/visits.html", what)


def _home(request: StaffRequest) -> Household | None:
    asked = request.POST.get("household") or request.GET.get("household", "")
    return household_for(request.actor, int(asked)) if asked.isdecimal() and len(asked) < 16 else None


def _homes(actor: Actor, q: str) -> list[tuple[int, str]]:
    """Households in which somebody lives whom a scrap fits."""
    if not q:
        return []
    living = [person.pk for person in matching(people_for(actor), q)[:50]]
    homes = households_for(actor).filter(members__person__in=living, members__to_on=None).distinct()[:FOUND]
    return list(names_of_homes(actor, homes).items())


@page(STAFF)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest) -> HttpResponse:
    """First whom to visit (`q` finds a household by anyone in it), then who goes and what for."""
    must_do_casework(request.actor)
    home, q = _home(request), request.GET.get("q", "").strip()
    form = PlanForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and home is not None and form.is_valid():
        try:
            made = plan_visit(by=request.actor, facts=VisitFacts(household=home, **form.cleaned_data), on=today())
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The visit is planned."))
            return redirect("planned_visit", pk=made.pk)
    what = {
        "form": form,
        "home": home,
        "home_name": names_of_homes(request.actor, [home])[home.pk] if home else "",
        "q": q,
        "homes": _homes(request.actor, q) if home is None else [],
        "nav": "service_records",
    }
    return render(request, "staff/service/visits/plan.html", what, status=422 if form.errors else 200)


@page(STAFF)
@require_GET
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """What to take along in one's head: where to, with whom, what for, what to look for."""
    row = visit_for(request.actor, pk)
    return render(request, "staff/service/visits/visit.html", {"visit": row, "nav": "service_records"})


def _as_typed(user: User) -> str:
    """A colleague as F18 names a visitor: by their row among the people, or by name."""
    person = getattr(user, "person", None)
    return str(person.pk) if person is not None else f"{UNREGISTERED}{user.name}"


def _carried(row: PlannedVisit) -> Typed:
    second = _as_typed(row.visitor_2) if row.visitor_2 else f"{UNREGISTERED}{row.companion}"
    return {
        "service_date": [min(row.planned_on, today()).isoformat()],
        "starts_at": [row.planned_at.strftime("%H:%M") if row.planned_at else ""],
        "visitor_1": [_as_typed(row.visitor_1)],
        "visitor_2": [second],
        "household": [str(row.household_id)],
        "aim": [str(row.aim)],
        "outline": [str(row.outline)],
        "site": [str(row.site_id or "")],
    }


@page(STAFF)
@require_POST
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """The visit was made: its form, with the plan in it."""
    row = visit_for(request.actor, pk)
    if not row.is_open:
        return redirect("planned_visit", pk=pk)
    return redirect(begun(request.actor, "visit", _carried(row), row.home, key=row.key_for(request.user)))


@page(STAFF)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        drop_visit(by=request.actor, visit=visit_for(request.actor, pk), why=request.POST.get("why", ""), on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("planned_visit", pk=pk)
    messages.success(request, _("The visit is not made; your reason is kept."))
    return redirect("visits")
