"""How rows that point at a person follow when two rows of one human become one.

Each floor tells it of its own tables when it starts (`ready` of its AppConfig); this floor knows no table above it. A
column that points at a person and of which nobody told fails a test.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from xiezuo.orgs.access import Actor

Changes = dict[str, Any]
Join = Callable[[Any, Any], Changes]


@dataclass(frozen=True)
class Said:
    """A row in words, and its day where it has one."""

    text: str
    on: date | None = None


Words = Callable[[Actor, Collection[int]], dict[int, Said]]


def nothing(kept: Any, gone: Any) -> Changes:
    return {}


def since_the_earlier(kept: Any, gone: Any) -> Changes:
    """Of two open periods that are one: it began when the earlier of them did."""
    starts = [row.from_on for row in (kept, gone) if row.from_on]
    first: date | None = min(starts, default=None)
    return {"from_on": first} if first != kept.from_on else {}


@dataclass(frozen=True, kw_only=True)
class Follows:
    """Rows of `model` whose `column` points at a person.

    `once`: names of columns; of rows that agree in them the person may have one alone (`while_open`: one without an
    end). Where both people have it, the kept person's row takes over what `join` says (columns of it with their new
    values) and the other is removed. `senseless`: whether a row says nothing once both are one (kept id given).
    `place`: the column of the record it stands on, if one. `label` names such rows for people; `words` tells, by id,
    of rows that the actor may see, so that someone can say with whom of two people they belong.
    `sent`: what else holds once a row written since was sent to the other person (row, their id).
    `stays`: the rows keep pointing at the row they were written for, and whoever asks asks for both.
    """

    model: type[Model]
    column: str
    label: str | Promise = ""
    once: tuple[str, ...] | None = None
    while_open: bool = False
    join: Join = nothing
    senseless: Callable[[Any, int], bool] | None = None
    place: str = ""
    words: Words | None = None
    sent: Callable[[Any, int], None] | None = None
    stays: bool = False

    @property
    def table(self) -> str:
        return self.model._meta.label_lower

    @property
    def counted_by(self) -> type[Model]:
        """The table whose ids tell what was written since: the record's, for a correction writes its rows anew."""
        if not self.place:
            return self.model
        placed: type[Model] = self.model._meta.get_field(self.place).remote_field.model  # type: ignore[union-attr]
        return placed

    def key(self, row: Any) -> tuple[Any, ...] | None:
        """What a person may have once; None for a row that may stand beside others."""
        if self.once is None or (self.while_open and row.to_on is not None):
            return None
        return tuple(getattr(row, name) for name in self.once)


_ways: dict[tuple[str, str], Follows] = {}


def follow(*ways: Follows) -> None:
    """Tell how rows follow. Raises ValueError for a column that was told of already."""
    for way in ways:
        if (way.table, way.column) in _ways:
            raise ValueError(f"{way.table}.{way.column} follows already.")
        _ways[way.table, way.column] = way


def ways() -> list[Follows]:
    """In the order in which they were told of: this floor's first."""
    return list(_ways.values())


def walled() -> list[str]:
    """Tables behind a wall whose rows follow: whoever merges, parts or takes back goes through them."""
    models = {way.model for way in _ways.values() if getattr(way.model, "behind_wall", False)}
    beside = {one for model in models for one in _hanging_on(model)}
    return sorted(model._meta.label for model in models | beside)


def _hanging_on(model: type[Model]) -> list[type[Model]]:
    """Walled tables whose rows go with a row of this one."""
    pointing = (relation.related_model for relation in model._meta.related_objects)
    return [one for one in pointing if isinstance(one, type) and getattr(one, "behind_wall", False)]


def way_of(table: str, column: str) -> Follows:
    return _ways[table, column]
