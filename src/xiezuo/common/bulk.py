"""Many rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models

Row = TypeVar("Row", bound=models.Model)
AT_ONCE = 10_000  # values in one statement; SQLite takes 32,766 and PostgreSQL 65,535


def save_columns(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write these fields of rows that are there already, by primary key; call inside an action's transaction.

    One prepared statement for all of them: Django's bulk_update builds a CASE for each row, ten times slower.
    """
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]  # itself: what stands for it is looked up at every mention
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [cast("models.Field[Any, Any]", meta.get_field(name)) for name in names]
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(str(meta.pk.column))} = %s"
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def write_new(rows: Sequence[Row]) -> list[Row]:
    """Write new rows of one table and give each its primary key; call inside an action's transaction.

    As Django's bulk_create, which builds a long statement for every few people anew. Here each engine gets what it
    takes in most easily: SQLite rows of values, PostgreSQL a list for each column.
    """
    if not rows:
        return []
    connection = connections[DEFAULT_DB_ALIAS]  # itself: what stands for it is looked up at every mention
    meta, quote = rows[0]._meta, connection.ops.quote_name
    key = cast("models.Field[Any, Any]", meta.pk)
    given = not isinstance(key, models.AutoField)  # the key of another row: it comes with the row
    fields = [field for field in meta.concrete_fields if given or field is not key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    insert, returning = f"INSERT INTO {quote(meta.db_table)} ({columns}) ", f" RETURNING {quote(str(key.column))}"
    with connection.cursor() as cursor:
        for part in _parts(rows, max(AT_ONCE // len(fields), 1)):
            values = [[f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields] for row in part]
            if connection.vendor == "postgresql":
                lists = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
                cursor.execute(
                    f"{insert}SELECT * FROM UNNEST({lists}){returning}", [[*c] for c in zip(*values, strict=True)]
                )
            else:
                places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(part))
                cursor.execute(f"{insert}VALUES {places}{returning}", [*chain.from_iterable(values)])
            for row, (pk,) in zip(part, cursor.fetchall(), strict=True):
                setattr(row, key.attname, pk)
                row._state.adding = False
                row._state.db = connection.alias
    return [*rows]


def _parts(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
