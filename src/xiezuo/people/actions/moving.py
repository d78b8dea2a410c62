"""The book of a merge: every row it moves, changes or removes, so that it can be taken back exactly."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from xiezuo.people.following import Follows, ways
from xiezuo.people.models import SENSITIVE, Merge, MergedRow, Person
from xiezuo.people.vocab import RowChange


def written(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def columns_of_row(row: Model) -> dict[str, Any]:
    """Every column of a row but its key, by attribute name."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def columns_among(row: Model, names: Iterable[str]) -> list[str]:
    """Those of `names` that are columns of the row's own table."""
    return [name for name in names if not (isinstance(row, Person) and name in SENSITIVE)]


def rows_of(way: Follows, person: int) -> list[Any]:
    return list(way.model._base_manager.filter(**{way.column: person}).select_for_update().order_by("pk"))


class Book:
    """Collects what one merge did; `close` writes it down."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.rows: list[MergedRow] = []

    def _note(self, change: RowChange, row: Model, **more: Any) -> None:
        told = MergedRow(merge=self.merge, change=change, table=row._meta.label_lower, row_id=row.pk, **more)
        self.rows.append(told)

    def change(self, row: Model, values: dict[str, Any]) -> None:
        """Write these columns (attribute names) of a row; none: note that it stands for another one now. Facts of a
        person that stand behind the wall are noted with the others; who calls keeps them."""
        told = {name: [getattr(row, name), value] for name, value in values.items()}
        self._note(RowChange.CHANGED, row, before=written(told))
        for name, value in values.items():
            setattr(row, name, value)
        own = columns_among(row, values)
        if own:
            row.save(update_fields=own)

    def remove(self, row: Model, way: Follows) -> None:
        place = getattr(row, f"{way.place}_id") if way.place else None
        before = written(columns_of_row(row))
        self._note(RowChange.REMOVED, row, column=way.column, before=before, place=place)
        row._meta.model._base_manager.filter(pk=row.pk).delete()

    def move(self, rows: list[Any], way: Follows, to: int) -> None:
        for row in rows:
            place = getattr(row, f"{way.place}_id") if way.place else None
            self._note(RowChange.MOVED, row, column=way.column, place=place)
        way.model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**{way.column: to})

    def close(self) -> None:
        MergedRow.objects.bulk_create(self.rows)


def move_everything(book: Book, kept: int, other: int) -> None:
    """Every row of `other` becomes one of `kept`, or goes where both have the same."""
    for way in ways():
        if way.stays:
            continue
        rows = rows_of(way, other)
        twins = {key: row for row in rows_of(way, kept) if (key := way.key(row)) is not None} if rows else {}
        moving = []
        for row in rows:
            key = way.key(row)
            if way.senseless and way.senseless(row, kept):
                book.remove(row, way)
            elif key is not None and key in twins:
                book.change(twins[key], way.join(twins[key], row))
                book.remove(row, way)
            else:
                moving.append(row)
        book.move(moving, way, kept)
