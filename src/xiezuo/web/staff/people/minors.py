"""Children with whom no colleague is named as working: nobody at the site reads their file, so a supervisor names one."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.orgs.access import colleagues_for
from xiezuo.orgs.models import User
from xiezuo.people.access import minors_of_nobody, must_supervise
from xiezuo.people.actions import assign
from xiezuo.people.queries import with_places
from xiezuo.people.vocab import AssignedFor
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.people.words import age_words

A_PAGE = 50


class NameForm(forms.Form):
    """A colleague for all who are ticked."""

    user: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who works with them"), queryset=None, empty_label="—"
    )

    def __init__(self, *args: object, colleagues: QuerySet[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]


@page(STAFF)
@require_http_methods(["GET", "POST"])
def minors(request: StaffRequest) -> HttpResponse:
    """Tick the children of one colleague, choose the colleague, and they may read these files from today."""
    actor = request.actor
    must_supervise(actor)
    found = minors_of_nobody(actor)
    form = NameForm(request.POST or None, colleagues=colleagues_for(actor))
    if request.method == "POST" and form.is_valid():
        ticked = found.filter(pk__in=[pk for pk in request.POST.getlist("who") if pk.isdecimal() and len(pk) < 10])
        try:
            for person in (people := list(ticked)):
                assign(by=actor, person=person, why=AssignedFor.CASE_TEAM, on=today(), user=form.cleaned_data["user"])
        except RuleBroken as refusal:
            form.add_error("user", str(refusal))
        else:
            n, who = len(people), form.cleaned_data["user"]
            words = ngettext(
                "%(who)s works with %(n)s child from today.", "%(who)s works with %(n)s children from today.", n
            )
            messages.success(request, words % {"who": who, "n": n})
            return redirect("minors")
    shown = Paginator(with_places(found.order_by("pk")), A_PAGE).get_page(request.GET.get("page"))
    what = {
        "rows": [
            (person, age_words(person, today()), [str(row.site) for row in vars(person)["now_at"]]) for person in shown
        ],
        "page": shown,
        "page_url": "?",
        "form": form,
        "ticked": set(request.POST.getlist("who")),
        "nav": "people",
    }
    return render(request, "staff/people/minors.html", what, status=422 if form.errors else 200)
