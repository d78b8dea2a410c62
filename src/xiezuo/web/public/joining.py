"""Signing up for an activity without an account, and the page on which one gives the place back."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import sender_of
from xiezuo.forms.packs import pack
from xiezuo.service.actions.signing_up import STILL, Wish, give_place_back, sign_up, sign_up_under
from xiezuo.service.joining import joining
from xiezuo.service.models import Activity
from xiezuo.service.turnout import place_in_line, places_of
from xiezuo.service.vocab import ActivityState, SignUpState
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.base.sending import once
from xiezuo.web.public.door import TOO_MANY, count, is_a_machine, shut, too_many


class JoinForm(forms.Form):
    label = forms.CharField(
        label=_("What may we call you?"), max_length=50, help_text=_("A nickname will do; nobody asks for papers.")
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("Only so that we can tell you when a place gets free or it is cancelled."),
    )
    guardian_name = forms.CharField(label=_("Name of the guardian"), max_length=60, required=False)


@page(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Sign up. Works without scripts; a form that is sent twice is carried out once."""
    if too_many(request):
        return shut(request, TOO_MANY)
    activity = joining("join_code", token)
    if activity is None:
        count(request)
        return shut(request)
    if request.method == "GET":
        return _page(request, activity, JoinForm())
    count(request)
    if is_a_machine(request):
        return redirect("join_activity", token=token)
    return once(request, sender_of("public", activity.pk), lambda: _joined(request, activity))


def _joined(request: HttpRequest, activity: Activity) -> HttpResponse:
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, form, status=422)
    try:
        wish = Wish(**form.cleaned_data, child=request.POST.get("child") == "yes")
        _row, token = sign_up(activity=activity, wish=wish, on=today(), at=now())
    except RuleBroken as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _page(request, activity, form, status=422)
    return redirect("own_place", token=token)


def _page(request: HttpRequest, activity: Activity, form: JoinForm, status: int = 200) -> HttpResponse:
    is_open = activity.state == ActivityState.OPEN and not (activity.closes_on and today() > activity.closes_on)
    what = {
        "activity": activity,
        "days": list(activity.days.all()),
        "places": places_of(activity),
        "is_open": is_open,
        "form": form,
        "child": request.POST.get("child", "no"),
        "young": pack("consent-core")["age"]["guardian_below"],
    }
    return render(request, "public/join.html", what, status=status)


@page(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def own_place(request: HttpRequest, token: str) -> HttpResponse:
    """The secret address of one sign-up: how it stands, and giving the place back."""
    if too_many(request):
        return shut(request, TOO_MANY)
    row = sign_up_under(token)
    if row is None:
        count(request)
        return shut(request)
    refused = ""
    if request.method == "POST":
        count(request)
        try:
            give_place_back(row=row, on=today(), at=now())
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            return redirect("own_place", token=token)
    cancelled = row.activity.state == ActivityState.CANCELLED
    what = {
        "row": row,
        "activity": row.activity,
        "days": list(row.activity.days.all()),
        "cancelled": cancelled,
        "may_give_back": row.state in STILL and not cancelled,
        "number": place_in_line(row) if row.state == SignUpState.WAITING else 0,
        "refused": refused,
        "address": request.build_absolute_uri(),
    }
    return render(request, "public/own_place.html", what, status=422 if refused else 200)
