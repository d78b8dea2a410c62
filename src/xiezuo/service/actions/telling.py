"""What people who signed up have still to hear. Whoever we know gets a message through the outbox; of everyone else the page of
the activity says that a colleague tells them."""

from datetime import date, datetime

from django.db import transaction

from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor
from xiezuo.people.outbox.putting import put_in_outbox
from xiezuo.service.access import must_work_at
from xiezuo.service.models import SignUp
from xiezuo.service.vocab import ToTell

TEMPLATES = {ToTell.MOVED_UP: "waiting_moved_up", ToTell.CALLED_OFF: "activity_cancelled"}


def must_hear(by: Actor | None, sign_up: SignUp, what: ToTell, on: date, at: datetime) -> None:
    """They have to be told; part of the transaction that made it so."""
    sign_up.to_tell, sign_up.told_at = what, None
    if sign_up.person is not None:
        _write_to(sign_up, what, on)
        sign_up.told_at = at
    sign_up.save(update_fields=["to_tell", "told_at"])
    happened("service.sign_up.to_tell", sign_up, by_id=by.id if by else None, what=what)


def _write_to(sign_up: SignUp, what: ToTell, on: date) -> None:
    """Nobody needs to read their file to let them know: the message is the house's, whoever gave a place back."""
    activity, person = sign_up.activity, sign_up.person
    assert person is not None
    day = activity.days.filter(on__gte=on).first() or activity.days.first()
    place = (day.place_text if day else "") or str(activity.site or "")
    values = {"what": activity.name, "on": day.on if day else on, "place": place}
    put_in_outbox(by=None, to_person=person, template=TEMPLATES[what], values=values, on=on, about=sign_up)


@transaction.atomic
def note_told(*, by: Actor, sign_up: SignUp, at: datetime) -> SignUp:
    """A colleague told them."""
    must_work_at(by, sign_up.activity.site_id)
    if sign_up.to_tell and sign_up.told_at is None:
        sign_up.told_at = at
        sign_up.save(update_fields=["told_at"])
        happened("service.sign_up.told", sign_up, by_id=by.id)
    return sign_up
