"""The door of a referral: a link on paper or passed on by the worker, opened by a press, as often as it works."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.common.days import now
from xiezuo.orgs.queries import house_full_name
from xiezuo.service.access.partner import link_by, shut
from xiezuo.service.actions.referral_links import WHY_SHUT, open_referral_link
from xiezuo.web.base.members import count_try, too_many_tries
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.base.partners import closed, start


@page(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponseBase:
    """Reading the address opens nothing (messengers look at what is sent) and names nobody; the press does, and is
    written down."""
    if too_many_tries(request):
        return closed(request)
    if request.method == "POST":
        link, why = open_referral_link(token=token, at=now())
    else:
        link = link_by(token)
        why = shut(link, now())
    if why is not None or link is None:
        if link is None:
            count_try(request)
        return closed(request, WHY_SHUT[why] if why else "")
    if request.method == "POST":
        response = redirect("partner")
        start(response, link)
        return response
    return render(request, "partner/enter.html", {"house_full_name": house_full_name()})
