"""What people agreed to, and who read about them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.models import Consent, Person, ReadLog
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay


@transaction.atomic
def note_consent(
    *,
    by: Actor,
    person: Person,
    purpose: ConsentPurpose,
    state: ConsentState,
    way: ConsentWay | None,
    at: datetime,
    expires_on: date | None = None,
) -> Consent:
    """Write down what someone answered for one purpose. The latest answer counts."""
    must_work_with(by, person)
    if state == ConsentState.NOT_ASKED:
        raise RuleBroken("people.consent_needs_an_answer", _("Choose what the person answered."), field="state")
    consent = Consent.objects.create(
        person=person, purpose=purpose, state=state, way=way or "", at=at, expires_on=expires_on, recorded_by=by.user
    )
    happened("people.consent.noted", person, by_id=by.id, purpose=purpose, state=state)
    return consent


def note_reads(*, by: Actor, people: Iterable[Person], what: str) -> None:
    """The same for a page that shows several people: one line in each one's log."""
    ReadLog.objects.bulk_create([ReadLog(person=person, user=by.user, what=what) for person in people])


def note_read(*, by: Actor, person: Person, what: str) -> None:
    """Write down that the actor opened `what` of this person (CHD-3); the page leaves only after this."""
    ReadLog.objects.create(person=person, user=by.user, what=what)
