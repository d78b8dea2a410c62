"""A filled form in words: what it is, where it stands, who is next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.days import local, today
from xiezuo.forms.definitions import FormDefinition, Words
from xiezuo.forms.vocab import SubmissionState
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.models import FilledForm
from xiezuo.service.vocab import RecordState

KINDS = {
    SubmissionState.COMPLETE: "ok",
    SubmissionState.WAITING: "wait",
    SubmissionState.APPROVED: "ok",
    SubmissionState.RETURNED: "late",
    SubmissionState.REJECTED: "",
}


@dataclass
class FormRow:
    """One filled form in a list."""

    form: FilledForm
    label: Words
    kind: str
    state: str
    author: str


def form_rows(forms: Iterable[FilledForm]) -> list[FormRow]:
    """A form that hides who recorded it (a report of a risk) does so in every list."""
    return [_row(form, form_of_submission(form)) for form in forms]


def _row(form: FilledForm, definition: FormDefinition) -> FormRow:
    author = "" if "recorded_by" in definition.hides else form.submission.author.name
    return FormRow(form, definition.label, *state_of(form), author)


def state_of(form: FilledForm) -> tuple[str, str]:
    """(kind, sentence): where the form stands and who must do what next."""
    state = SubmissionState(form.submission.state)
    if form.record is not None and form.record.state == RecordState.CANCELLED:
        return "late", _("Its service record is cancelled; it counts nowhere.")
    if state == SubmissionState.WAITING:
        return KINDS[state], _waiting(form)
    words = {
        SubmissionState.COMPLETE: _("Complete."),
        SubmissionState.APPROVED: _("Agreed to by a supervisor."),
        SubmissionState.RETURNED: _("Returned: %(who)s corrects it and it is looked at again."),
        SubmissionState.REJECTED: _("Not agreed to; the reason stands in it."),
    }[state]
    return KINDS[state], words % {"who": form.submission.author.name} if "%(" in words else words


def _waiting(form: FilledForm) -> str:
    days = (today() - local(form.submission.changed_at).date()).days
    if days < 1:
        return _("Waits for a supervisor's signature, since today.")
    words = ngettext(
        "Waits for a supervisor's signature, for %(n)s day.",
        "Waits for a supervisor's signature, for %(n)s days.",
        days,
    )
    return words % {"n": days}
