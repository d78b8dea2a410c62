"""Pairs of rows that may be one human: proposed with evidence, decided by someone, never merged by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, cast

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework, must_merge, must_supervise, must_work_with, people_for
from xiezuo.people.actions.merging import check_unmerged, merge_people
from xiezuo.people.matching.batch import Model, proposals_of_house
from xiezuo.people.models import Merge, Person, PossibleDuplicate
from xiezuo.people.vocab import DuplicateState

AT_ONCE = 500  # pairs in one statement


class Proposed(Protocol):
    """Two people (ids, in either order) with the bits of evidence that they are one, and its codes."""

    @property
    def one(self) -> int: ...
    @property
    def other(self) -> int: ...
    @property
    def weight(self) -> float: ...
    @property
    def evidence(self) -> Sequence[str]: ...


@transaction.atomic
def propose_duplicates(*, by: Actor, proposals: Iterable[Proposed]) -> int:
    """Write down pairs worth looking at; gives how many are new.

    A pair that waits takes over the evidence of today. One that someone decided is left alone, and so is one whose
    rows, before they were merged into these, were said to be two people.
    """
    must_do_casework(by)
    told = {(min(p.one, p.other), max(p.one, p.other)): p for p in proposals if p.one != p.other}
    known = {(pair.one_id, pair.other_id): pair for pair in PossibleDuplicate.objects.all()}
    apart = _said_to_be_two()
    new = [
        PossibleDuplicate(one_id=one, other_id=other, weight=p.weight, evidence=list(p.evidence))
        for (one, other), p in told.items()
        if (one, other) not in known and (one, other) not in apart
    ]
    waiting = []
    for ids, pair in known.items():
        if ids in told and pair.state == DuplicateState.OPEN:
            pair.weight, pair.evidence = told[ids].weight, list(told[ids].evidence)
            waiting.append(pair)
    PossibleDuplicate.objects.bulk_create(new, batch_size=AT_ONCE)
    PossibleDuplicate.objects.bulk_update(waiting, ["weight", "evidence"], batch_size=AT_ONCE)
    happened("people.duplicates.proposed", by.user, by_id=by.id, pairs=len(new))
    return len(new)


def look_for_duplicates(*, by: Actor, model: Model | None = None) -> int:
    """Compare everyone the supervisor works with, and write down the pairs worth looking at; gives how many are new.

    Comparing takes a while (a minute for 20,000 people) and happens before the transaction that writes.
    """
    must_supervise(by)
    # What compares lists of any kind calls people by any name; of the house it calls them by their ids.
    proposals = cast("list[Proposed]", list(proposals_of_house(people_for(by), model)))
    return propose_duplicates(by=by, proposals=proposals)


def _said_to_be_two() -> set[tuple[int, int]]:
    """Pairs (older id first) of which someone said that they are two people, under the rows that stand for them now."""
    decided = PossibleDuplicate.objects.filter(state=DuplicateState.DIFFERENT)
    now_are = decided.values_list(Coalesce("one__merged_into", "one__pk"), Coalesce("other__merged_into", "other__pk"))
    return {(min(one, other), max(one, other)) for one, other in now_are}


@transaction.atomic
def name_duplicate(*, by: Actor, person: Person, other: Person) -> PossibleDuplicate:
    """Someone says that two people may be one. Nothing is decided yet; a pair decided before keeps its decision."""
    if person.pk == other.pk:
        raise RuleBroken("people.merged_with_self", _("These are not two records but one. Choose another person."))
    must_work_with(by, person, other)
    one, two = sorted((person.pk, other.pk))
    pair, new = PossibleDuplicate.objects.get_or_create(one_id=one, other_id=two)
    if new:
        happened("people.duplicate.named", person, by_id=by.id, other=other.pk)
    return pair


@transaction.atomic
def tell_apart(*, by: Actor, pair: PossibleDuplicate, state: DuplicateState, note: str = "") -> PossibleDuplicate:
    """They are two people, or nobody can say yet. Raises RuleBroken for any other word, or once they are merged."""
    if state not in {DuplicateState.DIFFERENT, DuplicateState.UNSURE}:
        raise RuleBroken("people.decision_unknown", _("Choose: the same person, two people, or not sure."))
    must_merge(by, pair.one, pair.other)
    check_unmerged(pair.one, pair.other)
    pair.state, pair.note, pair.decided_by, pair.decided_at = state, tidy(note)[:200], by.user, now()
    pair.save(update_fields=["state", "note", "decided_by", "decided_at"])
    happened("people.duplicate.decided", pair.one, by_id=by.id, other=pair.other_id, state=state)
    return pair


@transaction.atomic
def merge_pair(*, by: Actor, pair: PossibleDuplicate, keep: int, choices: Mapping[str, str]) -> Merge:
    """They are one: the row with the id `keep` stays. `choices` as for merging, the other row's facts being "other"."""
    if keep not in {pair.one_id, pair.other_id}:
        raise RuleBroken("people.keep_one_of_both", _("Choose which of the two records is kept."), field="keep")
    kept, other = (pair.one, pair.other) if keep == pair.one_id else (pair.other, pair.one)
    return merge_people(by=by, kept=kept, other=other, choices=choices, evidence=pair.evidence)
