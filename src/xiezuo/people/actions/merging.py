"""Two rows, one human: they become one, and two again when that was wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_merge
from xiezuo.people.actions.joining import joined
from xiezuo.people.actions.moving import Book, move_everything
from xiezuo.people.finding.family import families_of
from xiezuo.people.finding.index import index_people
from xiezuo.people.following import walled, ways
from xiezuo.people.models import Merge, Person, PossibleDuplicate
from xiezuo.people.search import keep_findable
from xiezuo.people.sensitive import fetch_sensitive, keep_sensitive
from xiezuo.people.vocab import DuplicateState


def both_held(kept: int, other: int) -> tuple[Person, Person]:
    """Both rows, in the hand of this transaction: nobody else writes to them until it ends."""
    held = Person.objects.select_for_update().filter(pk__in=[kept, other]).order_by("pk")
    people = {person.pk: person for person in held}
    return people[kept], people[other]


@transaction.atomic
@opened(walled, why="the answers of two rows that become one follow")
def merge_people(
    *,
    by: Actor,
    kept: Person,
    other: Person,
    choices: Mapping[str, str] | None = None,
    evidence: Iterable[str] = (),
) -> Merge:
    """`other` is the same human as `kept`: what was written of both becomes one history.

    The kept row's facts stay; what is empty in it is filled, and where both differ `choices` says which holds
    (`people.actions.joining`). Nothing of the other row is changed or lost: it is no longer shown. Raises NotAllowed unless
    the actor works with both, RuleBroken for a row that was merged already or for one and the same.
    """
    if kept.pk == other.pk:
        raise RuleBroken("people.merged_with_self", _("These are not two records but one. Choose another person."))
    kept, other = both_held(kept.pk, other.pk)
    check_unmerged(kept, other)
    must_merge(by, kept, other)
    fetch_sensitive([kept, other])
    if kept.user_id and other.user_id:
        raise RuleBroken(
            "people.merge_of_two_logins",
            _("Both have a login of their own, so they cannot become one. Ask the system administrator to close one."),
        )
    family = families_of([other.pk]).everyone()
    merge = Merge.objects.create(kept=kept, other=other, by=by.user, evidence=list(evidence), ends=_ends())
    book = Book(merge)
    if other.user_id:
        login = other.user_id
        book.change(other, {"user_id": None})
        book.change(kept, {"user_id": login})
    change_facts(book, kept, joined(kept, other, choices or {}))
    move_everything(book, kept.pk, other.pk)
    book.change(other, {"merged_into_id": kept.pk})
    book.close()
    index_people([kept.pk, other.pk], and_once=family)
    decided(by, kept.pk, other.pk, DuplicateState.SAME)
    happened("people.person.merged", kept, by_id=by.id, other=other.pk, merge=merge.pk)
    return merge


def decided(by: Actor, kept: int, other: int, state: DuplicateState) -> None:
    """What was decided about the two stands with the pair, so that it is not asked again."""
    one, two = sorted((kept, other))
    said = {"state": state, "decided_by": by.user, "decided_at": now()}
    PossibleDuplicate.objects.update_or_create(one_id=one, other_id=two, defaults=said)


def check_unmerged(*people: Person) -> None:
    """Raises RuleBroken where one of them is no longer shown by itself; this also keeps merges from going round."""
    for person in people:
        if person.merged_into_id:
            raise RuleBroken(
                "people.merged_already",
                _("%(name)s was merged already. Open the record that was kept, and go on from there.")
                % {"name": person},
                kept=person.merged_into_id,
            )


def change_facts(book: Book, person: Person, values: dict[str, Any]) -> None:
    """Facts of the kept row, and what it is found by."""
    if not values:
        return
    book.change(person, values)
    keep_findable(person)
    person.save()
    keep_sensitive([person])


def _ends() -> dict[str, int]:
    """The highest id of every table whose rows follow: whatever is written from now on lies above."""
    tables = {way.counted_by._meta.label_lower: way.counted_by for way in ways() if not way.stays}
    return {name: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for name, model in tables.items()}
