"""Which records a released row speaks of: the release narrowed by record, days, line or site, as kept with the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from xiezuo.common.days import Precision
from xiezuo.common.models import Event
from xiezuo.insight.dimensions import Period, Records
from xiezuo.insight.models import Release
from xiezuo.service.indicators import counted
from xiezuo.service.keys import DIMENSION_OF_RECORD
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import RecordState

Scope = Mapping[str, Any]
FIELDS = {
    "line": "service_line",
    "site": "site",
    "project": "projects",
    "method": "method",
    "dimension": DIMENSION_OF_RECORD,
}
CHANGED = ("service.record.corrected", "service.record.cancelled")


def released(records: Records, release: Release) -> Records:
    """The counting records that a release speaks of, out of those someone may see."""
    found = counted(records)
    if release.site_id:
        found = found.filter(site=release.site_id)
    if release.project_id:
        found = found.filter(projects=release.project_id)
    return Period(release.from_on, release.to_on).of(found)


def narrowed(records: Records, scope: Scope) -> Records:
    """`record`: one record by its number; `first` and `last`: days; `month`: a month by its days, without records known
    only to the year; `unknown_month`: those alone; `line`, `site`, `project`, `method`,
    `dimension`: their values."""
    if "record" in scope:
        records = records.filter(pk=scope["record"])
    if "first" in scope:
        records = Period(date.fromisoformat(scope["first"]), date.fromisoformat(scope["last"])).of(records)
    if scope.get("unknown_month"):
        records = records.filter(date_precision=Precision.YEAR)
    if "month" in scope:
        first, last = map(date.fromisoformat, scope["month"])
        records = Period(first, last).of(records).exclude(date_precision=Precision.YEAR)
    for name, path in FIELDS.items():
        if name in scope:
            records = records.filter(**{path: scope[name]})
    return records


@dataclass(frozen=True)
class Since:
    """What happened to the records of a scope after it was released. A record that a correction took out of the
    scope is not among them."""

    written: list[ServiceRecord]
    corrected: list[ServiceRecord]
    cancelled: list[ServiceRecord]

    def __bool__(self) -> bool:
        return bool(self.written or self.corrected or self.cancelled)


def since_release(visible: Records, release: Release, scope: Scope) -> Since:
    """Records of the scope written, corrected or cancelled after the release, whatever their state is now."""
    here = visible
    if release.site_id:
        here = here.filter(site=release.site_id)
    if release.project_id:
        here = here.filter(projects=release.project_id)
    here = narrowed(Period(release.from_on, release.to_on).of(here), scope).select_related("site")
    told = Event.objects.filter(
        subject="service.servicerecord", code__in=CHANGED, at__gt=release.released_at, subject_id__in=_ids(here)
    )
    touched = dict(told.order_by("id").values_list("subject_id", "code"))
    new = list(here.filter(recorded_at__gt=release.released_at, state=RecordState.RECORDED).order_by("pk"))
    old: Sequence[ServiceRecord] = list(here.filter(pk__in=touched).order_by("pk"))
    cancelled = [record for record in old if record.state == RecordState.CANCELLED]
    fresh = {record.pk for record in new}
    corrected = [r for r in old if r.state == RecordState.RECORDED and r.pk not in fresh]
    return Since(new, corrected, cancelled)


def _ids(records: Records) -> QuerySet[Any]:
    return records.order_by().values("pk")
