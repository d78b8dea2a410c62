"""A program shows its key; whoever made the key is who asks. Answers and refusals are JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.program_keys import whose_key
from xiezuo.orgs.tries import seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.web.base import door_rules
from xiezuo.web.base.entering import address_of
from xiezuo.web.base.pages import MACHINE, page

BEARER = "Bearer "
Asked = Callable[[HttpRequest, Actor], dict[str, Any]]


def refusal(code: str, words: str, status: int, field: str = "") -> JsonResponse:
    told = {"code": code, "words": words} | ({"field": field} if field else {})
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def asked_by_program(view: Asked) -> Callable[..., HttpResponseBase]:
    """A page for programs: no cookie counts, only the key (`Authorization: Bearer xz_…`). How often is counted."""

    @csrf_exempt
    @page(MACHINE)
    @wraps(view)
    def guarded(request: HttpRequest) -> JsonResponse:
        if request.method not in {"GET", "POST"}:
            return refusal("web.not_allowed", _("Ask with GET or POST."), 405)
        written = request.headers.get("Authorization", "")
        key = written.removeprefix(BEARER).strip() if written.startswith(BEARER) else ""
        user = whose_key(key, today()) if key else None
        kind, who = (AttemptKind.PROGRAM, str(user.pk)) if user else (AttemptKind.LINK, address_of(request))
        if wait := seconds_to_wait(kind, who):
            answer = refusal("web.too_many_requests", _("Too many requests. Wait and ask again."), 429)
            answer.headers["Retry-After"] = str(wait)
            return answer
        went_wrong(kind, who, door_rules.limit(kind), quiet=True)
        actor = actor_for(user) if user else None
        if user is None or actor is None or not actor.roles:
            words = _("This key opens nothing: it was taken back, is over, or was mistyped. Make a new one.")
            return refusal("web.no_such_key", words, 401)
        with override(user.language):
            return _answered(view, request, actor)

    return guarded


def _answered(view: Asked, request: HttpRequest, actor: Actor) -> JsonResponse:
    try:
        told = view(request, actor)
    except NotAllowed as closed:
        return refusal("web.not_allowed", str(closed), 403)
    except RuleBroken as broken:
        return refusal(broken.code, str(broken), 422, broken.field)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False}, headers={"Cache-Control": "no-store"})
