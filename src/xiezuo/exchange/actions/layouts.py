"""Remembering how tables are to be read, and what becomes of a remembered layout."""

import secrets
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.exchange.access import batch_for, layout_for
from xiezuo.exchange.actions.correcting import plain
from xiezuo.exchange.layout_packs import PackedLayout
from xiezuo.exchange.models import ImportBatch, ImportedSheet, Layout
from xiezuo.exchange.sheets import LEVELS, KnownLayout, heading_key
from xiezuo.exchange.sheets.cells import column_number
from xiezuo.exchange.sheets.choices import kinds_of_tables
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework

NAME_HEADINGS = 4  # as many headings make the first name of a layout


def digest_of(layout: KnownLayout) -> str:
    """64 hex digits that are the same for the same headings in any order."""
    return sha256("\n".join([str(layout.height), *layout.shape]).encode()).hexdigest()


def remember_layouts(*, by: Actor, batch: ImportBatch) -> list[Layout]:
    """Keep the corrected tables of a file for the next file of their shape, and count the layouts it was read by."""
    batch_for(by, batch.pk)
    remembered = []
    used: set[str] = set()
    for sheet in batch.sheets.all():
        for table in sheet.understanding.get("tables", []) if sheet.role == "data" else []:
            if table["known"]:
                used.add(table["known"])
            elif _can_be_remembered(table):
                remembered.append(_remember(by, sheet, table))
    Layout.objects.filter(uid__in=used).update(used=F("used") + 1, last_used_at=now())
    return remembered


def _can_be_remembered(table: dict[str, Any]) -> bool:
    """A corrected table whose headings are headings: those of a grid are other days or people the next time."""
    known_kind = table["kind"] in kinds_of_tables()
    return bool(table["fixed"] and known_kind and table["headings"] and not table["across"])


def _remember(by: Actor, sheet: ImportedSheet, table: dict[str, Any]) -> Layout:
    fields = plain(table["columns"]) | {letter: "" for letter in table["said"] if letter not in table["columns"]}
    letters = sorted(table["headings"], key=column_number)
    columns = tuple((heading_key(tuple(table["headings"][at])), fields.get(at)) for at in letters)
    first, last = table["header_rows"]
    known = KnownLayout("", table["kind"], columns, last - first + 1)
    name = "、".join(path[-1].strip() for path in (table["headings"][at] for at in letters[:NAME_HEADINGS]))
    return _keep(by, known, name)


def _keep(by: Actor, known: KnownLayout, name: str, came_with: dict[str, str] | None = None) -> Layout:
    """One layout for a shape: what was said last is followed, under the name it has."""
    shape = digest_of(known)
    with transaction.atomic():
        layout = Layout.objects.select_for_update().filter(shape=shape, retired_at__isnull=True).first()
        if layout is None:
            uid = known.id or f"layout-{shape[:12]}-{secrets.token_hex(3)}"
            layout = Layout(uid=uid, shape=shape, name=" ".join(name.split())[:120] or uid)
        layout.kind, layout.height, layout.by, layout.at = known.kind, known.height, by.user, now()
        layout.columns = [list(pair) for pair in known.columns]
        layout.came_with = came_with or {}
        layout.save()
        happened("exchange.layout.remembered", layout, by_id=by.id, columns=len(known.columns))
    return layout


@transaction.atomic
def rename_layout(*, by: Actor, layout: Layout, name: str) -> Layout:
    layout_for(by, layout.pk)
    layout.name = " ".join(name.split())[:120]
    if not layout.name:
        raise RuleBroken("exchange.layout_name", _("A layout needs a name by which you find it again."), field="name")
    layout.save(update_fields=["name"])
    happened("exchange.layout.renamed", layout, by_id=by.id)
    return layout


@transaction.atomic
def retire_layout(*, by: Actor, layout: Layout) -> Layout:
    """No file is read by this layout from now on; files taken in so far stay as they are."""
    layout_for(by, layout.pk)
    if layout.retired_at is None:
        layout.retired_at = now()
        layout.save(update_fields=["retired_at"])
        happened("exchange.layout.retired", layout, by_id=by.id)
    return layout


@transaction.atomic
def take_layouts_from_pack(*, by: Actor, packed: list[PackedLayout]) -> tuple[list[Layout], list[PackedLayout]]:
    """The layouts that are new here, and those left aside because the house has one for the same headings."""
    must_do_casework(by)
    shapes = set(Layout.objects.filter(retired_at__isnull=True).values_list("shape", flat=True))
    taken, left = [], []
    for one in packed:
        if digest_of(one.layout) in shapes:
            left.append(one)
            continue
        free = not Layout.objects.filter(uid=one.layout.id).exists()
        known = one.layout if free else KnownLayout("", one.layout.kind, one.layout.columns, one.layout.height)
        taken.append(_keep(by, known, one.title, one.came_with))
        shapes.add(taken[-1].shape)
    return taken, left


def headings_of(layout: Layout) -> list[str]:
    """The headings of a layout as people read them: the rows of one heading from top to bottom."""
    return [heading.replace(LEVELS, f" {LEVELS} ") for heading, _field in layout.columns]
