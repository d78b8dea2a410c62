"""Many rows at once."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db import connection, models


def save_columns(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write these fields of rows that are there already, by primary key; call inside an action's transaction.

    One prepared statement for all of them: Django's bulk_update builds a CASE for each row, ten times slower.
    """
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [cast("models.Field[Any, Any]", meta.get_field(name)) for name in names]
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(str(meta.pk.column))} = %s"
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
