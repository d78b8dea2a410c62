"""更多: what belongs to the person at the keyboard, and the two switches every page carries."""

from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from xiezuo.common.days import today
from xiezuo.exchange.access import decides_exports, kinds_to_export, shares_data
from xiezuo.orgs.queries import roles_ending
from xiezuo.orgs.vocab import Language, StaffRole
from xiezuo.people.access import roles_to_look_as, sees_endings
from xiezuo.people.actions import begin_to_look_as
from xiezuo.people.owed import answers_for_data
from xiezuo.web.base import look
from xiezuo.web.base.door_rules import role_warn_days
from xiezuo.web.base.pages import LOOKING_AS, PUBLIC, STAFF, StaffRequest, page


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the switch was used on; never to another host."""
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(to if safe else "/")


def keep(response: HttpResponse, cookie: str, value: str) -> None:
    """Remember a choice on this device for a year; an empty value forgets it."""
    if not value:
        response.delete_cookie(cookie)
        return
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(cookie, value, max_age=look.A_YEAR, samesite="Lax", httponly=True, secure=secure)


@page(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chinese or English: on this device, and for the login wherever it is used next."""
    chosen = request.POST.get("language", "")
    if chosen not in Language.values:
        raise Http404
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response = _back(request)
    keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@page(PUBLIC)
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device; ordinary or large print. What a form does not mention stays as it is."""
    response = _back(request)
    for cookie, allowed in ((look.THEME_COOKIE, look.THEMES), (look.PRINT_COOKIE, look.PRINTS)):
        if (value := request.POST.get(cookie)) is not None:
            keep(response, cookie, value if value in allowed else "")
    return response


def _version() -> str:
    """Empty when the house runs from a checkout that was never installed."""
    try:
        return version("xiezuo")
    except PackageNotFoundError:
        return ""


@page(STAFF)
def more(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    what = {
        "roles": [StaffRole(role).label for role in StaffRole.values if role in actor.roles],
        "look_as": [(role.value, role.label) for role in roles_to_look_as(actor)],
        "ending": roles_ending(actor, on=today(), within_days=role_warn_days()),
        "takes_out": bool(kinds_to_export(actor)) or decides_exports(actor) or shares_data(actor),
        "watches": actor.supervises or actor.directs or actor.keeps_data,
        "answers_for_data": answers_for_data(actor),
        "version": _version(),
        "sees_endings": sees_endings(request.actor),
        "sees_over": request.actor.keeps_data or request.actor.directs,
    }
    return render(request, "base/more.html", what)


@page(STAFF)
@require_POST
def look_as(request: StaffRequest) -> HttpResponse:
    """See the pages as a role that sees less would, to know what it does not see."""
    role = request.POST.get("role", "")
    if role not in StaffRole.values:
        raise Http404
    begin_to_look_as(by=request.actor, role=StaffRole(role))
    request.session[LOOKING_AS] = role
    return redirect("today")


@page(STAFF)
@require_POST
def stop_looking(request: StaffRequest) -> HttpResponse:
    """Back to one's own role."""
    request.session.pop(LOOKING_AS, None)
    return redirect("today")
