"""Questions at the desk: each form F08 is an enquiry that waits until someone answered it, sent it on, or took the person in."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework, must_work_with
from xiezuo.people.models import Person
from xiezuo.service.access.enquiries import enquiry_for
from xiezuo.service.actions.form_facts import Filling
from xiezuo.service.actions.sequels import Sequel, tell_sequel
from xiezuo.service.models import Enquiry, FilledForm
from xiezuo.service.vocab import EnquiryState

INTAKE = "intake"
LONGEST = 60
# What F08 says came of it, by the codes of enquiry_result.
BECAME = {state.value for state in (EnquiryState.ANSWERED, EnquiryState.REFERRED, EnquiryState.CASE_OPENED)}


def _told(filling: Filling) -> dict[str, object]:
    """The columns of an enquiry, as its form says."""
    answers = filling.answers
    became = str(answers.get("became") or "")
    return {
        "visitor": tidy(str(answers.get("visitor") or ""))[:LONGEST],
        "site": filling.site,
        "channel": str(answers.get("channel") or ""),
        "became": became,
        "state": became if became in BECAME else EnquiryState.RECEIVED,
    }


def _received(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    Enquiry.objects.create(
        filled=filled, person=filling.person, received_on=filled.submission.service_date or on, **_told(filling)
    )


def _corrected(by: Actor, filled: FilledForm, filling: Filling, on: date) -> None:
    """What the form says now; an enquiry that is closed, or became an intake, stays so."""
    told = _told(filling)
    row = Enquiry.objects.select_for_update().filter(filled=filled).first()
    if row is None:
        return
    if row.closed_on is not None or row.intake_id is not None:
        del told["state"]
    Enquiry.objects.filter(pk=row.pk).update(**told)


def _followed(by: Actor, filled: FilledForm, later: FilledForm, on: date) -> None:
    """An intake goes on from it: who asked is a person now, and what came of it is known."""
    if later.submission.form != INTAKE:
        return
    row = Enquiry.objects.select_for_update().filter(filled=filled).first()
    if row is None or row.intake_id is not None:
        return
    row.person, row.intake, row.became = later.person, later, EnquiryState.CASE_OPENED
    if row.closed_on is None:
        row.state = EnquiryState.CASE_OPENED
    row.save()
    happened("service.enquiry.became_intake", row, by_id=by.id, form=later.pk)


@transaction.atomic
def link_enquiry(*, by: Actor, enquiry: Enquiry, person: Person) -> Enquiry:
    """Who asked turns out to be this person; what they called themselves stays."""
    enquiry_for(by, enquiry.pk)
    must_work_with(by, person)
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if held.person_id not in {None, person.pk}:
        raise RuleBroken("service.enquiry_has_a_person", _("It is written down already who asked."))
    if held.person_id is None:
        held.person = person
        held.save(update_fields=["person"])
        happened("service.enquiry.linked", held, by_id=by.id, person=person.pk)
    return held


@transaction.atomic
def close_enquiry(*, by: Actor, enquiry: Enquiry, on: date) -> Enquiry:
    """Nothing more to do. Raises RuleBroken while the form does not say what came of it."""
    must_do_casework(by)
    if by.watched:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    enquiry_for(by, enquiry.pk)
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if held.state == EnquiryState.RECEIVED:
        words = _("Write first what came of it: answered, sent on, or an intake.")
        raise RuleBroken("service.enquiry_has_no_answer", words)
    if held.closed_on is None:
        held.state, held.closed_on = EnquiryState.CLOSED, on
        held.save(update_fields=["state", "closed_on"])
        happened("service.enquiry.closed", held, by_id=by.id)
    return held


def tell() -> None:
    tell_sequel("enquiry", Sequel(submitted=_received, corrected=_corrected, followed=_followed))
