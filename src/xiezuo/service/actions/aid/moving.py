"""Moving an aid from state to state; called by what people do."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Funding
from xiezuo.service.access.aids import aid_for
from xiezuo.service.aid.course import Act, after
from xiezuo.service.models import Aid, AidStep, FilledForm
from xiezuo.service.vocab import AidState

KEEPS = "a step of an aid is written down with its words"
STEPS = "service.AidStep"


def held(by: Actor, pk: int) -> Aid:
    """The aid as nobody else changes it meanwhile, if the actor may see it."""
    aid_for(by, pk)
    return Aid.objects.select_for_update(of=("self",)).select_related("applicant", "household", "asked_by").get(pk=pk)


def held_funding(pk: int) -> Funding:
    """The gift as nobody else takes from it meanwhile: two who write at once do not both take the last of it (AID-2)."""
    return Funding.objects.select_for_update(of=("self",)).select_related("funder", "project").get(pk=pk)


def must_go(act: Act, aid: Aid) -> AidState:
    """The state to which the act leads. Raises RuleBroken where the aid does not stand there."""
    state = after(act, aid.state)
    if state is None:
        words = _(
            "%(aid)s stands at “%(state)s”, and this belongs to another step. Nothing typed is lost; see %(aid)s."
        )
        told = words % {"aid": aid, "state": aid.get_state_display()}
        raise RuleBroken("service.aid_state", told, state=aid.state, act=act)
    return state


def move(by: Actor, aid: Aid, act: Act, on: date, *, form: FilledForm | None = None, why: str = "", **more: Any) -> Aid:
    """Bring the aid, which is held, where the act leads, and write the step down; `more`: what else changes with it."""
    aid.state = must_go(act, aid)
    for name, value in more.items():
        setattr(aid, name, value)
    aid.save()
    step(by, aid, on, form=form, why=why)
    return aid


def step(by: Actor, aid: Aid, on: date, *, form: FilledForm | None = None, why: str = "") -> None:
    with opened(STEPS, why=KEEPS):
        AidStep.objects.create(aid=aid, state=aid.state, on=on, by=by.user, form=form, why=why.strip())
    happened("service.aid.moved", aid, by_id=by.id, state=aid.state)
