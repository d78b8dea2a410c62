"""What stands on a record, for tests that look at it without being anybody."""

from collections.abc import Iterator
from contextlib import contextmanager

from xiezuo.common.walls import opened
from xiezuo.people import actions
from xiezuo.people.actions import PersonFacts
from xiezuo.people.models import Person
from xiezuo.people.sensitive import fetch_sensitive


def known(person: Person) -> Person:
    """The same row, with what stands behind the wall as it is in the database now."""
    fetch_sensitive([person])
    return person


def facts_of(person: Person) -> PersonFacts:
    return actions.facts_of(known(person))


@contextmanager
def answers_open() -> Iterator[None]:
    """Inside, a test reads and writes answers about consent past their actions."""
    with opened("people.Consent", why="a test looks at what was written"):
        yield
