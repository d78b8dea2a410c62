"""Who looks through the link to a referral: kept in a signed cookie that no other page is sent and no login makes. It names
the link and when it was opened; whether the link still works is asked each time."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.forms.packs import pack
from xiezuo.service.access.partner import Shut, link_under, shut
from xiezuo.service.actions.referral_links import WHY_SHUT
from xiezuo.service.models import ReferralLink

COOKIE, SALT, PATH = "partner", "xiezuo.partner", "/partner/"
GONE = 410
RESTS: Promise = _("You have not looked at this page for a while. Open the link you were given once more.")


def open_seconds() -> int:
    return int(timedelta(minutes=pack("referral-default")["link"]["open_minutes"]).total_seconds())


def start(response: HttpResponseBase, link: ReferralLink) -> None:
    value = signing.dumps(link.pk, salt=SALT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, value, path=PATH, httponly=True, samesite="Lax", secure=secure)


def looking(request: HttpRequest) -> tuple[ReferralLink | None, str | Promise]:
    """The link that this device opened, if it still shows something; else why not."""
    try:
        pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=open_seconds())
    except signing.BadSignature:
        return None, RESTS
    link = link_under(pk)
    why = shut(link, now())
    return (link, "") if why is None else (None, WHY_SHUT[why])


def closed(request: HttpRequest, why: str | Promise = WHY_SHUT[Shut.UNKNOWN]) -> HttpResponse:
    """The page for a link that shows nothing, with the reason in a sentence."""
    response = render(request, "partner/closed.html", {"why": why}, status=GONE)
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the address of a link has no business in a log
    return response
