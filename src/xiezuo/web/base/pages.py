"""A page says whom it is for. `@page(STAFF)` is the only way a view gets onto the URL table."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.access import sender_of
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.orgs.tries import seconds_to_wait, went_wrong
from xiezuo.orgs.vocab import AttemptKind
from xiezuo.people.access import looking_as
from xiezuo.people.members import Member
from xiezuo.service.models import ReferralLink
from xiezuo.web.base import door_rules, partners
from xiezuo.web.base.keeping import ask_to_log_in
from xiezuo.web.base.members import closed, looking
from xiezuo.web.base.sending import once

MUST_ADD = "must_add_factor"  # in the session of someone who must add a second factor before anything else


class Audience(StrEnum):
    """`member`: someone who looks at what is recorded about them, through a link that a worker made. `partner`: the receiver of
    a referral, through the link to it. `machine`: health checks and the like, without a person in front of it."""

    STAFF = "staff"
    MEMBER = "member"
    PARTNER = "partner"
    PUBLIC = "public"
    MACHINE = "machine"


class StaffRequest(HttpRequest):
    """A request whose login and rights are known."""

    user: User
    actor: Actor


class MemberRequest(HttpRequest):
    """A request of someone who looks at what is recorded about `member.subject`. No login counts here."""

    member: Member


class PartnerRequest(HttpRequest):
    """A request of the receiver of a referral, who opened `link`. No login counts here."""

    link: ReferralLink


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


LOOKING_AS = "looking_as"  # in the session: the role as which someone looks at the house
# Pages on which whoever looks as another role is themselves: the way back, and the duty to say that someone is at risk.
AS_THEMSELVES = {"stop_looking", "flag_risk"}


def _as_they_look(request: HttpRequest, actor: Actor) -> Actor:
    """The actor, or the role as which they are looking; then nothing may be sent but the way back."""
    role = request.session.get(LOOKING_AS, "")
    if not role:
        return actor
    place = request.resolver_match
    if place is not None and place.url_name in AS_THEMSELVES:
        return actor
    looks = looking_as(actor, role)
    if looks.watched and request.method not in {"GET", "HEAD"}:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    return looks


def _is_let_in(request: StaffRequest, before_factor: bool) -> HttpResponseBase | None:
    """Set the actor of a staff page; an answer instead of the page where one step is missing. Raises a refusal."""
    if not request.user.is_authenticated:
        return ask_to_log_in(request)
    request.actor = _as_they_look(request, actor_for(request.user))
    if not request.actor.roles:
        raise NotAllowed(_("Your account has no role here at present. Ask the system administrator."))
    if not before_factor and request.session.get(MUST_ADD):
        return redirect("my_security")
    if request.method == "POST" and request.FILES:
        must_not_send_too_many(request)
    return None


def _for_partner(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    link, why = partners.looking(request)
    if link is None:
        return partners.closed(request, why)
    cast(PartnerRequest, request).link = link
    response = once(request, sender_of("partner", link.pk), view)
    response.headers["Cache-Control"] = "no-store"
    return response


def page(
    audience: Audience, *, before_factor: bool = False
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare the audience of a view. Staff pages ask for a login and for at least one role in the house; a member's
    and a partner's pages for an opened link, and nothing of them stays on the device. A form that comes twice is carried out once.

    `before_factor`: also open to someone who must add a second factor before anything else.
    """

    def declare(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if audience is Audience.STAFF:
                instead = _is_let_in(cast(StaffRequest, request), before_factor)
                if instead is not None:
                    return instead
                actor = cast(StaffRequest, request).actor
                return once(request, sender_of("staff", actor.id), lambda: view(request, *args, **kwargs), actor)
            if audience is Audience.MEMBER:
                member = looking(request)
                if member is None:
                    return closed(request)
                cast(MemberRequest, request).member = member
                response = once(request, sender_of("member", member.link.pk), lambda: view(request, *args, **kwargs))
                response.headers["Cache-Control"] = "no-store"
                return response
            if audience is Audience.PARTNER:
                return _for_partner(request, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        guarded.audience = audience  # type: ignore[attr-defined]
        return guarded

    return declare


STAFF, MEMBER, PARTNER = Audience.STAFF, Audience.MEMBER, Audience.PARTNER
PUBLIC, MACHINE = Audience.PUBLIC, Audience.MACHINE
