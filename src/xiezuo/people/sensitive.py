"""Fetching and keeping the facts behind the wall. Whoever calls has decided, or asks `sensitive_of`, which decides."""

from collections.abc import Iterable, Sequence

from xiezuo.common.bulk import save_columns, write_new
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import sections_of
from xiezuo.people.identity import id_index
from xiezuo.people.models import SENSITIVE, Person, SensitiveFacts
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section


def sensitive_of(actor: Actor, person: Person, found: Sections | None = None) -> SensitiveFacts | None:
    """The facts of a person whose sensitive part is open to the actor, an empty row where nothing is known; None for
    anyone else. They can be read on `person` from then on. `found`: what `sections_for` said of the two, if it was asked.
    """
    if found is None:
        return sensitive_of_each(actor, [person]).get(person.pk)
    return _fetched([person])[person.pk] if Section.SENSITIVE in found else None


def sensitive_of_each(actor: Actor, people: Sequence[Person]) -> dict[int, SensitiveFacts]:
    """The same for several people, by their ids; whoever is closed to the actor is not in it."""
    found = sections_of(actor, people)
    return _fetched([person for person in people if Section.SENSITIVE in found[person.pk]])


def sensitive_or_nothing(actor: Actor, person: Person) -> None:
    """For forms: the facts can be read on `person`; where they are closed to the actor they read as if nothing was known."""
    if sensitive_of(actor, person) is None:
        SensitiveFacts(person=person)  # which makes it the row of this person


def _fetched(people: Sequence[Person]) -> dict[int, SensitiveFacts]:
    fetch_sensitive(people)
    return {person.pk: person.behind for person in people}


def fetch_sensitive(people: Sequence[Person]) -> None:
    """For actions that have decided: the facts can be read and written on these people from now on."""
    with opened("people.SensitiveFacts", why="an action that has decided"):
        rows = SensitiveFacts.objects.in_bulk(list({person.pk for person in people}))
    for person in people:
        rows.setdefault(person.pk, SensitiveFacts()).person = person


def keep_sensitive(people: Iterable[Person]) -> None:
    """Write what stands behind the wall of these people, who are in the database: a row only for those of whom
    something is known."""
    rows = [_row(person) for person in people]
    told = [row for row in rows if row.says_something()]
    gone = [row for row in rows if not row.says_something() and not row._state.adding]
    with opened("people.SensitiveFacts", why="an action that has decided"):
        if told:
            SensitiveFacts.objects.bulk_create(
                told, update_conflicts=True, unique_fields=["person"], update_fields=SENSITIVE
            )
        if gone:
            SensitiveFacts.objects.filter(pk__in=[row.pk for row in gone]).delete()
    for row in gone:
        row._state.adding = True


def write_sensitive_of_new(people: Iterable[Person]) -> None:
    """The same for people who were written just now, as fast as the engine takes them."""
    told = [row for row in map(_row, people) if row.says_something()]
    with opened("people.SensitiveFacts", why="an action that has decided"):
        write_new(told)


def _row(person: Person) -> SensitiveFacts:
    row = person.behind
    row.person_id = person.pk
    return row


def id_numbers_of(people: Sequence[Person]) -> dict[int, str]:
    """For search among people whom the actor may see: id → identity number of those who have one."""
    asked = [person.pk for person in people if person.id_number_index]
    if not asked:
        return {}
    with opened("people.SensitiveFacts", why="search has found them among the people of the actor"):
        told = SensitiveFacts.objects.filter(pk__in=asked).values_list("pk", "id_number")
        return {pk: str(number) for pk, number in told}


def number_is_sealed_anew(numbers: Sequence[tuple[int, str]]) -> None:
    """The blind index follows the key of the house: (person id, identity number), in the transaction of the sealing."""
    save_columns([Person(pk=pk, id_number_index=id_index(number)) for pk, number in numbers], ["id_number_index"])
