"""The door: logging in and out, and choosing a password with a link that works once."""

from ipaddress import ip_address
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xiezuo.orgs.access import actor_for
from xiezuo.orgs.actions import remember_last_visit
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import login_by_id, logins_with_roles
from xiezuo.web.base.nav import first_page
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.base.settings_pages import keep

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """Start the session, speak the user's language on this device, and go where they were heading."""
    remember_last_visit(user=user)
    start_session(request, user, backend=BACKEND)
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(to if safe else first_page(actor_for(user)))
    keep(response, settings.LANGUAGE_COOKIE_NAME, user.language)
    return response


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


@page(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, cast(User, form.get_user()))
    facts = {
        "failed": request.method == "POST",
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "try_out": logins_with_roles() if may_try_out(request) else [],
    }
    return render(request, "base/login.html", facts, status=422 if facts["failed"] else 200)


@page(PUBLIC)
@require_POST
def demo_login(request: HttpRequest, username: str) -> HttpResponse:
    """Become one of the invented people of a demo house. Not found anywhere else."""
    known = {login.user.username: login.user for login in logins_with_roles()} if may_try_out(request) else {}
    if username not in known:
        raise Http404
    return _enter(request, known[username])


@page(PUBLIC)
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    end_session(request)
    messages.success(request, _("You are logged out."))
    return redirect("login")


def _invited(uidb64: str, token: str) -> User | None:
    """Whom a link was made for, if it still works: it ends with time, and with the password it set."""
    try:
        user = login_by_id(int(urlsafe_base64_decode(uidb64).decode()))
    except (ValueError, UnicodeDecodeError, OverflowError):
        return None
    return user if user and default_token_generator.check_token(user, token) else None


@page(PUBLIC)
@never_cache
@sensitive_post_parameters()
def set_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    user = _invited(uidb64, token)
    if user is None:
        return render(request, "base/link_used.html", status=410)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(user.language):
            messages.success(request, _("Your password is set. Log in with it."))
        response = redirect("login")
        keep(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response
    return render(
        request, "base/set_password.html", {"form": form, "invited": user}, status=422 if form.errors else 200
    )
