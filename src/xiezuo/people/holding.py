"""Holding people while something is written of them, so that no merge moves their rows in between."""

from collections.abc import Collection

from django.db import connection

from xiezuo.people.models import Person


def hold(people: Collection[int]) -> None:
    """Until this transaction ends nobody merges these people; ask who they are afterwards.

    A merge takes both rows for itself (FOR UPDATE); this waits for it, or the merge waits for us and moves what we
    wrote. SQLite has one writer at a time and needs nothing. Outside a transaction it holds nothing.
    """
    if connection.vendor != "postgresql" or not connection.in_atomic_block or not people:
        return
    table = connection.ops.quote_name(Person._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [sorted(people)])
