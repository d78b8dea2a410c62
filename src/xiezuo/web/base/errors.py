"""Pages for what went wrong: what happened, what was kept, what to do next."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.access import NobodyKnown, SectionClosed, may_ask
from xiezuo.web.base.keeping import keep_for_later
from xiezuo.web.base.nav import address

log = logging.getLogger(__name__)
BROKEN = 500
RISK = "/service/risk/"  # written out: asking the table of addresses may be what failed
# Pages whose number is that of a person: the report that someone is at risk goes on with it.
OF_A_PERSON = {
    "person",
    "person_services",
    "person_family",
    "person_consents",
    "person_forms",
    "person_measures",
    "person_timelines",
    "person_journey",
    "volunteer",
}
# Where not even the page for errors can be drawn.
LAST = (
    '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>500</title><h1>{title}</h1><p>{words}</p><p>{next_step}</p>"
    '<p><a href="{url}"><b>{risk}</b></a></p>'
)


def _page(
    request: HttpRequest, status: int, title: str, words: str, next_step: str, *, ask: str = "", rule: str = ""
) -> HttpResponse:
    """An error page. It needs neither a login nor the database, so that it also works when these fail."""
    what = {"title": title, "words": words, "next_step": next_step, "status": status, "ask": ask, "rule": rule}
    if hasattr(request, "member"):
        return render(request, "member/error.html", what, status=status)
    return render(request, "base/error.html", what | {"risk": _risk(request, status)}, status=status)


def _risk(request: HttpRequest, status: int) -> str:
    """Where someone of the staff says that someone is at risk: also when the page they wanted failed, about the same
    person. "" where nobody is known to be logged in and nothing broke."""
    if getattr(request, "actor", None) is None and status < BROKEN:
        return ""
    place = request.resolver_match
    pk = place.kwargs.get("pk") if place is not None and place.url_name in OF_A_PERSON else None
    return address("flag_risk") + (f"?person={pk}" if pk else "")


def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    title, ask = _("This is not open to you"), _ask(request, error)
    return _page(request, 403, title, str(error), _("Nothing was changed."), ask=ask, rule=_rule_of(error))


def _rule_of(error: NotAllowed) -> str:
    """The rule by which a part of a file is closed, where it is one of the field."""
    return "CHD-3" if isinstance(error, SectionClosed) and error.decision.code == "minor" else ""


def _ask(request: HttpRequest, error: NotAllowed) -> str:
    """Where to ask for someone's file: also of someone who may not exist, so that the page tells nothing."""
    actor = getattr(request, "actor", None)
    if actor is None or not may_ask(actor):
        return ""
    if isinstance(error, SectionClosed):
        return address("ask_access", error.person.pk)
    return address("ask_access", error.pk) if isinstance(error, NobodyKnown) else ""


def rule_broken(request: HttpRequest, error: RuleBroken) -> HttpResponse:
    rule = str(error.facts.get("rule", ""))
    return _page(request, 422, _("This cannot be done so"), str(error), _("Nothing was changed."), rule=rule)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = _("The page was asked for something it does not understand.")
    return _page(request, 400, _("Not understood"), words, _("Go back and try once more."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = _("You are logged in, but this page is for other colleagues.")
    return _page(request, 403, _("This is not open to you"), words, _("Nothing was changed."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = _("There is no such page, or what it showed is not open to you.")
    return _page(request, 404, _("Not found"), words, _("Check the address, or look for it by search."))


def server_error(request: HttpRequest) -> HttpResponse:
    words = _("Something broke on our side. Go back: the browser usually still shows what you had typed.")
    next_step = _("Save it once more. If it happens again, tell your system administrator the time.")
    title = _("That did not work")
    try:
        return _page(request, BROKEN, title, words, next_step)
    except Exception:  # whatever is broken, the duty to say that someone is at risk stays one tap away
        log.exception("The page for errors could not be drawn; the last one takes its place.")
        said = {"title": title, "words": words, "next_step": next_step, "risk": _("Someone is at risk")}
        return HttpResponse(format_html(LAST, url=RISK, **said), status=BROKEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The seal of the form is from before the last login. What one of our own pages sent is kept and offered."""
    kept = keep_for_later(request)
    if kept is not None:
        return kept
    words = _("For your safety the form was not accepted: it had been open too long, or you logged in again meanwhile.")
    next_step = _("Go back: what you had typed is still in the form. Copy it, load the page again, and save once more.")
    return _page(request, 403, _("Please save once more"), words, next_step)
