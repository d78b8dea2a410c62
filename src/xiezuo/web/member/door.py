"""The door of a person's own side: a link from the worker, opened by one press, and the way out."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.common.days import now
from xiezuo.forms.packs import pack
from xiezuo.people.actions import leave, open_link
from xiezuo.people.members import link_that_opens
from xiezuo.web.base.members import closed, count_try, start, stop, too_many_tries
from xiezuo.web.base.pages import MEMBER, PUBLIC, MemberRequest, page


@page(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponseBase:
    """Reading the address opens nothing (messengers look at what is sent); the press does, once."""
    if too_many_tries(request):
        return closed(request)
    found = open_link(token=token, at=now()) if request.method == "POST" else link_that_opens(token, now())
    if found is None:
        count_try(request)
        return closed(request)
    if request.method == "POST":
        response = redirect("member")
        start(response, found)
        return response
    what = {"link": found, "minutes": pack("member-default")["link"]["open_minutes"]}
    return render(request, "member/enter.html", what)


@page(MEMBER)
@require_POST
def leave_page(request: MemberRequest) -> HttpResponse:
    """Done: the look ends here and on every device."""
    leave(member=request.member, at=now())
    response = render(request, "member/left.html")
    stop(response)
    return response
