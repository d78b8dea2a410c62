"""Making what was deleted unreadable in the database's own files: one word, two engines."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from xiezuo.common.walls import all_opened


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """What is deleted or changed inside leaves no trace in the pages it stood on. Enter it outside a transaction."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        (before,) = cursor.fetchone()
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA secure_delete = {int(before)}")


def sweep() -> None:
    """Write the database anew without what was deleted before, log included. Outside a transaction; others may wait."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")
            return
        # Writing a database anew goes through every table, those behind a wall included.
        with all_opened(why="the files of the database are written anew"):
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
