"""What the receiver of a referral reads through the link they were given: what the person agreed to, or a supervisor decided,
and nothing else of the house."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from xiezuo.common.crypto import blind
from xiezuo.common.days import local
from xiezuo.common.walls import opened
from xiezuo.orgs.queries import house_full_name
from xiezuo.people.consents import standing
from xiezuo.service.models import Referral, ReferralLink
from xiezuo.service.sharing import PURPOSE
from xiezuo.service.vocab import ReferralState, Served

BY_LINK = "the receiver was given a link to it"
# After the text of a notice has changed what was sent on the old one stays sent.
STILL_HOLDS = frozenset({"new_text"})
CAN_LOOK = (
    ReferralState.SENT,
    ReferralState.ACCEPTED,
    ReferralState.REJECTED,
    ReferralState.SERVED,
    ReferralState.NOT_SERVED,
)


class Shut(StrEnum):
    """Why a link shows nothing. `unknown`: there is none, and nothing more is said."""

    UNKNOWN = "unknown"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Shared:
    """All that a receiver reads. `name` is empty where it was not agreed to pass it on."""

    link: int
    house: str
    number: str
    name: str
    to_organisation: str
    to_contact: str
    reason: str
    info_passed: str
    from_whom: str
    sent_on: date
    until: datetime
    state: ReferralState
    answered_on: date | None
    answer_words: str
    answer_from: str
    served: str
    outcome_words: str
    feedback_on: date | None

    @property
    def waits_for_answer(self) -> bool:
        return self.state == ReferralState.SENT

    @property
    def waits_for_outcome(self) -> bool:
        return self.state == ReferralState.ACCEPTED

    @property
    def asked_again(self) -> bool:
        return self.waits_for_outcome and self.served == Served.UNKNOWN


def link_digest(token: str) -> str:
    return blind(token, "referral_link")


def link_by(token: str) -> ReferralLink | None:
    return ReferralLink.objects.filter(token_hash=link_digest(token)).first()


def link_under(pk: object) -> ReferralLink | None:
    """The link of a cookie that this house wrote."""
    return ReferralLink.objects.filter(pk=pk).first() if isinstance(pk, int) else None


def shut(link: ReferralLink | None, at: datetime) -> Shut | None:
    """Why the link shows nothing at this moment; None where it does."""
    if link is None:
        return Shut.UNKNOWN
    with opened("service.Referral", "people.Consent", why=BY_LINK):
        referral = Referral.objects.select_related("person").get(pk=link.referral_id)
    if referral.state == ReferralState.CLOSED:
        return Shut.CLOSED
    if link.ended_at is not None or referral.state not in CAN_LOOK:
        return Shut.TAKEN_BACK
    if link.expires_at <= at:
        return Shut.EXPIRED
    return None if still_agreed(referral, local(at).date()) else Shut.WITHDRAWN


def still_agreed(referral: Referral, on: date) -> bool:
    """Whether what was sent may still be read: a supervisor decided so, or the consent was not taken back."""
    if referral.override_ground:
        return True
    if referral.person.erased_on is not None:
        return False
    found = standing(referral.person, PURPOSE, on)
    return found.is_open or found.code in STILL_HOLDS


def shared_by(link: ReferralLink) -> Shared:
    """What the receiver reads. Ask `shut` before."""
    with opened("service.Referral", why=BY_LINK):
        row = Referral.objects.select_related("person", "made_by").get(pk=link.referral_id)
    assert row.sent_at is not None
    return Shared(
        link=link.pk,
        house=house_full_name(),
        number=row.number,
        name=str(row.person) if row.name_passed else "",
        to_organisation=str(row.to_organisation),
        to_contact=str(row.to_contact),
        reason=str(row.reason),
        info_passed=str(row.info_passed),
        from_whom=row.made_by.name,
        sent_on=local(row.sent_at).date(),
        until=link.expires_at,
        state=ReferralState(row.state),
        answered_on=local(row.answered_at).date() if row.answered_at else None,
        answer_words=str(row.answer_words),
        answer_from=str(row.answer_from),
        served=row.served,
        outcome_words=str(row.outcome_words),
        feedback_on=row.feedback_on,
    )
