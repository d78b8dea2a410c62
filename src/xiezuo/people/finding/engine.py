"""The full-text index of each engine over `people_findable`: FTS5 on SQLite, a GIN of lexemes on PostgreSQL.

Both are kept by the database itself when a row of that table is written (triggers; a generated column), hence in the same
transaction and by whatever writes it. Our tokens come ready made: no tokenizer or dictionary of the engine has a say.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.expressions import OrderBy, RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from xiezuo.people.finding.scrap import Way

# PostgreSQL gathers the hits first, and is told that they are not too many: left to guess, it walks through everyone.
SQL = {
    "sqlite": "SELECT rowid FROM people_findable_index WHERE people_findable_index MATCH %s",
    "postgresql": (
        "WITH hits AS MATERIALIZED (SELECT person_id FROM people_findable WHERE lexemes @@ %s::tsquery)"
        " SELECT person_id FROM hits ORDER BY person_id DESC LIMIT %s"
    ),
}
MOST = {"sqlite": (), "postgresql": (1000,)}  # hits; a scrap that fits more is answered from the newest people
# For the same reason it sorts what it found and does not follow the order of the key.
NEWEST_FIRST = {"sqlite": F("pk").desc(), "postgresql": (-F("pk")).asc()}
GIN = "people_findable_lexemes"
CACHE = -200_000  # kB of pages that SQLite keeps while everyone is written
MEMORY = "512MB"  # in which PostgreSQL builds its index


def _match(ways: Sequence[Way]) -> str:
    """As FTS5 reads it: ("付晓" AND "晓燕") OR ("fux"*). Within quotes nothing is an operator."""
    return " OR ".join(
        "({})".format(" AND ".join(f'"{term.word}"{"*" if term.open else ""}' for term in way.terms)) for way in ways
    )


def _tsquery(ways: Sequence[Way]) -> str:
    """As PostgreSQL reads it: ('付晓' & '晓燕') | ('fux':*)."""
    return " | ".join(
        "({})".format(" & ".join(f"'{term.word}'{':*' if term.open else ''}" for term in way.terms)) for way in ways
    )


def hits(ways: Sequence[Way]) -> RawSQL:
    """Ids of persons one of `ways` (not empty) fits, as the index tells them, at most MOST; for `pk__in`."""
    query = _match(ways) if connection.vendor == "sqlite" else _tsquery(ways)
    return RawSQL(SQL[connection.vendor], [query, *MOST[connection.vendor]])


def newest_first() -> OrderBy:
    return NEWEST_FIRST[connection.vendor]


def fits(column: str, ways: Sequence[Way]) -> Q:
    """The same question asked of the words in a column, without the index: of few rows, or to be exact about numbers."""
    whole = Q()
    for way in ways:
        one = Q(_holds(column, way.number)) if way.number else Q()
        for term in way.terms:
            one &= Q(_holds(column, term.text))
        whole |= one
    return whole


def _holds(column: str, text: str) -> GreaterThan:
    return GreaterThan(StrIndex(column, Value(text)), Value(0))


@contextmanager
def built_anew() -> Iterator[None]:
    """The table is emptied; write everyone inside. Inside a transaction."""
    with connection.cursor() as cursor:
        yield from _on_sqlite(cursor) if connection.vendor == "sqlite" else _on_postgresql(cursor)


def _on_sqlite(cursor: Any) -> Iterator[None]:
    """Emptied at once and not row by row, and indexed at once: half the time of triggers that fire for each row."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'people_findable'")
    triggers = cursor.fetchall()
    cursor.execute("PRAGMA cache_size")
    (cache,) = cursor.fetchone()
    cursor.execute(f"PRAGMA cache_size = {CACHE}")
    for name, _sql in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    cursor.execute("DELETE FROM people_findable")
    yield
    cursor.execute("INSERT INTO people_findable_index(people_findable_index) VALUES('rebuild')")
    for _name, sql in triggers:
        cursor.execute(sql)
    cursor.execute(f"PRAGMA cache_size = {cache}")


def _on_postgresql(cursor: Any) -> Iterator[None]:
    """An index over all rows is built faster than one that grows with each. The pointers to persons are checked at once:
    with checks still waiting PostgreSQL alters no table."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [GIN])
    (definition,) = cursor.fetchone()
    cursor.execute(f"DROP INDEX {GIN}")
    cursor.execute("TRUNCATE people_findable")
    yield
    cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
    cursor.execute(definition)
    # Very many new people may have come with their words; a plan made for few would walk through all of them.
    cursor.execute("ANALYZE people_findable, people_person")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def forget_words() -> None:
    """On SQLite the index keeps words of rows that are gone until it is put together anew; outside a transaction."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO people_findable_index(people_findable_index) VALUES('optimize')")
