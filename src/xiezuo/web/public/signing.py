"""The code on the wall: someone who came says what they are called. No name of anybody else is ever shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.service.actions.signing_in import sign_in_here
from xiezuo.service.joining import day_of_today, joining
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.public.door import TOO_MANY, count, is_a_machine, shut, too_many


@page(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def here(request: HttpRequest, token: str) -> HttpResponse:
    if too_many(request):
        return shut(request, TOO_MANY)
    activity = joining("wall_code", token)
    if activity is None:
        count(request)
        return shut(request)
    day = day_of_today(activity, today())
    scrap, refused, code, done = request.POST.get("scrap", "").strip(), "", "", ""
    if request.method == "POST" and day is not None:
        count(request)
        if is_a_machine(request):
            return redirect("here", token=token)
        walks_in = request.POST.get("walks_in") == "yes"
        try:
            new = sign_in_here(day=day, scrap=scrap, walks_in=walks_in, on=today(), at=now())
            done = "new" if new else "again"
        except RuleBroken as refusal:
            refused, code = str(refusal), refusal.code
    what = {
        "activity": activity,
        "day": day,
        "scrap": scrap,
        "refused": refused,
        "came_along": code == "service.nobody_fits" and not scrap.isdecimal(),
        "done": done,
    }
    return render(request, "public/here.html", what, status=422 if refused else 200)
