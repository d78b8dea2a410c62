"""The door: logging in and out, and choosing a password with a link that works once."""

import logging
from ipaddress import ip_address
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xiezuo.orgs.invitations import invitation_for, take_invitation
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import login_named, logins_with_roles
from xiezuo.orgs.tries import seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.web.base import door_rules
from xiezuo.web.base.entering import enter, password_was_right, wait_in_words
from xiezuo.web.base.keeping import forget_who, kept_key
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.base.settings_pages import keep
from xiezuo.web.base.sitting import address_of

log = logging.getLogger(__name__)


def may_try_out(request: HttpRequest) -> bool:
    """One-click logins: only in a demo house and only for a browser on the same machine.

    Behind a proxy every request seems to come from here, so a forwarded one is refused.
    """
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        here = False
    return bool(settings.XIEZUO_HOUSE.demo) and here and not forwarded


def _wait(request: HttpRequest, username: str) -> int:
    """Seconds before another password of this account, or from this address, is looked at."""
    account = seconds_to_wait(AttemptKind.ACCOUNT, username)
    return max(account, seconds_to_wait(AttemptKind.ADDRESS, address_of(request)))


def _missed(request: HttpRequest, username: str) -> None:
    known = login_named(username)
    went_wrong(AttemptKind.ACCOUNT, username, door_rules.limit(AttemptKind.ACCOUNT), user=known)
    log.warning("A password was wrong: account %s, from %s.", known.pk if known else "unknown", address_of(request))
    went_wrong(AttemptKind.ADDRESS, address_of(request), door_rules.limit(AttemptKind.ADDRESS))


def _login_page(request: HttpRequest, status: int = 200, wait: int = 0) -> HttpResponse:
    facts = {
        "failed": status == 422,
        "wait": wait_in_words(wait) if wait else "",
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "ended": "ended" in request.GET,
        "kept": kept_key(request) is not None,
        "try_out": logins_with_roles() if may_try_out(request) else [],
    }
    response = render(request, "base/login.html", facts, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@page(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _login_page(request)
    username = request.POST.get("username", "")
    if wait := _wait(request, username):
        return _login_page(request, 429, wait)
    form = AuthenticationForm(request, data=request.POST)
    if form.is_valid():
        return password_was_right(request, cast(User, form.get_user()), request.POST.get("next", ""))
    _missed(request, username)
    return _login_page(request, 422)


@page(PUBLIC)
@require_POST
def demo_login(request: HttpRequest, username: str) -> HttpResponse:
    """Become one of the invented people of a demo house. Not found anywhere else."""
    known = {login.user.username: login.user for login in logins_with_roles()} if may_try_out(request) else {}
    if username not in known:
        raise Http404
    return enter(request, known[username], request.POST.get("next", ""))


@page(PUBLIC)
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    end_session(request)
    messages.success(request, _("You are logged out."))
    response = redirect("login")
    forget_who(response)
    response["Clear-Site-Data"] = '"cache"'
    return response


@page(PUBLIC)
@never_cache
@sensitive_post_parameters()
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link chooses a password. Links that lead nowhere are counted for the address they come from."""
    wait = seconds_to_wait(AttemptKind.LINK, address_of(request))
    invited = None if wait else invitation_for(token)
    if invited is None:
        if not wait:
            limit, reads = door_rules.limit(AttemptKind.LINK), request.method in {"GET", "HEAD"}
            went_wrong(AttemptKind.LINK, address_of(request), limit, quiet=reads)
        return render(
            request, "base/link_used.html", {"wait": wait_in_words(wait) if wait else ""}, status=429 if wait else 410
        )
    user = invited.user
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_invitation(token=token, password=form.cleaned_data["new_password1"])
        with override(user.language):
            messages.success(request, _("Your password is set. Log in with it."))
        response = redirect("login")
        keep(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response
    facts = {"form": form, "invited": invited, "until": invited.expires_at}
    return render(request, "base/set_password.html", facts, status=422 if form.errors else 200)
