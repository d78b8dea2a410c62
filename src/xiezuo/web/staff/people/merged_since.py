"""Why figures of a closed period changed: records of one person that were merged, or parted again, since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.access import merges_for
from xiezuo.people.models import Merge
from xiezuo.service.models import ServiceRecord
from xiezuo.service.queries import merges_that_changed
from xiezuo.web.staff.people.words import told_apart

SHOWN = 8


@dataclass(frozen=True)
class MergedSince:
    """Merges with the names of both records, the latest first; `more` are those not shown, `hidden` not open."""

    since: datetime
    merges: list[tuple[Merge, str, str]]
    more: int
    hidden: int

    def __bool__(self) -> bool:
        return bool(self.merges or self.hidden)


def merged_since(actor: Actor, records: QuerySet[ServiceRecord], since: datetime) -> MergedSince:
    """Merges made or taken back after `since` that changed who stands on one of `records` (as given by access)."""
    ids = merges_that_changed(records, since)
    seen = list(merges_for(actor).filter(pk__in=ids)) if ids else []
    told = [(merge, *told_apart(merge.kept, merge.other)) for merge in seen[:SHOWN]]
    return MergedSince(since, told, len(seen) - len(told), len(ids) - len(seen))


def merged_since_year(actor: Actor, records: QuerySet[ServiceRecord], year: int) -> MergedSince | None:
    """The same for a year that is over, since its last day; None while it runs."""
    if year >= today().year:
        return None
    end = timezone.make_aware(datetime(year + 1, 1, 1))
    within = records.filter(service_date__range=(date(year, 1, 1), date(year, 12, 31)))
    return merged_since(actor, within, end)
