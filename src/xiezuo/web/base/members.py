"""Who looks through an opened link: kept in a signed cookie of its own, which no staff page is sent and no login makes."""

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from xiezuo.common.crypto import blind
from xiezuo.common.days import now
from xiezuo.forms.packs import pack
from xiezuo.people.members import Member, member_of
from xiezuo.people.models import MemberLink

COOKIE, SALT, PATH = "member", "xiezuo.member", "/member/"
GONE = 410


def start(response: HttpResponseBase, link: MemberLink) -> None:
    """This device may look; the cookie goes when the browser is shut, and the link ends it before that."""
    value = signing.dumps(link.pk, salt=SALT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, value, path=PATH, httponly=True, samesite="Lax", secure=secure)


def stop(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def looking(request: HttpRequest) -> Member | None:
    """Who looks on this device now; None for everybody else, whatever is wrong."""
    try:
        link = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return member_of(link, now()) if isinstance(link, int) else None


def closed(request: HttpRequest) -> HttpResponse:
    """The one page for a link that is wrong, used, over or taken back, and for a look that has ended."""
    response = render(request, "member/closed.html", status=GONE)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address of a link has no business in a log
    return response


def _key(request: HttpRequest) -> str:
    return f"member-tries:{blind(request.META.get('REMOTE_ADDR', '') or '?', 'address')}"


def too_many_tries(request: HttpRequest) -> bool:
    """Whether so many links that do not work came from this address lately that none is looked at (pack
    member-default). Counted in the memory of the one process that serves pages."""
    return int(cache.get(_key(request), 0)) >= pack("member-default")["tries"]["most"]


def count_try(request: HttpRequest) -> None:
    seconds = pack("member-default")["tries"]["within_minutes"] * 60
    if not cache.add(_key(request), 1, timeout=seconds):
        cache.incr(_key(request))
