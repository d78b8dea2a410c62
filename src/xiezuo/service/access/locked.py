"""Forms of a case that are corrected no more, and who opens one once again."""

from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.service.models import Case, FilledForm, FormUnlock, ServiceRecord
from xiezuo.service.vocab import LOCKED_STATES

DECIDES = "access decides whether a locked form is open for a correction"


def unlocked_for(actor: Actor, form: int) -> bool:
    """Whether the actor opened the form with this id for one correction, and has not made it yet."""
    with opened("service.FormUnlock", why=DECIDES):
        return FormUnlock.objects.filter(filled=form, by=actor.user, used_at=None).exists()


def may_unlock(actor: Actor, form: FilledForm) -> bool:
    return not actor.watched and actor.supervises_at(form.site_id)


def must_be_unlocked(actor: Actor, case: Case | None) -> None:
    """Says what to do about a form that is locked."""
    if case is not None and case.is_locked:
        raise NotAllowed(
            _("This case is closed and its papers are locked. A supervisor opens one for a correction and writes why.")
        )
    raise NotAllowed(
        _("A supervisor has agreed to this form, so it is locked. Write a new one, or ask the supervisor to open it.")
    )


def record_is_locked(actor: Actor, record: ServiceRecord) -> bool:
    """Whether the record is a form of a closed case that the actor has not opened for a correction."""
    found = FilledForm.objects.filter(record=record, case__state__in=LOCKED_STATES).values_list("pk", flat=True)
    form = found.first()
    return form is not None and not unlocked_for(actor, form)
