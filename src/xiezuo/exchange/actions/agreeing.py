"""What is agreed with another legal person about facts that are passed on (CON-7)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.exchange.access import must_agree_sharing
from xiezuo.exchange.models import SharingAgreement
from xiezuo.orgs.access import Actor
from xiezuo.people.vocab import Section


@transaction.atomic
def agree_sharing(
    *,
    by: Actor,
    with_whom: str,
    for_what: str,
    sections: list[str],
    from_on: date,
    to_on: date,
    signed_on: date | None,
    paper: str = "",
) -> SharingAgreement:
    """Write an agreement down. Nothing is passed on under it before it is signed."""
    must_agree_sharing(by)
    if not tidy(with_whom) or not tidy(for_what):
        raise RuleBroken("exchange.agreement_says_what", _("Write with whom, and for what."), field="with_whom")
    if to_on < from_on:
        raise RuleBroken("exchange.agreement_in_order", _("It cannot end before it begins."), field="to_on")
    if not sections:
        raise RuleBroken("exchange.agreement_covers", _("Choose which parts of a file it covers."), field="sections")
    agreement = SharingAgreement.objects.create(
        with_whom=tidy(with_whom),
        for_what=tidy(for_what),
        sections=[str(section) for section in Section if section in sections],
        from_on=from_on,
        to_on=to_on,
        signed_on=signed_on,
        paper=tidy(paper),
        recorded_by=by.user,
    )
    happened("exchange.agreement.noted", agreement, by_id=by.id, until=to_on.isoformat())
    return agreement


@transaction.atomic
def end_sharing(*, by: Actor, agreement: SharingAgreement, on: date) -> SharingAgreement:
    """From the next day on nothing is passed on under it; what was passed on stays remembered."""
    must_agree_sharing(by)
    agreement.ended_on = min(on, agreement.to_on)
    agreement.save(update_fields=["ended_on"])
    happened("exchange.agreement.ended", agreement, by_id=by.id)
    return agreement
