"""The way to a person's own side: made by a worker who knows who they are, opened once, ended at any time."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_work_with
from xiezuo.people.members import Member, link_digest, link_that_opens, why_not_look
from xiezuo.people.models import MemberLink, Person
from xiezuo.people.rights import is_named, withheld_from
from xiezuo.people.vocab import Section

TOKEN_BYTES = 24


@transaction.atomic
def make_link(
    *, by: Actor, subject: Person, looker: Person, verified_by: str, at: datetime, cleared: bool = False
) -> tuple[MemberLink, str]:
    """A link and what stands in its address, which is kept nowhere. One that still waits for the same two ends.

    `verified_by`: how the worker made sure who `looker` is. `cleared`: the worker looked at who may not be told and
    says that the looker is not meant. Raises RuleBroken.
    """
    must_work_with(by, subject, section=Section.CONSENT)
    if why := why_not_look(looker, subject, at):
        raise RuleBroken("people.may_not_look", why, field="looker")
    if not tidy(verified_by):
        raise RuleBroken("people.link_not_verified", _("Write how you know who they are."), field="verified_by")
    _must_not_be_withheld(looker, subject, cleared)
    for old in subject.member_links.filter(looker=looker, used_at__isnull=True, ended_at__isnull=True):
        end_link(by=by, link=old, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = MemberLink.objects.create(
        token_hash=link_digest(token),
        subject=subject,
        looker=looker,
        verified_by=tidy(verified_by),
        cleared_to=max((row.pk for row in withheld_from(looker, subject)), default=0) if cleared else 0,
        made_by=by.user,
        made_at=at,
        expires_at=at + timedelta(hours=pack("member-default")["link"]["waits_hours"]),
    )
    happened("people.link.made", subject, by_id=by.id, link=link.pk, looker=looker.pk)
    return link, token


def _must_not_be_withheld(looker: Person, subject: Person, cleared: bool) -> None:
    rows = withheld_from(looker, subject)
    if any(is_named(looker, row) for row in rows):
        words = _(
            "Somebody asked that %(looker)s not be told about %(subject)s. No link is made. Talk to a supervisor."
        )
        raise RuleBroken(
            "people.looker_may_not_be_told", words % {"looker": looker, "subject": subject}, field="looker"
        )
    if rows and not cleared:
        words = _("“%(who)s” may not be told about %(subject)s. Say that %(looker)s is not meant, or make no link.")
        told = {"who": rows[0].withhold_from, "subject": subject, "looker": looker}
        raise RuleBroken("people.withholding_to_check", words % told, field="cleared")


@transaction.atomic
def open_link(*, token: str, at: datetime) -> MemberLink | None:
    """The link opens, this once; None when it does not, whatever the cause."""
    found = link_that_opens(token, at)
    if found is None:
        return None
    # Two devices may press at the same moment: one of them opens it.
    opened = MemberLink.objects.filter(pk=found.pk, used_at__isnull=True, ended_at__isnull=True).update(used_at=at)
    if not opened:
        return None
    found.used_at = at
    happened("people.link.opened", found.subject, by_id=None, link=found.pk, looker=found.looker_id)
    return found


@transaction.atomic
def end_link(*, by: Actor, link: MemberLink, at: datetime) -> MemberLink:
    """The link, and whatever it opened, works no longer."""
    must_work_with(by, link.subject, section=Section.CONSENT)
    if link.ended_at is None:
        link.ended_at = at
        link.save(update_fields=["ended_at"])
        happened("people.link.ended", link.subject, by_id=by.id, link=link.pk)
    return link


@transaction.atomic
def leave(*, member: Member, at: datetime) -> None:
    """Whoever looked is done; nobody who takes the device afterwards sees anything."""
    member.link.ended_at = at
    member.link.save(update_fields=["ended_at"])
    happened("people.link.ended", member.subject, by_id=None, link=member.link.pk)
