"""Logging in and security: one's own password, second factors and devices."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezuo.common.errors import RuleBroken
from xiezuo.orgs import factors
from xiezuo.orgs.calendar_address import address_of
from xiezuo.orgs.invitations import change_password
from xiezuo.orgs.queries import house_name
from xiezuo.orgs.sessions import end_other_sessions, end_own_session, number_of, seconds_now, sessions_of
from xiezuo.orgs.tries import counted, seconds_to_wait, went_well, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.web.base import door_rules
from xiezuo.web.base.devices import device_in_words
from xiezuo.web.base.entering import proved_lately, wait_in_words
from xiezuo.web.base.pages import MUST_ADD, STAFF, StaffRequest, page
from xiezuo.web.base.passkeys import ASKED, host_of, passkeys_work
from xiezuo.web.base.qr import qr_code
from xiezuo.web.base.second_step import answer_of

View = Callable[..., HttpResponse]
own_page = page(STAFF, before_factor=True)


def proved(view: View) -> View:
    """What a stolen open session must not change: ask for the password again when it was said some time ago."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
        if proved_lately(request):
            return view(request, *args, **kwargs)
        if "fetch" in request.POST:
            return JsonResponse({"prove": True}, status=403)
        back = request.get_full_path() if request.method == "GET" else reverse("my_security")
        return redirect(f"{reverse('prove')}?{urlencode({'next': back})}")

    return guarded


@own_page
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    here = request.session.session_key
    what = {
        "factors": factors.factors_of(request.user),
        "asked": request.actor.roles & door_rules.duty().roles,
        "must": request.session.get(MUST_ADD, False),
        "passkeys_work": passkeys_work(request),
        "idle_minutes": door_rules.idle_seconds() // 60,
        "devices": [
            {"row": row, "words": device_in_words(row.agent), "here": row.session_key == here, "number": number_of(row)}
            for row in sessions_of(request.user)
        ],
        "calendar": address_of(request.user),
        "fetched": counted(AttemptKind.CALENDAR, str(request.user.pk)),
        "nav": "more",
    }
    return render(request, "base/security.html", what)


@own_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def prove(request: StaffRequest) -> HttpResponse:
    """The password once more, before something important is changed."""
    to = request.POST.get("next") or request.GET.get("next", "")
    username = request.user.username
    wait = seconds_to_wait(AttemptKind.ACCOUNT, username)
    failed = False
    if request.method == "POST" and not wait:
        if request.user.check_password(request.POST.get("password", "")):
            went_well(AttemptKind.ACCOUNT, username)
            request.session["proved"] = seconds_now()
            request.session.cycle_key()
            return redirect(to if url_has_allowed_host_and_scheme(to, {request.get_host()}) else "my_security")
        failed = True
        went_wrong(AttemptKind.ACCOUNT, username, door_rules.limit(AttemptKind.ACCOUNT), user=request.user)
    what = {"next": to, "failed": failed, "wait": wait_in_words(wait) if wait else "", "nav": "more"}
    return render(request, "base/prove.html", what, status=429 if wait else 422 if failed else 200)


@own_page
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: StaffRequest) -> HttpResponse:
    """Another password; every other device is logged out."""
    wait = seconds_to_wait(AttemptKind.ACCOUNT, request.user.username)
    form = PasswordChangeForm(request.user, request.POST if request.method == "POST" and not wait else None)
    if request.method == "POST" and not wait:
        if form.is_valid():
            chosen = form.cleaned_data["new_password1"]
            change_password(by=request.actor, password=chosen, keep_session=request.session.session_key)
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed. On other devices you are logged out."))
            return redirect("my_security")
        if "old_password" in form.errors:
            rule = door_rules.limit(AttemptKind.ACCOUNT)
            went_wrong(AttemptKind.ACCOUNT, request.user.username, rule, user=request.user)
    what = {"form": form, "wait": wait_in_words(wait) if wait else "", "nav": "more"}
    return render(request, "base/password.html", what, status=429 if wait else 422 if form.errors else 200)


@own_page
@proved
@require_http_methods(["GET", "POST"])
def app(request: StaffRequest) -> HttpResponse:
    """Tie an authenticator app: its secret as a picture and in letters, and the first number back."""
    refused = ""
    if request.method == "GET":
        return render(request, "base/app_begin.html", {"nav": "more"})
    held = factors.begin_authenticator(by=request.actor)
    if "code" in request.POST:
        try:
            factors.confirm_authenticator(by=request.actor, code=request.POST["code"])
        except RuleBroken as refusal:
            refused = str(refusal)
        else:
            return _added(request)
    secret = str(held.secret)
    what = {
        "picture": qr_code(factors.address_for_app(held, house_name() or "Xiezuo")),
        "letters": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "refused": refused,
        "nav": "more",
    }
    return render(request, "base/app.html", what, status=422 if refused else 200)


def _codes_page(request: StaffRequest) -> HttpResponse:
    codes = factors.new_recovery_codes(by=request.actor, how_many=door_rules.recovery_codes())
    return render(request, "base/recovery.html", {"codes": codes, "nav": "more"})


def _added(request: StaffRequest) -> HttpResponse:
    """The first second factor brings codes on paper with it."""
    request.session.pop(MUST_ADD, None)
    if factors.factors_of(request.user).codes == 0:
        return _codes_page(request)
    messages.success(request, _("The second factor is added. You will be asked for it at the next login."))
    return redirect("my_security")


@own_page
@proved
@require_POST
def remove_app(request: StaffRequest) -> HttpResponse:
    factors.remove_authenticator(by=request.actor)
    messages.success(request, _("The app is removed; its numbers open nothing any more."))
    return redirect("my_security")


@own_page
@proved
@require_POST
def recovery(request: StaffRequest) -> HttpResponse:
    """New codes on paper, shown once."""
    if not factors.factors_of(request.user):
        raise RuleBroken("orgs.no_factor", _("Recovery codes stand in for a second factor. Add one first."))
    return _codes_page(request)


@own_page
@proved
@require_POST
def ask_passkey(request: StaffRequest) -> HttpResponse:
    """What the browser makes a passkey with."""
    if not passkeys_work(request):
        return JsonResponse({}, status=403)
    asked, request.session[ASKED] = factors.begin_passkey(
        by=request.actor, host=host_of(request), house=house_name() or "Xiezuo"
    )
    return JsonResponse(asked)


@own_page
@proved
@require_POST
def add_passkey(request: StaffRequest) -> HttpResponse:
    state = request.session.pop(ASKED, None) or {}
    name = request.POST.get("name", "") or device_in_words(request.headers.get("User-Agent", ""))
    factors.add_passkey(by=request.actor, host=host_of(request), state=state, answer=answer_of(request), name=name)
    return _added(request)


@own_page
@proved
@require_POST
def remove_passkey(request: StaffRequest, pk: int) -> HttpResponse:
    if factors.remove_passkey(by=request.actor, pk=pk):
        messages.success(request, _("The passkey is removed; it opens nothing any more."))
    return redirect("my_security")


@own_page
@proved
@require_POST
def end_device(request: StaffRequest, number: str) -> HttpResponse:
    if end_own_session(by=request.actor, number=number):
        messages.success(request, _("You are logged out on that device."))
    return redirect("my_security")


@own_page
@proved
@require_POST
def end_other_devices(request: StaffRequest) -> HttpResponse:
    ended = end_other_sessions(by=request.actor, but=request.session.session_key)
    words = ngettext("You are logged out on %(n)d other device.", "You are logged out on %(n)d other devices.", ended)
    messages.success(request, words % {"n": ended})
    return redirect("my_security")
