"""Letting a case rest and going on with it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.service.access import case_for, must_work_on
from xiezuo.service.actions.cases.moving import move
from xiezuo.service.cases.course import Act
from xiezuo.service.models import Case


@transaction.atomic
def suspend_case(*, by: Actor, case: Case, why: str, on: date) -> Case:
    """It rests, with the reason, and goes on where it was. Raises NotAllowed and RuleBroken."""
    case = case_for(by, case.pk)
    must_work_on(by, case)
    if not tidy(why):
        words = _("Write why it rests, and until when you think it will.")
        raise RuleBroken("service.suspended_says_why", words, field="why")
    return move(by, case, Act.SUSPEND, on, why=why)


@transaction.atomic
def resume_case(*, by: Actor, case: Case, why: str = "", on: date) -> Case:
    """Go on where the case was before it rested."""
    case = case_for(by, case.pk)
    must_work_on(by, case)
    return move(by, case, Act.RESUME, on, why=why)
