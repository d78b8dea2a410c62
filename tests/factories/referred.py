"""Someone who is referred: consents to passing on, cases, referrals and links."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.factories.cast import Cast
from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.actions import Given, assign, note_consent
from xiezuo.people.models import Consent, Person
from xiezuo.people.vocab import AssignedFor, ConsentPurpose, ConsentState, ConsentWay
from xiezuo.service.actions.referral_links import make_referral_link
from xiezuo.service.actions.referring import ReferralFacts, draft_referral, send_referral
from xiezuo.service.models import Case, Referral
from xiezuo.service.vocab import CaseState

HOSPITAL = "朝阳区妇幼保健院"
FACTS = ReferralFacts(
    to_organisation=HOSPITAL, to_contact="周医生", reason="产后情绪低落", info_passed="需要心理门诊，会说四川话"
)


def with_case(cast: Cast, person: Person, on: date, number: str = "A1") -> Case:
    """晓梅 works on it by name."""
    assign(by=cast.chenli, person=person, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=on)
    return Case.objects.create(
        case_no=number,
        person=person,
        site=cast.east,
        worker=cast.xiaomei.user,
        state=CaseState.INTERVENING,
        opened_on=on,
        accepted_on=on,
    )


def agrees(
    by: Actor,
    person: Person,
    state: ConsentState = ConsentState.GIVEN,
    *,
    recipients: str = HOSPITAL,
    limits: str = "",
    until: date | None = None,
    giver: Person | None = None,
    at: datetime | None = None,
) -> Consent:
    given = Given(recipients=recipients, limits=limits, by=giver)
    return note_consent(
        by=by,
        person=person,
        purpose=ConsentPurpose.SHARE_ORG,
        state=state,
        way=ConsentWay.VERBAL,
        at=at or timezone.now(),
        expires_on=until,
        given=given,
    )


def referred(by: Actor, person: Person, case: Case | None = None, facts: ReferralFacts = FACTS) -> Referral:
    return draft_referral(by=by, person=person, facts=facts, on=today(), case=case)


def sent(by: Actor, person: Person, case: Case | None = None, *, name: bool = False) -> Referral:
    """Agreed to and sent."""
    agrees(by, person)
    row = referred(by, person, case)
    return send_referral(by=by, referral=row, name_passed=name, within_limits=True, at=timezone.now())


def token_of(by: Actor, referral: Referral) -> str:
    return make_referral_link(by=by, referral=referral, at=timezone.now())[1]


def days_later(days: int) -> date:
    return today() + timedelta(days=days)
