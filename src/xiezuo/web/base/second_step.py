"""The second step of logging in: the app's number, a passkey, or a code on paper."""

import json
import logging
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.orgs.factors import app_says, ask_passkey, factors_of, passkey_says, use_recovery_code
from xiezuo.orgs.models import User
from xiezuo.orgs.tries import seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.web.base import door_rules
from xiezuo.web.base.entering import enter, half_way, wait_in_words
from xiezuo.web.base.pages import PUBLIC, page
from xiezuo.web.base.passkeys import ASKED, host_of, passkeys_work
from xiezuo.web.base.sitting import address_of

log = logging.getLogger(__name__)


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """What the browser's passkey answered; empty for anything else."""
    try:
        found = json.loads(request.POST.get("answer", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_right(request: HttpRequest, user: User) -> bool:
    if "answer" in request.POST:
        state = request.session.pop(ASKED, None)
        return bool(state) and passkey_says(user=user, host=host_of(request), state=state, answer=answer_of(request))
    if "recovery" in request.POST:
        return use_recovery_code(user=user, code=request.POST["recovery"])
    return app_says(user=user, code=request.POST.get("code", ""))


def _factor(request: HttpRequest) -> str:
    return "passkey" if "answer" in request.POST else "recovery_code" if "recovery" in request.POST else "app"


def _begin_again(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("That took too long. For your safety, begin with your password once more."))
    return redirect("login")


@page(PUBLIC)
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    found = half_way(request)
    if found is None:
        return _begin_again(request)
    user, to = found
    wait = seconds_to_wait(AttemptKind.CODE, str(user.pk))
    status = 429 if wait else 200
    if request.method == "POST" and not wait:
        if _is_right(request, user):
            if "recovery" in request.POST:
                left = factors_of(user).codes
                words = _("This recovery code is used up; %(n)d are left. Make new ones when few are left.")
                messages.warning(request, words % {"n": left})
            return enter(request, user, to, factor=_factor(request))
        went_wrong(AttemptKind.CODE, str(user.pk), door_rules.limit(AttemptKind.CODE), user=user)
        log.warning("A second factor was wrong: account %s, from %s.", user.pk, address_of(request))
        status = 422
    facts = {
        "factors": factors_of(user),
        "passkeys_work": passkeys_work(request),
        "failed": status == 422,
        "wait": wait_in_words(wait) if wait else "",
    }
    return render(request, "base/second_step.html", facts, status=status)


@page(PUBLIC)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """What the browser's passkey has to sign."""
    found = half_way(request)
    if found is None or not passkeys_work(request):
        return JsonResponse({}, status=403)
    asked, request.session[ASKED] = ask_passkey(user=found[0], host=host_of(request))
    return JsonResponse(asked)
