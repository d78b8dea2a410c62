"""A wall in the database layer around tables that hold what may hurt someone.

Who may see what is decided in `access.py` of each floor. Where somebody forgets to ask, the database still refuses: a
model says `behind_wall = True`, and any SQL that names its table is refused unless the running code stands inside
`opened(...)`. Only access functions and actions that have just decided open it, and commands of the operator; a test
holds the list of them. A context is never open by default, is no other thread's, and ends with its block.

Two layers on each engine: Django's execute wrapper, and below it the driver's own (SQLite's authorizer, PostgreSQL's
cursor class), which also sees what passes Django by.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

# Of an engine that looks after its own indexes; it tells nobody what stands in a row.
UPKEEP = {sqlite3.SQLITE_ANALYZE, sqlite3.SQLITE_REINDEX}
ESCAPED = 'u&"'  # PostgreSQL: U&"people\\005fconsent"
_open: ContextVar[frozenset[str]] = ContextVar("xiezuo_walls_open", default=frozenset())


class BehindTheWall(RuntimeError):
    """SQL named `table` while nobody had decided that it may be read or written."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"{table} is behind the wall. Ask the access function that decides about it; see common/walls.py."
        )
        self.table = table


@lru_cache(maxsize=1)
def protected() -> dict[str, str]:
    """Label of each model behind the wall, in small letters, with its table; so are its own links to many others."""
    models = [model for model in apps.get_models() if getattr(model, "behind_wall", False)]
    found = {model._meta.label_lower: model._meta.db_table for model in models}
    links = [field.remote_field.through for model in models for field in model._meta.local_many_to_many]
    return found | {link._meta.label_lower: link._meta.db_table for link in links if link and link._meta.auto_created}


def around(*models: type[Model]) -> list[str]:
    """Labels of tables behind the wall that point at one of these models: whoever removes a row of it goes through them."""
    fields = [field for model in models for field in model._meta.get_fields(include_hidden=True)]
    pointing = {field.related_model for field in fields if field.auto_created and not field.concrete}
    return sorted(one._meta.label for one in pointing if isinstance(one, type) and getattr(one, "behind_wall", False))


@lru_cache(maxsize=1)
def _named() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """What to look for first, which is cheap, in small letters; and a protected table as a whole word, quoted or not.
    A name written in escapes is looked for as well: nobody can tell what it names."""
    tables = tuple(sorted(protected().values()))
    words = "|".join(sorted(map(re.escape, tables), key=len, reverse=True))
    return (*tables, ESCAPED), re.compile(rf"(?<!\w)({words})(?!\w)|(?<!\w){re.escape(ESCAPED)}")


def check(sql: str) -> None:
    """Raises BehindTheWall for SQL that names a protected table which is not open here."""
    small = sql.lower()
    first, whole = _named()
    if not any(word in small for word in first):
        return
    may = _open.get()
    for found in whole.finditer(small):
        if (table := found[1] or found[0]) not in may:
            raise BehindTheWall(table)


def is_open(table: str) -> bool:
    return table.lower() in _open.get()


@contextmanager
def opened(*models: str | Callable[[], Iterable[str]], why: str) -> Iterator[None]:
    """Inside, the tables of these models ("people.Consent") may be read and written; `why` says who decided so. A function
    names models that only the floors above know of.

    Evaluate querysets inside: one that is evaluated later is refused. Never yield inside: the caller would stand
    inside too. Raises KeyError for a model that is behind no wall.
    """
    if not why:
        raise ValueError("Whoever opens the wall says why.")
    named = [name for one in models for name in ([one] if isinstance(one, str) else one())]
    tables = {protected()[name.lower()] for name in named}
    token = _open.set(_open.get() | tables)
    try:
        yield
    finally:
        _open.reset(token)
        _forget_statements()


@contextmanager
def all_opened(*, why: str) -> Iterator[None]:
    """For migrations and commands that go through every table."""
    with opened(*protected(), why=why):
        yield


def _wall(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    check(_text(sql, context["connection"]))
    return execute(sql, params, many, context)


def _text(sql: Any, connection: Any = None) -> str:
    """SQL as text: drivers also take bytes and parts put together."""
    if isinstance(sql, str):
        return sql
    if isinstance(sql, bytes):
        return sql.decode(errors="replace")
    return str(sql.as_string(getattr(connection, "connection", None)))


def build(sender: Any, connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """Receiver of `connection_created`: every connection of every thread has both layers."""
    if _wall not in connection.execute_wrappers:
        # First in the list, for whoever adds a wrapper around a block takes the last one away again.
        connection.execute_wrappers.insert(0, _wall)
    driver = connection.connection
    if connection.vendor == "sqlite":
        driver.set_authorizer(_authorize)
    elif connection.vendor == "postgresql":
        driver.cursor_factory = _walled(driver.cursor_factory)
        driver.server_cursor_factory = _walled(driver.server_cursor_factory)


def _authorize(action: int, first: str | None, second: str | None, _schema: Any, _inside: Any) -> int:
    """Asked by SQLite for every table and column of a statement that it prepares.

    Whoever writes a row that others point at makes SQLite look for those who do, so columns that point are let
    through: they hold numbers of rows. Everything else of a protected table is refused, also writing.
    """
    pointing = _columns_that_point().get(first or "")
    if pointing is None or first in _open.get() or action in UPKEEP:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and second in pointing:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


@lru_cache(maxsize=1)
def _columns_that_point() -> dict[str, frozenset[str]]:
    """Each protected table with its columns that point at another."""
    return {
        model._meta.db_table: frozenset(
            str(f.column) for f in model._meta.concrete_fields if f.many_to_one or f.one_to_one
        )
        for model in map(apps.get_model, protected())
    }


def _forget_statements() -> None:
    """SQLite asks when it prepares a statement, and Python keeps prepared ones: setting the authorizer anew makes
    each of them be prepared, and asked about, again."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "sqlite" and connection.connection is not None:
            connection.connection.set_authorizer(_authorize)


@lru_cache(maxsize=8)
def _walled(cursor: type[Any]) -> type[Any]:
    """The driver's cursor class, which asks before it sends."""

    class Walled(cursor):
        def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            check(_text(query, self))
            return super().execute(query, *args, **kwargs)

        def executemany(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            check(_text(query, self))
            return super().executemany(query, *args, **kwargs)

        def stream(self, query: Any, *args: Any, **kwargs: Any) -> Any:
            check(_text(query, self))
            return super().stream(query, *args, **kwargs)

        def copy(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
            check(_text(statement, self))
            return super().copy(statement, *args, **kwargs)

    Walled.__name__ = f"Walled{cursor.__name__}"
    return Walled
