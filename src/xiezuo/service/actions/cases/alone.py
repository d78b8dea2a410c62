"""Signing alone, in a house of one or two: it is looked at again on a day that is set."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import TaskFacts, write_task
from xiezuo.people.vocab import Section
from xiezuo.service.access.filled import is_own_work
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.models import FilledForm

PACK = "cases-default"


def looked_at_again(by: Actor, filled: FilledForm, on: date) -> None:
    """Where whoever decided wrote it, or has the case, a task says when it is looked at again."""
    if not is_own_work(by, filled) or filled.person is None:
        return
    words = _("Look again at what was signed alone: %(form)s, %(case)s")
    facts = TaskFacts(
        title=words % {"form": form_of_submission(filled).label, "case": filled.case},
        kind="review",
        due_on=on + timedelta(days=pack(PACK)["solo"]["review_after_days"]),
        whose=by.user,
        person=filled.person,
        section=Section.CASE,
    )
    write_task(by=by, facts=facts)
