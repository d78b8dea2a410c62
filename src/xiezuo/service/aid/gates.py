"""Who may approve an aid (AID-1): two different people, neither of them an assessor nor the one who asked; above a limit the
director is one of them. It reads and never writes."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.packs import pack
from xiezuo.forms.rules import SecondSignature, rule, second_signature
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import works_alone
from xiezuo.service.cases.gates import refuses
from xiezuo.service.models import Aid

RULE = "AID-1"
PACK = "aid-default"


def settings() -> dict[str, Any]:
    return pack(PACK)


def signs_alone() -> bool:
    """In a house of one or two one person is enough, who looks at it again on a day that is set."""
    return second_signature(rule(RULE), solo=works_alone()) == SecondSignature.REVIEW_TASK


def how_many() -> int:
    """So many different people approve an aid."""
    return 1 if signs_alone() else int(settings()["approval"]["people"])


def limit() -> Decimal:
    """Above so many yuan the director is one of those who approve."""
    return Decimal(settings()["approval"]["director_above_yuan"])


def needs_director(amount: Decimal | None) -> bool:
    return amount is not None and amount > limit() and not signs_alone()


def _decides(actor: Actor) -> bool:
    return actor.supervises or actor.directs or actor.does_casework


def why_not(aid: Aid, approver: Actor) -> str:
    """Why somebody does not approve this aid; "" where they may."""
    if not _decides(approver):
        return _("%(who)s does not decide about aid in this house.") % {"who": approver.user.name}
    if signs_alone() or not refuses(RULE):
        return ""
    if aid.assessors.filter(pk=approver.id).exists():
        words = _("%(who)s assessed this aid, so two others approve it.")
        return words % {"who": approver.user.name}
    if aid.asked_by_id == approver.id:
        return _("%(who)s wrote the application, so two others approve it.") % {"who": approver.user.name}
    if aid.applicant is not None and aid.applicant.user_id == approver.id:
        return _("%(who)s asked for this aid, so two others approve it.") % {"who": approver.user.name}
    return ""


def must_be_able_to_approve(aid: Aid, approver: Actor, *, field: str = "") -> None:
    why = why_not(aid, approver)
    if why:
        words = _("%(why)s Nothing was changed: ask a colleague who did neither.")
        raise RuleBroken("service.aid_approver", words % {"why": why}, field=field, rule=RULE)


def must_be_enough(aid: Aid, approvers: Collection[User], amount: Decimal | None, on: date, *, field: str = "") -> None:
    """Raises RuleBroken where those who are asked are too few, the same, or without whoever has to be among them (AID-1)."""
    asked = {user.pk: actor_for(user, on=on) for user in approvers}
    for actor in asked.values():
        must_be_able_to_approve(aid, actor, field=field)
    if not refuses(RULE):
        return
    if len(asked) < how_many():
        words = ngettext(
            "%(n)s person approves an aid. Name them.",
            "%(n)s different people approve an aid, and neither assessed it. Name another one.",
            how_many(),
        )
        raise RuleBroken("service.aid_approvers", words % {"n": how_many()}, field=field, rule=RULE)
    if needs_director(amount) and not any(actor.directs for actor in asked.values()):
        words = _("Above %(limit)s yuan the director is one of those who approve. Name the director.")
        raise RuleBroken("service.aid_director", words % {"limit": f"{limit():,.0f}"}, field=field, rule=RULE)
    if not any(actor.supervises_at(aid.site_id) or actor.directs for actor in asked.values()):
        words = _("One of those who approve supervises the site, or directs the house. Name one of them.")
        raise RuleBroken("service.aid_supervisor", words, field=field, rule=RULE)
