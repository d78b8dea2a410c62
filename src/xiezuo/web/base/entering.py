"""Through the door: from a password that is right to a session, over the second factor where there is one."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import note_login
from xiezuo.orgs.factors import asked_of, factors_of, note_asked
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import login_by_id, roles_ending
from xiezuo.orgs.sessions import ADDRESS, AGENT, BEGAN, SEEN, forget_expired_sessions, seconds_now
from xiezuo.orgs.tries import forget_old_tries, went_well
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.web.base import door_rules
from xiezuo.web.base.keeping import kept_key, remember_who
from xiezuo.web.base.nav import first_page
from xiezuo.web.base.pages import MUST_ADD
from xiezuo.web.base.settings_pages import keep
from xiezuo.web.base.sitting import address_of
from xiezuo.web.base.templatetags.days import day as day_in_words

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_WAY = "half_way"


def _safe(request: HttpRequest, to: str) -> bool:
    return url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())


def password_was_right(request: HttpRequest, user: User, to: str) -> HttpResponse:
    """In, or on to the second factor."""
    if not factors_of(user):
        return enter(request, user, to)
    request.session.cycle_key()
    request.session[HALF_WAY] = {"user": user.pk, "at": seconds_now(), "next": to}
    return redirect("second_step")


def half_way(request: HttpRequest) -> tuple[User, str] | None:
    """Who said the right password a moment ago and where they were heading; None when nobody did."""
    held = request.session.get(HALF_WAY)
    if not held or seconds_now() - held["at"] > door_rules.second_step_seconds():
        return None
    user = login_by_id(held["user"])
    return (user, held["next"]) if user else None


def _ask_for_factor(request: HttpRequest, actor: Actor, day: date) -> None:
    """Recommend a second factor, or insist on it once the days of grace are over."""
    rule = door_rules.duty()
    if factors_of(actor.user) or not actor.roles & rule.roles:
        return
    note_asked(actor.user, day)
    until = asked_of(actor, rule)
    if rule.duty and until and day > until:
        request.session[MUST_ADD] = True
    elif rule.duty and until:
        words = _("Your role needs a second factor for logging in. Add it by %(day)s: More, Logging in and security.")
        messages.warning(request, words % {"day": day_in_words(until)})


def _tell_of_ending_roles(request: HttpRequest, actor: Actor, day: date) -> None:
    for held in roles_ending(actor, on=day, within_days=door_rules.role_warn_days()):
        if held.user_id == actor.id and held.to_on:
            words = _("Your role here (%(role)s) ends with %(day)s. If it should go on, tell the system administrator.")
            messages.warning(request, words % {"role": held.get_role_display(), "day": day_in_words(held.to_on)})


def enter(request: HttpRequest, user: User, to: str = "", *, factor: str = "none") -> HttpResponse:
    """Start the session, speak the user's language on this device, and go where they were heading."""
    note_login(user=user, factor=factor)
    start_session(request, user, backend=BACKEND)
    moment = seconds_now()
    request.session.pop(HALF_WAY, None)
    request.session.pop(MUST_ADD, None)
    request.session.update({BEGAN: moment, SEEN: moment, ADDRESS: address_of(request)})
    request.session[AGENT] = request.headers.get("User-Agent", "")
    went_well(AttemptKind.ACCOUNT, user.username)
    went_well(AttemptKind.CODE, str(user.pk))
    forget_old_tries()
    forget_expired_sessions()
    actor, day = actor_for(user), today()
    with override(user.language):
        _ask_for_factor(request, actor, day)
        _tell_of_ending_roles(request, actor, day)
    waiting = kept_key(request)
    if waiting:
        to = reverse("kept_form", args=[waiting])
    response = HttpResponseRedirect(to if to and _safe(request, to) else first_page(actor))
    keep(response, settings.LANGUAGE_COOKIE_NAME, user.language)
    remember_who(response, user)
    return response


def proved_lately(request: HttpRequest) -> bool:
    """Whether the login said its password a few minutes ago."""
    said = max(request.session.get(BEGAN, 0), request.session.get("proved", 0))
    return seconds_now() - int(said) <= door_rules.prove_seconds()


def wait_in_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
