"""Pages for what went wrong: what happened, what was kept, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.people.access import NobodyKnown, SectionClosed, may_ask
from xiezuo.web.base.keeping import keep_for_later
from xiezuo.web.base.nav import address


def _page(
    request: HttpRequest, status: int, title: str, words: str, next_step: str, *, ask: str = "", rule: str = ""
) -> HttpResponse:
    """An error page. It needs neither a login nor the database, so that it also works when these fail."""
    what = {"title": title, "words": words, "next_step": next_step, "status": status, "ask": ask, "rule": rule}
    template = "member/error.html" if hasattr(request, "member") else "base/error.html"
    return render(request, template, what, status=status)


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
    return _page(request, 500, _("That did not work"), words, next_step)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The seal of the form is from before the last login. What one of our own pages sent is kept and offered."""
    kept = keep_for_later(request)
    if kept is not None:
        return kept
    words = _("For your safety the form was not accepted: it had been open too long, or you logged in again meanwhile.")
    next_step = _("Go back: what you had typed is still in the form. Copy it, load the page again, and save once more.")
    return _page(request, 403, _("Please save once more"), words, next_step)
