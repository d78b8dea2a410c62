"""Taking a merge back. What it moved goes back exactly; what was written since stays, unless someone says otherwise."""

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, cast

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import merge_for, must_open
from xiezuo.people.actions.merging import both_held, decided
from xiezuo.people.actions.moving import columns_among
from xiezuo.people.actions.person import BESIDE
from xiezuo.people.finding.index import index_people
from xiezuo.people.following import walled, way_of
from xiezuo.people.models import SENSITIVE, Merge, MergedRow, Person, SensitiveFacts
from xiezuo.people.search import keep_findable
from xiezuo.people.sensitive import fetch_sensitive, keep_sensitive
from xiezuo.people.since import Written, blocked_by, said_of, written_since
from xiezuo.people.vocab import DuplicateState, RowChange, Section


@transaction.atomic
@opened(walled, why="the answers of two rows that are two again go back")
def unmerge_people(
    *, by: Actor, merge: Merge, along: Collection[str] = (), state: DuplicateState = DuplicateState.DIFFERENT
) -> Merge:
    """They are two after all: everything the merge moved goes back, and what it changed or removed is as before.

    `state` is what the pair is from now on: two people, who are not proposed again, or not sure.

    `along`: rows written since (as `Written.value` has them) that go to the other row as well, as far as the actor may
    see them; all else written since stays with the kept one. Raises NotAllowed unless the actor reads the kept
    person's file, RuleBroken for a merge taken back already or one that a later merge builds on.
    """
    must_open(by, merge_for(by, merge.pk).kept, Section.SENSITIVE)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise RuleBroken("people.unmerged_already", _("This merge was taken back already. Nothing was changed."))
    later = blocked_by(merge)
    if later is not None:
        raise RuleBroken(
            "people.unmerge_later_first",
            _("A later merge, with %(name)s, builds on this one. Take that one back first.") % {"name": later.other},
            merge=later.pk,
        )
    both_held(merge.kept_id, merge.other_id)
    rows = list(merge.rows.order_by("-id"))
    going = [row for row, _said in said_of(by, written_since(merge)) if row.value in set(along)]
    _change_back([row for row in rows if row.change == RowChange.CHANGED])
    _move_back(merge, [row for row in rows if row.change == RowChange.MOVED])
    _put_back(merge, [row for row in rows if row.change == RowChange.REMOVED])
    moved = _send_along(merge, going)
    kept = Person.objects.get(pk=merge.kept_id)
    keep_findable(kept)
    kept.save()
    index_people([merge.kept_id, merge.other_id])
    merge.rows.update(before="")
    merge.undone_by, merge.undone_at = by.user, now()
    merge.save(update_fields=["undone_by", "undone_at"])
    decided(by, merge.kept_id, merge.other_id, state)
    happened("people.person.unmerged", kept, by_id=by.id, other=merge.other_id, merge=merge.pk, along=moved)
    return merge


def _before(told: MergedRow) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(told.before))
    return found


def _read(model: type[Model], column: str, value: Any) -> Any:
    """A value as the book of a merge holds it, as its column has it."""
    table = SensitiveFacts if model is Person and column in SENSITIVE else model
    return cast("Field[Any, Any]", table._meta.get_field(column)).to_python(value)


def _change_back(rows: Sequence[MergedRow]) -> None:
    """Values of before, where nobody wrote something else since. What stands beside a fact goes back with it."""
    for told in rows:
        model = apps.get_model(told.table)
        row = model._base_manager.filter(pk=told.row_id).first()
        if row is None:
            continue
        if isinstance(row, Person):
            fetch_sensitive([row])
        pairs = {name: [_read(model, name, value) for value in pair] for name, pair in _before(told).items()}
        edited = {name for name, (_before, after) in pairs.items() if getattr(row, name) != after}
        edited |= {beside for name in BESIDE for beside in (name, *BESIDE[name]) if edited & {name, *BESIDE[name]}}
        values = {name: before for name, (before, _after) in pairs.items() if name not in edited}
        if values:
            for name, value in values.items():
                setattr(row, name, value)
            _where_it_fits(partial(_save, row, values))


def _save(row: Model, names: Collection[str]) -> None:
    own = columns_among(row, names)
    if own:
        row.save(update_fields=own)
    if isinstance(row, Person):
        keep_sensitive([row])


def _where_it_fits(write: Callable[[], object]) -> None:
    """Write unless what was written since is in the way (a period that ended before it would begin again)."""
    with suppress(IntegrityError), transaction.atomic():
        write()


def _move_back(merge: Merge, rows: Sequence[MergedRow]) -> None:
    """Rows go back that still point at the kept person; so does the row by which a correction replaced one."""
    for table, column in dict.fromkeys((row.table, row.column) for row in rows):
        here = [row for row in rows if (row.table, row.column) == (table, column)]
        way = way_of(table, column)
        theirs = way.model._base_manager.filter(**{way.column: merge.kept_id})
        ids = [row.row_id for row in here]
        theirs.filter(pk__in=ids).update(**{column: merge.other_id})
        if way.place:
            still = set(way.model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
            places = [row.place for row in here if row.row_id not in still]
            theirs.filter(**{f"{way.place}__in": places}).update(**{column: merge.other_id})


def _put_back(merge: Merge, rows: Sequence[MergedRow]) -> None:
    """Removed rows are written again as they were, where what they hang on is still there."""
    for told in rows:
        way = way_of(told.table, told.column)
        model, manager = way.model, way.model._base_manager
        if manager.filter(pk=told.row_id).exists():
            continue
        if told.place and not manager.filter(**{way.place: told.place, way.column: merge.kept_id}).exists():
            continue  # a correction said since that this human was not there
        values = {name: _read(model, name, value) for name, value in _before(told).items()}
        row = model(pk=told.row_id, **values)
        if _hangs(row):
            _where_it_fits(partial(row.save, force_insert=True))


def _hangs(row: Model) -> bool:
    """Whether everything that the row points at is there."""
    keys = [field for field in row._meta.concrete_fields if isinstance(field, ForeignKey)]
    wanted = [(cast("type[Model]", key.related_model), getattr(row, key.attname)) for key in keys]
    return all(model._base_manager.filter(pk=pk).exists() for model, pk in wanted if pk is not None)


def _send_along(merge: Merge, going: Sequence[Written]) -> int:
    """Rows written since that belong to the other one; what they have already stays where it is. Gives how many."""
    sent = 0
    for told in going:
        way = way_of(told.table, told.column)
        row = way.model._base_manager.get(pk=told.pk)
        key = way.key(row)
        theirs = way.model._base_manager.filter(**{way.column: merge.other_id})
        if key is not None and any(way.key(there) == key for there in theirs):
            continue
        way.model._base_manager.filter(pk=row.pk).update(**{way.column: merge.other_id})
        if way.sent:
            way.sent(row, merge.other_id)
        sent += 1
    return sent
