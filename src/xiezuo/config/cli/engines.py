"""Copying a whole database out and in, for each engine."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from xiezuo.config.cli import Stop
from xiezuo.config.cli.words import _

SQLITE, POSTGRES = "house.sqlite3", "house.pgdump"
PAGES = 4096  # copied at a time: 16 MB
RESTARTS = 3  # someone else's write makes the copy begin again; after so many it is done in one go


def copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own online backup: a whole and consistent copy while others go on writing."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copied:
        with click.progressbar(length=1000, label=_("Copying the database"), item_show_func=str) as bar:
            least, begun_again = None, 0

            def progress(_status: int, remaining: int, total: int) -> None:
                nonlocal least, begun_again
                if least is not None and remaining > least:
                    begun_again += 1
                least = remaining
                bar.update(max(int((total - remaining) * 1000 / max(total, 1)) - bar.pos, 0), total - remaining)
                if begun_again > RESTARTS:
                    raise InterruptedError

            try:
                live.backup(copied, pages=PAGES, progress=progress, sleep=0.01)
            except InterruptedError:
                live.backup(copied, pages=-1)
            bar.update(1000 - bar.pos)
        if copied.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Stop(_("The database file is damaged; the copy was thrown away. Restore the last good backup."))
        copied.execute("PRAGMA journal_mode=DELETE")


def tool(name: str) -> str:
    """The path of one of PostgreSQL's own programs. Raises Stop when it is not installed."""
    found = shutil.which(name) or next(iter(map(str, _beside(name))), None)
    if found is None:
        words = _("The program %(name)s is missing. Install PostgreSQL's own programs (postgresql-client).")
        raise Stop(words % {"name": name})
    return found


def _beside(name: str) -> Iterable[Path]:
    return sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)


def _postgres(database: dict[str, Any], *command: str) -> None:
    """Run one of PostgreSQL's programs on the database; the password travels in the environment, not in view."""
    environment = os.environ | {"PGPASSWORD": database["PASSWORD"]} if database["PASSWORD"] else dict(os.environ)
    where = {"--host": database["HOST"], "--port": database["PORT"], "--username": database["USER"]}
    options = [f"{name}={value}" for name, value in where.items() if value]
    done = subprocess.run(
        [command[0], *options, f"--dbname={database['NAME']}", "--no-password", *command[1:]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [command[0]])[-1]
        raise Stop(_("PostgreSQL refused: %(why)s. Nothing was changed.") % {"why": why})


def dump_postgres(database: dict[str, Any], target: Path) -> None:
    _postgres(database, tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load_postgres(database: dict[str, Any], source: Path) -> None:
    options = "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"
    _postgres(database, tool("pg_restore"), *options, str(source))


def rows() -> dict[str, int]:
    """Rows of every table that holds work; Django's own tables, and what is made anew from others, are left out."""
    from django.db import connection

    from xiezuo.common.walls import all_opened

    found = {}
    with all_opened(why="the operator counts what was saved"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("django_", "auth_", "people_findable")):
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
                found[table] = int(cursor.fetchone()[0])
    return found
