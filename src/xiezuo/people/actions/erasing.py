"""Erasing: of a person nothing stays but that someone was counted."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import local
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.sweeping import nothing_left_behind, sweep
from xiezuo.common.walls import all_opened
from xiezuo.people.ending import texts_to_read
from xiezuo.people.erased import ErasedList, keep_list, not_erased_yet
from xiezuo.people.erasing import MASK, Erasing, empty_of, ends, make_vague, traces_of
from xiezuo.people.finding.engine import forget_words
from xiezuo.people.finding.family import families_of
from xiezuo.people.finding.index import index_people
from xiezuo.people.models import Person
from xiezuo.people.sensitive import fetch_sensitive

# What an erased row keeps: that it was someone, written down in some month, who is told from others and counted.
STAY = frozenset(
    {"id", "key", "sex", "born_on", "born_precision", "for_testing", "came_from", "recorded_by", "merged_into"}
)


@transaction.atomic
def erase_person(*, by_id: int | None, person: int, on: date, destruction: int | None = None) -> int:
    """Erase a human (the id of the row that is kept, with every row merged into it); how many rows were emptied or removed.

    Only what approved it calls this: a destruction, or the list of those who were erased after a backup. Raises
    RuleBroken for someone with an open login. The list of the erased follows once the transaction has ended well.
    """
    rows = _held(person)
    ids = [row.pk for row in rows]
    family = families_of(ids).everyone() - set(ids)
    fetch_sensitive(rows)
    erasing = Erasing(rows, on, traces_of(rows), family)
    for row in rows:
        make_vague(row)
    with all_opened(why="what approved the erasing goes through every table"):
        for way in ends():
            way.erase(erasing)
    for row in rows:
        _empty(row, on)
    index_people((), and_once=family)
    happened("people.person.erased", rows[0], by_id=by_id, merged=ids[1:], rows=erasing.rows, destruction=destruction)
    transaction.on_commit(keep_list)
    return erasing.rows + len(rows)


def _held(person: int) -> list[Person]:
    """Every row of the human, the kept one first, in the hand of this transaction."""
    found = Person.objects.select_for_update().filter(Q(pk=person) | Q(merged_into=person)).order_by("pk")
    rows = sorted(found, key=lambda row: row.pk != person)
    if any(row.user is not None and row.user.is_active for row in rows):
        raise RuleBroken(
            "people.erased_with_a_login",
            _("This person has an open account in the house. The system administrator closes it first."),
        )
    return rows


def _empty(row: Person, on: date) -> None:
    fields = [field.name for field in Person._meta.concrete_fields if field.name not in STAY]
    values = {name: empty_of(Person, name) for name in fields}
    kept = {name: getattr(row, name) for name in ("sex", "born_on", "born_precision")}
    month = local(row.recorded_at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    Person.objects.filter(pk=row.pk).update(**values | kept | {"nickname": MASK, "erased_on": on, "recorded_at": month})


@dataclass(frozen=True)
class Again:
    """Who was erased again after a backup was restored, and the records in which a human has to look for their names."""

    people: int
    texts: list[str]


def erase_again(told: ErasedList) -> Again:
    """Erase whoever stands in the list and came back with a backup, each on their day; before anybody opens the house.

    In an older backup rows may stand alone that were merged later; each stands in the list by itself.
    """
    back = list(not_erased_yet(told))
    texts: set[str] = set()
    humans = Person.objects.filter(pk__in=back)
    day = max(told.people.values(), default=date.min)
    done = 0
    with nothing_left_behind():
        for pk, merged in humans.order_by("pk").values_list("pk", "merged_into"):
            if merged is None:
                texts |= {*texts_to_read([pk]).get(pk, [])}
                erase_person(by_id=None, person=pk, on=day)
                done += 1
    if done:
        clean_up()
    return Again(done, sorted(texts))


def clean_up() -> None:
    """After erasing: the database files are written anew, so that nothing is left in their free pages."""
    forget_words()
    sweep()
