"""Aid of an old ledger, each line with its service record. Part of the import's own transaction and event."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework
from xiezuo.people.models import HouseholdMember
from xiezuo.service.actions.aid.handing_over import HANDOVER
from xiezuo.service.models import Aid, AidHandover, ServiceRecord
from xiezuo.service.vocab import AidState

BROUGHT = "an import that its bringer confirmed writes the aid of a sheet"
MOST = Decimal("9999999999.99")
CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class AidBrought:
    """`record`: the handing-out, with its day; `person`: id of who received it, where that is certain. `amount` in yuan."""

    record: ServiceRecord
    person: int | None
    kind: str
    amount: Decimal
    goods: str


def take_in_aid(*, by: Actor, brought: Sequence[AidBrought]) -> list[Aid]:
    """Write the lines down as handed over. They count once the import is whole, with their records."""
    must_do_casework(by)
    homes, sizes = _homes({one.person for one in brought if one.person})
    made = [_line(by, one, one.record.service_date, homes, sizes) for one in brought if one.record.service_date]
    Aid.objects.bulk_create(made)
    goods = {one.record.pk: one.goods for one in brought}
    with opened(HANDOVER, why=BROUGHT):
        AidHandover.objects.bulk_create(
            AidHandover(aid=aid, goods=goods[aid.record_id], signed=False) for aid in made if aid.record_id
        )
    return made


def _homes(people: set[int]) -> tuple[dict[int, int], Counter[int]]:
    """Person → the household they live in now; household → how many live there."""
    living = HouseholdMember.objects.filter(person__in=people, to_on__isnull=True).order_by("id")
    homes = dict(living.values_list("person_id", "household_id"))
    there = HouseholdMember.objects.filter(household__in=homes.values(), to_on__isnull=True)
    return homes, Counter(there.values_list("household_id", flat=True))


def _line(by: Actor, one: AidBrought, day: date, homes: dict[int, int], sizes: Counter[int]) -> Aid:
    home = homes.get(one.person or 0)
    return Aid(
        household_id=home,
        applicant_id=one.person,
        site=one.record.site,
        kind=one.kind,
        people=sizes[home] if home else 1,
        state=AidState.HANDED_OVER,
        amount_paid=min(one.amount, MOST).quantize(CENT),
        asked_by=by.user,
        asked_on=day,
        handed_on=day,
        record=one.record,
        imported=True,
    )
