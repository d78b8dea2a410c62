"""A page says whom it is for. `@page(STAFF)` is the only way a view gets onto the URL table."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.orgs.tries import seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.web.base import door_rules
from xiezuo.web.base.keeping import ask_to_log_in

MUST_ADD = "must_add_factor"  # in the session of someone who must add a second factor before anything else


class Audience(StrEnum):
    """`machine`: health checks and the like, without a person in front of it."""

    STAFF = "staff"
    PUBLIC = "public"
    MACHINE = "machine"


class StaffRequest(HttpRequest):
    """A request whose login and rights are known."""

    user: User
    actor: Actor


def must_not_send_too_many(request: StaffRequest) -> None:
    """Count the files of a login. Raises RuleBroken once there are too many for one hour."""
    who = str(request.user.pk)
    if not seconds_to_wait(AttemptKind.UPLOAD, who):
        files = sum(len(files) for _name, files in request.FILES.lists())
        went_wrong(AttemptKind.UPLOAD, who, door_rules.limit(AttemptKind.UPLOAD), user=request.user, tries=files)
        return
    words = _("You have sent very many files within an hour. Wait a while and send the rest then.")
    raise RuleBroken("web.too_many_files", words)


P = ParamSpec("P")
Page = Callable[P, HttpResponseBase]


def _is_let_in(request: StaffRequest, before_factor: bool) -> HttpResponseBase | None:
    """Set the actor of a staff page; an answer instead of the page where one step is missing. Raises a refusal."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    request.actor = actor_for(request.user)
    if not request.actor.roles:
        raise NotAllowed(_("Your account has no role here at present. Ask the system administrator."))
    if not before_factor and request.session.get(MUST_ADD):
        return redirect("my_security")
    if request.method == "POST" and request.FILES:
        must_not_send_too_many(request)
    return None


def page(
    audience: Audience, *, before_factor: bool = False
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare the audience of a view. Staff pages ask for a login and for at least one role in the house.

    `before_factor`: also open to someone who must add a second factor before anything else.
    """

    def declare(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if audience is Audience.STAFF:
                instead = _is_let_in(cast(StaffRequest, request), before_factor)
                if instead is not None:
                    return instead
            return view(request, *args, **kwargs)

        guarded.audience = audience  # type: ignore[attr-defined]
        return guarded

    return declare


STAFF, PUBLIC, MACHINE = Audience.STAFF, Audience.PUBLIC, Audience.MACHINE
