"""What a gift pays for, and how that is changed: only with the donor's agreement, which the director tells (AID-2)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor, can_arrange, funding_for, project_for
from xiezuo.orgs.models import DonorAgreement, DonorRestriction, Funding, Organisation, Project
from xiezuo.orgs.vocab import FundingKind, OrgKind

RULE = "AID-2"


def kinds_paid(funding: Funding, on: date) -> frozenset[str] | None:
    """Codes of the kinds of aid it pays for on a day; None where it pays for any."""
    rows = list(DonorRestriction.objects.filter(funding=funding))
    if not rows:
        return frozenset() if funding.restriction.strip() else None
    return frozenset(row.aid_kind for row in rows if row.from_on <= on and (row.to_on is None or on <= row.to_on))


def pays_for(funding: Funding, aid_kind: str, on: date) -> bool:
    kinds = kinds_paid(funding, on)
    return kinds is None or aid_kind in kinds


def may_tell_agreement(actor: Actor) -> bool:
    return actor.directs and not actor.watched


def may_restrict(actor: Actor, funding: Funding) -> bool:
    """Write down for the first time what the donor gave it for."""
    arranges = (can_arrange(actor) or actor.directs) and not actor.watched
    return arranges and not funding.restrictions.exists()


@transaction.atomic
def add_funding(
    *,
    by: Actor,
    project: Project,
    funder: str,
    funding_kind: FundingKind,
    amount: Decimal | None,
    from_on: date,
    to_on: date | None = None,
    restriction: str = "",
    aid_kinds: Collection[str] = (),
) -> Funding:
    """Money that was promised to a project (yuan), and which kinds of aid it pays for."""
    if not (can_arrange(by) or by.directs):
        raise NotAllowed(_("A supervisor or the director writes down money. Ask one of them."))
    project_for(by, project.pk)
    if not tidy(funder):
        raise RuleBroken("orgs.funder_missing", _("Write who pays."), field="funder")
    if to_on is not None and to_on < from_on:
        raise RuleBroken("orgs.funding_ends_early", _("The period cannot end before it begins."), field="to_on")
    body, _new = Organisation.objects.get_or_create(name=tidy(funder), defaults={"org_kind": OrgKind.OTHER})
    funding = Funding.objects.create(
        project=project,
        funder=body,
        funding_kind=funding_kind,
        amount=amount,
        restriction=restriction.strip(),
        from_on=from_on,
        to_on=to_on,
    )
    _begin(funding, aid_kinds, from_on)
    happened("orgs.funding.added", funding, by_id=by.id, project=project.pk)
    return funding


def _begin(funding: Funding, aid_kinds: Collection[str], on: date, agreement: DonorAgreement | None = None) -> None:
    DonorRestriction.objects.bulk_create(
        DonorRestriction(funding=funding, aid_kind=kind, from_on=on, began_by=agreement) for kind in sorted(aid_kinds)
    )


@transaction.atomic
def restrict_funding(*, by: Actor, funding: Funding, aid_kinds: Collection[str]) -> Funding:
    """Write down what the donor gave it for, as it was from its first day. Once; later changes are the donor's."""
    funding = Funding.objects.select_for_update(of=("self",)).get(pk=funding_for(by, funding.pk).pk)
    if funding.restrictions.exists():
        words = _("What this money pays for is written down. To change it, write who of the donor agreed and when.")
        raise RuleBroken("orgs.restricted_already", words, rule=RULE)
    if not may_restrict(by, funding):
        raise NotAllowed(_("A supervisor or the director writes down money. Ask one of them."))
    _must_name_kinds(aid_kinds)
    _begin(funding, aid_kinds, funding.from_on)
    happened("orgs.funding.restricted", funding, by_id=by.id, kinds=sorted(aid_kinds))
    return funding


@transaction.atomic
def write_amount(*, by: Actor, funding: Funding, amount: Decimal) -> Funding:
    """Write down how much it is, where nobody had (yuan)."""
    funding = Funding.objects.select_for_update(of=("self",)).get(pk=funding_for(by, funding.pk).pk)
    if not (can_arrange(by) or by.directs) or by.watched:
        raise NotAllowed(_("A supervisor or the director writes down money. Ask one of them."))
    if funding.amount is not None:
        raise RuleBroken("orgs.amount_written", _("How much it is stands there already."), field="amount")
    funding.amount = amount
    funding.save(update_fields=["amount"])
    happened("orgs.funding.amount", funding, by_id=by.id)
    return funding


def _must_name_kinds(aid_kinds: Collection[str]) -> None:
    if not aid_kinds:
        words = _("Choose at least one kind of aid this money pays for.")
        raise RuleBroken("orgs.restriction_kinds", words, field="aid_kinds")


@transaction.atomic
def change_restriction(
    *, by: Actor, funding: Funding, aid_kinds: Collection[str], agreed_by: str, agreed_on: date, words: str, on: date
) -> DonorAgreement:
    """From `agreed_on` it pays for `aid_kinds` and nothing else, because the donor agreed. What was paid before stays right.

    Raises NotAllowed for anyone but the director, RuleBroken without the donor's word.
    """
    funding = Funding.objects.select_for_update(of=("self",)).get(pk=funding_for(by, funding.pk).pk)
    if not may_tell_agreement(by):
        raise NotAllowed(_("The director tells what the donor agreed to. Ask them to ask the donor first."))
    _must_name_kinds(aid_kinds)
    if not tidy(agreed_by):
        told = _("Write who of the donor agreed. Without their agreement the money pays for what it was given for.")
        raise RuleBroken("orgs.agreed_by", told, field="agreed_by", rule=RULE)
    if agreed_on > on:
        told = _("This day is still to come. Write the day on which the donor agreed.")
        raise RuleBroken("orgs.agreed_on", told, field="agreed_on", rule=RULE)
    agreement = DonorAgreement.objects.create(
        funding=funding, agreed_by=tidy(agreed_by), agreed_on=agreed_on, words=words.strip(), told_by=by.user
    )
    _turn(funding, frozenset(aid_kinds), agreement)
    happened("orgs.funding.changed", funding, by_id=by.id, kinds=sorted(aid_kinds), agreement=agreement.pk)
    return agreement


def _turn(funding: Funding, wanted: frozenset[str], agreement: DonorAgreement) -> None:
    """What stays goes on; what goes ends on the day of the agreement, on which both hold."""
    day = agreement.agreed_on
    open_ones = DonorRestriction.objects.filter(funding=funding, to_on__isnull=True)
    stays = set()
    for row in open_ones:
        if row.aid_kind in wanted:
            stays.add(row.aid_kind)
            continue
        row.to_on, row.ended_by = max(day, row.from_on), agreement
        row.save(update_fields=["to_on", "ended_by"])
    _begin(funding, wanted - stays, day, agreement)
