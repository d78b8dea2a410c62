"""Opening a locked form of a case for one correction."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.access import filled_for, may_unlock_form
from xiezuo.service.models import FilledForm, FormUnlock

DECIDED = "a supervisor opens a locked form and says why"


@transaction.atomic
def unlock_form(*, by: Actor, filled: FilledForm, why: str) -> FilledForm:
    """A supervisor opens a locked form for one correction of their own, with the reason."""
    filled = filled_for(by, filled.pk)
    if not may_unlock_form(by, filled):
        raise NotAllowed(_("Only a supervisor of the site opens a locked form, once for each correction."))
    if not tidy(why):
        raise RuleBroken("service.unlock_why", _("Write why this has to be corrected."), field="why")
    with opened("service.FormUnlock", why=DECIDED):
        FormUnlock.objects.create(filled=filled, by=by.user, why=why.strip())
    happened("service.form.unlocked", filled, by_id=by.id)
    return filled


def lock_again(by: Actor, filled: FilledForm) -> None:
    """After the correction the form is open for no other one."""
    if filled.case_id is not None:
        with opened("service.FormUnlock", why=DECIDED):
            FormUnlock.objects.filter(filled=filled, by=by.user, used_at=None).update(used_at=now())
