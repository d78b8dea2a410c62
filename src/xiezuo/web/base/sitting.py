"""How long a session lasts: it ends when it is not used for a while, and in any case after some hours."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from xiezuo.orgs.sessions import BEGAN, SEEN, seconds_now
from xiezuo.web.base import door_rules

Get = Callable[[HttpRequest], HttpResponseBase]
A_MINUTE = 60


def address_of(request: HttpRequest) -> str:
    """The address a request comes from. Behind the house's own proxy it is the last one that proxy names."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.XIEZUO_HOUSE.https and forwarded:
        address = forwarded.rpartition(",")[2].strip()
    try:
        return str(ip_address(address))
    except ValueError:
        return ""


def _watches_by_itself(request: HttpRequest) -> bool:
    """A part of an open page that asks again and again: nobody sits before it for that reason."""
    return request.method == "GET" and "HX-Request" in request.headers


def sessions_end(get_response: Get) -> Get:
    """End a session that was not used, or lasted, too long; the request goes on without a login."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            moment, session = seconds_now(), request.session
            idle, lasted = moment - session.get(SEEN, 0), moment - session.get(BEGAN, 0)
            if idle > door_rules.idle_seconds() or lasted > door_rules.longest_seconds():
                request.ended_user = request.user  # type: ignore[attr-defined]
                logout(request)
            elif idle > A_MINUTE and not _watches_by_itself(request):
                session[SEEN] = moment
        return get_response(request)

    return middleware


def nobody_else_keeps_it(get_response: Get) -> Get:
    """Pages of someone who is logged in are stored nowhere: not by the browser, not on the way."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        known = request.user.is_authenticated
        response = get_response(request)
        if known or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
