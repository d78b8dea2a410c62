"""Rows of one table, gathered and written many at a time, past the model layer and with ids given out here."""

from collections.abc import Callable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from xiezuo.common.walls import all_opened

AT_ONCE = 5000
WHY = "a sample house is written past the model layer"
# What these hold goes to both engines as it is.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, PLAIN) and not isinstance(field, models.JSONField):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


class Rows:
    """`add` gives a row its id, where it has none yet; `flush` writes what waits. Nothing else may write the table meanwhile."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields = model._meta.local_concrete_fields
        self.columns = [str(field.column) for field in fields]
        self.parts = [(str(field.attname), _converter(field)) for field in fields]
        self.given = not isinstance(model._meta.pk, models.AutoField)  # the key of another row comes with the row
        with all_opened(why=WHY):
            self.last: int = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        self.waiting: list[list[Any]] = []

    def next_id(self) -> int:
        self.last += 1
        return self.last

    def add(self, row: models.Model) -> int:
        if not self.given and row.pk is None:
            row.pk = self.next_id()
        values = row.__dict__
        self.waiting.append([values[name] if to is None else to(values[name]) for name, to in self.parts])
        if len(self.waiting) >= AT_ONCE:
            self.flush()
        return int(row.pk)

    def flush(self) -> None:
        if not self.waiting:
            return
        table, columns = self.model._meta.db_table, ", ".join(f'"{column}"' for column in self.columns)
        with all_opened(why=WHY), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                    for row in self.waiting:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', self.waiting)
        self.waiting.clear()

    def finish(self) -> None:
        """Write the rest, and let the next id of the database follow the last one given out here."""
        self.flush()
        with all_opened(why=WHY), connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [self.model]):
                cursor.execute(statement)
