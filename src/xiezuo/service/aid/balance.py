"""The meter of a gift: what was given, what is promised to households, what was paid, what is left (yuan)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.common.errors import RuleBroken
from xiezuo.forms.deadlines import in_language
from xiezuo.forms.packs import codes
from xiezuo.orgs.models import Funding
from xiezuo.orgs.restrictions import kinds_paid, pays_for
from xiezuo.service.models import Aid
from xiezuo.service.models.aid import GIVEN
from xiezuo.service.vocab import AidState, RecordState

RULE = "AID-2"
CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
# What was handed over and whose service record was cancelled was never given.
HOLDS = ~Q(record__state=RecordState.CANCELLED) | Q(record__isnull=True)


@dataclass(frozen=True)
class Meter:
    """`amount` is None where nobody wrote down how much it is."""

    amount: Decimal | None
    promised: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return (self.amount or NOTHING) - self.promised - self.paid

    @property
    def taken(self) -> Decimal:
        return self.promised + self.paid


def yuan(amount: Decimal | None) -> Decimal:
    """With two decimals; engines add up with more or fewer."""
    return (amount or NOTHING).quantize(CENT)


def meters_of(fundings: Collection[Funding], *, without: Aid | None = None) -> dict[int, Meter]:
    """The meter of each, in one query; `without`: as if this aid were not there."""
    rows = Aid.objects.filter(HOLDS, funding__in=[one.pk for one in fundings])
    if without is not None:
        rows = rows.exclude(pk=without.pk)
    told = (
        rows.order_by()
        .values("funding")
        .annotate(
            promised=Sum("amount_approved", filter=Q(state=AidState.APPROVED)),
            paid=Sum("amount_paid", filter=Q(state__in=GIVEN)),
        )
    )
    sums = {row["funding"]: (yuan(row["promised"]), yuan(row["paid"])) for row in told}
    return {one.pk: Meter(one.amount, *sums.get(one.pk, ())) for one in fundings}


def meter_of(funding: Funding, *, without: Aid | None = None) -> Meter:
    return meters_of([funding], without=without)[funding.pk]


def kind_words(kind: str) -> str:
    """What a kind of aid is called."""
    found = codes("aid_kind").get(kind)
    return in_language(found) if found else kind


def kinds_words(kinds: Collection[str]) -> str:
    return pgettext("between the items of a list", ", ").join(kind_words(one) for one in sorted(kinds))


def gifts_told(fundings: Iterable[Funding], on: date) -> list[tuple[Funding, str]]:
    """Each with what it pays for on a day and what is left of it, in words."""
    found = list(fundings)
    meters = meters_of(found)
    return [(one, _told(one, meters[one.pk], on)) for one in found]


def _told(funding: Funding, meter: Meter, on: date) -> str:
    kinds = kinds_paid(funding, on)
    for_what = kinds_words(kinds) if kinds else _("any aid") if kinds is None else _("nobody wrote down for what")
    if meter.amount is None:
        return _("%(kinds)s, amount not written down") % {"kinds": for_what}
    return _("%(kinds)s, %(left)s yuan left") % {"kinds": for_what, "left": f"{meter.left:,.2f}"}


def must_fit(aid: Aid, funding: Funding, amount: Decimal, on: date, *, field: str = "funding") -> None:
    """Raises RuleBroken where the gift does not pay for this kind of aid, not on this day, or has too little left (AID-2).

    Inside an action that holds the row of the funding, so that two who write at once do not both take the last of it.
    """
    if not pays_for(funding, aid.kind, on):
        raise RuleBroken("service.aid_purpose", _purpose(funding, aid.kind, on), field=field, rule=RULE)
    if on < funding.from_on or (funding.to_on is not None and funding.to_on < on):
        words = _("%(funding)s does not pay on %(day)s: that day is outside of its period. Choose other money.")
        told = words % {"funding": funding, "day": on.isoformat()}
        raise RuleBroken("service.aid_period", told, field=field, rule=RULE)
    if not amount:
        return
    if funding.amount is None:
        words = _("Nobody wrote down how much %(funding)s is. Let a supervisor write it on its page first.")
        raise RuleBroken("service.aid_amount_of_gift", words % {"funding": funding}, field=field, rule=RULE)
    left = meter_of(funding, without=aid).left
    if amount > left:
        words = _(
            "%(amount)s yuan are more than what is left of %(funding)s: %(left)s yuan. Propose less, or choose other "
            "money whose purpose fits."
        )
        told = words % {"amount": f"{amount:,.2f}", "funding": funding, "left": f"{left:,.2f}"}
        raise RuleBroken("service.aid_balance", told, field=field, rule=RULE, left=str(left))


def _purpose(funding: Funding, kind: str, on: date) -> str:
    kinds = kinds_paid(funding, on) or frozenset()
    if not kinds and not funding.restrictions.exists():
        words = _(
            "%(funding)s is restricted (“%(restriction)s”), and nobody wrote down which kinds of aid it pays for. Let a "
            "supervisor do so on its page first."
        )
        return words % {"funding": funding, "restriction": funding.restriction}
    words = _(
        "%(funding)s pays for %(kinds)s, not for %(kind)s. Choose other money; or the director asks the donor and writes down "
        "that they agreed."
    )
    told = kinds_words(kinds) or _("nothing on this day")
    return words % {"funding": funding, "kinds": told, "kind": kind_words(kind)}
