"""Looking through the newest people of each circle of an actor, without the index.

Written as one statement by hand: put together by the model layer it takes longer than the database needs to answer it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from xiezuo.orgs.access import Actor
from xiezuo.people.finding.scrap import Scrap, Way

NEWEST = 500  # people of each circle
CIRCLES = 6  # sites of an actor whose newest people are looked through
MOST = 400  # people found
POSITION = {"sqlite": "INSTR", "postgresql": "STRPOS"}

ASSIGNED = """
    SELECT person_id FROM (SELECT person_id FROM people_assignment
    WHERE {whom} = %s AND from_on <= %s AND (to_on IS NULL OR to_on >= %s) ORDER BY id DESC LIMIT %s) AS circle
"""
EVERYONE = "SELECT person_id FROM (SELECT person_id FROM people_findable ORDER BY person_id DESC LIMIT %s) AS circle"
FITTING = "SELECT person_id, names FROM people_findable WHERE person_id IN ({circles}) AND ({ways})"
ORDER = " ORDER BY person_id DESC LIMIT %s"


def newest(actor: Actor, scrap: Scrap, on: date, *, only_own: bool = False) -> dict[int, str]:
    """Id → words of names of those whom the scrap fits in any way, among the newest of the actor's own people and, unless
    `only_own`, of each site of theirs and of everyone, as far as they see everyone."""
    circles: list[str] = []
    values: list[Any] = []
    for whom, which in _assigned_to(actor, only_own):
        circles.append(ASSIGNED.format(whom=whom))
        values += [which, on, on, NEWEST]
    if actor.everywhere and not only_own:
        circles.append(EVERYONE)
        values.append(NEWEST)
    ways = [*_fit("names", scrap.names), *_fit("names", scrap.sounds), *_fit("beside", scrap.beside)]
    asked = FITTING.format(circles=" UNION ALL ".join(circles), ways=" OR ".join(way for way, _texts in ways))
    with connection.cursor() as cursor:
        cursor.execute(asked + ORDER, [*values, *(text for _way, texts in ways for text in texts), MOST])
        return dict(cursor.fetchall())


def _assigned_to(actor: Actor, only_own: bool) -> Iterator[tuple[str, int]]:
    yield "user_id", actor.id
    if not only_own:
        for site in sorted(actor.sites)[:CIRCLES]:
            yield "site_id", site


def _fit(column: str, ways: Sequence[Way]) -> Iterator[tuple[str, list[str]]]:
    """Each way as a condition on a column, with its parameters."""
    holds = f"{POSITION[connection.vendor]}({column}, %s) > 0"
    for way in ways:
        texts = [term.text for term in way.terms] + ([way.number] if way.number else [])
        yield f"({' AND '.join([holds] * len(texts))})", texts
