"""What was it like? Five numbers and two sentences; nobody is asked who they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import today
from xiezuo.common.errors import RuleBroken
from xiezuo.forms.access import sender_of
from xiezuo.forms.definitions import form_definition
from xiezuo.service.actions.activities import note_opinion
from xiezuo.service.joining import joining
from xiezuo.service.models import Activity
from xiezuo.service.models.activity import RATED
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.base.sending import once
from xiezuo.web.public.door import TOO_MANY, count, is_a_machine, shut, too_many

LONGEST = 1000  # characters of a sentence
A_MONTH = 31 * 24 * 3600


def _cookie(activity: Activity) -> str:
    return f"opinion-{activity.pk}"


@page(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, token: str) -> HttpResponseBase:
    """Once from each device, as far as a device remembers."""
    if too_many(request):
        return shut(request, TOO_MANY)
    activity = joining("opinion_code", token)
    if activity is None:
        count(request)
        return shut(request)
    if _cookie(activity) in request.COOKIES:
        return render(request, "public/thanks.html", {"activity": activity})
    if request.method == "GET":
        return _page(request, activity, "")
    count(request)
    if is_a_machine(request):
        return redirect("opinion", token=token)
    return once(request, sender_of("public", activity.pk), lambda: _noted(request, activity, token))


def _noted(request: HttpRequest, activity: Activity, token: str) -> HttpResponse:
    told = {key: request.POST.get(key, "") for key in RATED}
    ratings = {key: int(text) if text.isdecimal() and len(text) < 3 else None for key, text in told.items()}
    words = {name: request.POST.get(name, "")[:LONGEST] for name in ("best", "change")}
    try:
        note_opinion(activity=activity, ratings=ratings, on=today(), **words)
    except RuleBroken as refusal:
        return _page(request, activity, str(refusal), status=422)
    response = redirect("opinion", token=token)
    path = reverse("opinion", args=[token])
    response.set_cookie(_cookie(activity), "1", A_MONTH, path=path, httponly=True, samesite="Lax")
    return response


def _page(request: HttpRequest, activity: Activity, refused: str, status: int = 200) -> HttpResponse:
    form = form_definition("satisfaction")
    rated: list[dict[str, Any]] = [
        {"key": one.key, "words": one.help or one.label, "chosen": request.POST.get(one.key, "")}
        for one in form.fields()
        if one.key in RATED
    ]
    texts = [
        {"key": one.key, "label": one.label, "text": request.POST.get(one.key, "")[:LONGEST]}
        for one in form.fields()
        if one.key in {"best", "change"}
    ]
    scale = next((section.help for section in form.sections if section.help), "")
    what = {"activity": activity, "rated": rated, "texts": texts, "refused": refused, "scale": scale, "points": "12345"}
    return render(request, "public/opinion.html", what, status=status)
