"""The link by which the receiver of a referral answers: made once, shown once, ended at any time; and what comes through it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.vocab import Section
from xiezuo.service.access.partner import CAN_LOOK, Shut, link_by, link_digest, shut, still_agreed
from xiezuo.service.access.referrals import referral_for
from xiezuo.service.actions.referring import locked, rules, take_answer, take_outcome
from xiezuo.service.models import Referral, ReferralLink, ReferralOpening
from xiezuo.service.vocab import Opening, Served

TOKEN_BYTES = 24
WHY_SHUT: dict[Shut, Promise] = {
    Shut.UNKNOWN: _("This link does not work. It may have been copied in part, or be of another house."),
    Shut.TAKEN_BACK: _("Whoever gave you this link has taken it back. Ask them, or wait for a new one."),
    Shut.EXPIRED: _("This link has run out. Whoever gave it to you can make a new one."),
    Shut.CLOSED: _("This referral is closed; nothing more is asked of you. Thank you."),
    Shut.WITHDRAWN: _("What stood here may no longer be passed on. Please do not use what you have read."),
}


@transaction.atomic
def make_referral_link(*, by: Actor, referral: Referral, at: datetime) -> tuple[ReferralLink, str]:
    """A link and what stands in its address, which is kept nowhere. The one before it ends. Raises RuleBroken."""
    row = referral_for(by, referral.pk)
    must_work_with(by, row.person, section=Section.CASE)
    if row.state not in CAN_LOOK:
        words = _("A link is made once the referral is sent, and until it is closed. Say first that it is sent.")
        raise RuleBroken("service.referral_link_too_early", words)
    if not still_agreed(row, local(at).date()):
        words = _("The consent does not hold any more, so no link is made. Ask the person, or take the referral back.")
        raise RuleBroken("service.sharing_not_open", words, rule="CAS-8")
    locked(row.pk)
    ReferralLink.objects.filter(referral_id=row.pk, ended_at__isnull=True).update(ended_at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with opened("service.Referral", why="whoever makes the link works on the case"):
        link = ReferralLink.objects.create(
            token_hash=link_digest(token),
            referral_id=row.pk,
            made_by=by.user,
            made_at=at,
            expires_at=at + timedelta(days=rules()["link"]["days"]),
        )
    happened("service.referral.link_made", row, by_id=by.id, link=link.pk)
    return link, token


@transaction.atomic
def end_referral_link(*, by: Actor, referral: Referral, at: datetime) -> None:
    """Whatever link there is works no longer."""
    row = referral_for(by, referral.pk)
    must_work_with(by, row.person, section=Section.CASE)
    if ReferralLink.objects.filter(referral_id=row.pk, ended_at__isnull=True).update(ended_at=at):
        happened("service.referral.link_ended", row, by_id=by.id)


@transaction.atomic
def open_referral_link(*, token: str, at: datetime) -> tuple[ReferralLink | None, Shut | None]:
    """The receiver opens the link, as often as they like while it works; each time is written down."""
    link = link_by(token)
    why = shut(link, at)
    if link is not None and why is None:
        _note(link, Opening.OPENED, at)
    return link, why


def _note(link: ReferralLink, did: Opening, at: datetime) -> None:
    ReferralOpening.objects.create(link=link, at=at, did=did)


def _must_work(link: ReferralLink, at: datetime) -> Referral:
    """The locked referral of a link that works. Raises RuleBroken with why it does not."""
    row = locked(link.referral_id)
    link = ReferralLink.objects.get(pk=link.pk)
    why = shut(link, at)
    if why is not None:
        raise RuleBroken("service.link_shut", WHY_SHUT[why])
    return row


@transaction.atomic
def answer_by_link(*, link: ReferralLink, accepted: bool, words: str, who: str, at: datetime) -> None:
    """The receiver accepts or does not. The first answer stands. Raises RuleBroken."""
    row = take_answer(_must_work(link, at), accepted, words, who, at)
    _note(link, Opening.ANSWERED, at)
    happened("service.referral.answered", row, by_id=None, state=row.state, link=link.pk)


@transaction.atomic
def report_by_link(*, link: ReferralLink, served: Served | None, words: str, at: datetime) -> None:
    """The receiver tells what became of it. Raises RuleBroken."""
    row = take_outcome(_must_work(link, at), served, words, local(at).date())
    _note(link, Opening.REPORTED, at)
    happened("service.referral.reported", row, by_id=None, served=row.served, link=link.pk)
