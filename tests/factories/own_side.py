"""Someone who looks at what is recorded about them: a mother, a boy of fifteen, a girl of nine with her guardian."""

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from django.test import Client
from django.utils import timezone

from tests.factories.cast import Cast
from xiezuo.common.days import at
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import Given, make_link, note_consent, note_guardianship, open_link, publish_notice
from xiezuo.people.actions.consent import parts_of_notice
from xiezuo.people.members import Member, member_of
from xiezuo.people.models import Consent, Person
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, GuardianBasis


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def notice(cast: Cast, purpose: ConsentPurpose, text: str = "给你拍照。") -> None:
    publish_notice(by=cast.chenli, purpose=purpose, says=dict.fromkeys(parts_of_notice(purpose), text), plain="拍照。")


def agrees(worker: Actor, person: Person, purpose: ConsentPurpose, on: date, **given: object) -> Consent:
    return note_consent(
        by=worker,
        person=person,
        purpose=purpose,
        state=ConsentState.GIVEN,
        way=ConsentWay.VERBAL,
        at=moment(on, 0),
        given=Given(**given),  # type: ignore[arg-type]
    )


def guarded(cast: Cast, ward: Person, guardian: Person) -> None:
    note_guardianship(by=cast.xiaomei, ward=ward, guardian=guardian, basis=GuardianBasis.STATUTORY)


def token_for(cast: Cast, subject: Person, looker: Person, now: datetime, **more: bool) -> str:
    made = make_link(by=cast.xiaomei, subject=subject, looker=looker, verified_by="认识本人", at=now, **more)
    return made[1]


def member(cast: Cast, subject: Person, looker: Person, now: datetime, **more: bool) -> Member:
    """Someone who looks, their link just opened."""
    link = open_link(token=token_for(cast, subject, looker, now, **more), at=now)
    assert link is not None
    found = member_of(link.pk, now)
    assert found is not None
    return found


def looks(cast: Cast, subject: Person, looker: Person | None = None) -> Client:
    """The browser of someone who has just opened their link, speaking English."""
    client = Client()
    client.cookies["django_language"] = "en"
    token = token_for(cast, subject, looker or subject, timezone.now())
    assert client.post(f"/member/link/{token}/").status_code == 302
    return client


def later(minutes: int) -> AbstractContextManager[None]:
    """Tell of a moment so many minutes from now."""
    return at(timezone.now() + timedelta(minutes=minutes))
