"""Figures leave the house: what each row of the file said is kept, so that it can be opened and compared later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.insight.access import must_release
from xiezuo.insight.dimensions import Period
from xiezuo.insight.models import Release, ReleasedRow
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Project, Site


@dataclass
class RowOut:
    """A row of a sheet with figures: `row` as in the file from 1, `figures` by column letter, `saved` once kept."""

    part: int
    row: int
    scope: dict[str, Any]
    figures: dict[str, int]
    saved: ReleasedRow | None = field(default=None, compare=False)


@transaction.atomic
def open_release(
    *,
    by: Actor,
    layout: str,
    layout_version: str,
    period: Period,
    reason: str,
    site: Site | None = None,
    project: Project | None = None,
    k: int = 0,
) -> Release:
    """Begin to let figures of a site (None: of the house) leave; `reason` says for whom and why.

    Raises NotAllowed, and RuleBroken without a reason.
    """
    must_release(by, site)
    if not tidy(reason):
        raise RuleBroken("insight.release_needs_reason", _("Write for whom this is and why."), field="reason")
    return Release.objects.create(
        layout=layout,
        layout_version=layout_version,
        site=site,
        project=project,
        from_on=period.first,
        to_on=period.last,
        reason=tidy(reason)[:200],
        k=k,
        released_by=by.user,
        released_at=now(),
    )


@transaction.atomic
def release_rows(*, by: Actor, release: Release, rows: Sequence[RowOut]) -> None:
    """Keep what the rows say; each gets the number its code is made from."""
    kept = [ReleasedRow(release=release, part=r.part, row=r.row, scope=r.scope, figures=r.figures) for r in rows]
    ReleasedRow.objects.bulk_create(kept, batch_size=500)
    for row, saved in zip(rows, kept, strict=True):
        row.saved = saved


@transaction.atomic
def close_release(*, by: Actor, release: Release, content: bytes) -> None:
    """The file is written: its fingerprint is kept, and that it left."""
    release.sha256 = sha256(content).hexdigest()
    release.save(update_fields=["sha256"])
    facts = {"layout": release.layout, "rows": release.rows.count(), "k": release.k, "sha256": release.sha256}
    happened("insight.figures.released", release, by_id=by.id, site=release.site_id, **facts)
