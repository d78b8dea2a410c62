"""From a list of records to groups: cautious pairs first, then groups with groups, with an eye on who else there is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from xiezuo.people.matching.batch.blocks import candidates
from xiezuo.people.matching.batch.codes import codes_of
from xiezuo.people.matching.batch.context import view
from xiezuo.people.matching.batch.groups import Groups
from xiezuo.people.matching.batch.rarity import Rarity
from xiezuo.people.matching.batch.record import Record
from xiezuo.people.matching.batch.weights import Model, Weights

Score = Callable[[int, int], float | None]  # of two groups: bits, or None where they must not be joined
Told = Callable[[int], None]  # hears how many more records are done


def near_pairs(
    records: Sequence[Record], rarity: Rarity, weights: Weights, least: float, told: Told
) -> Iterator[tuple[int, int, float]]:
    """Every two records that may be one person, from `least` bits on."""
    done = 0
    for at, others in candidates(records):
        told(at - done)
        done = at
        for other in others:
            bits = weights.of_pair(codes_of(records[other], records[at], rarity))
            if bits >= least:
                yield other, at, bits
    told(len(records) - done)


def first_stage(groups: Groups, rules: Mapping[str, float]) -> None:
    """Join what is all but certain, as long as no two records of a group contradict each other."""

    def score(one: int, other: int) -> float | None:
        if groups.beside[one][other] < rules["first_join"] or groups.births(one, other) > rules["most_births"]:
            return None
        bits = groups.bits(groups.pairs(one, other))
        agreed = min(bits) >= rules["first_least"] and sum(bits) >= rules["first_mean"] * len(bits)
        return max(bits) if agreed else None

    join_all(groups, score, groups.near())


def second_stage(groups: Groups, weights: Weights, rules: Mapping[str, float]) -> None:
    """Join groups that are sure enough with all that is known around them."""

    def score(one: int, other: int) -> float | None:
        if groups.births(one, other) > rules["most_births"]:
            return None
        bits = weights.total(view(groups, one, other).codes)
        return bits if bits >= rules["join_from"] else None

    joined = join_all(groups, score, groups.near())
    while joined:
        # A group that has found its place is no rival any more: those beside its neighbours may be sure now.
        around = {third for group in joined for third in groups.beside.get(group, ())}
        again = [(one, other) for one, other in groups.near() if one in around or other in around]
        joined = join_all(groups, score, again)


def join_all(groups: Groups, score: Score, pairs: Iterable[tuple[int, int]]) -> set[int]:
    """Join the two surest groups of `pairs`, look anew at those beside them, and so on until nobody is sure enough.
    Returns the groups that grew."""
    changed: dict[int, int] = defaultdict(int)
    waiting: list[tuple[float, int, int, int, int]] = []

    def offer(one: int, other: int) -> None:
        bits = score(one, other)
        if bits is not None:
            heapq.heappush(waiting, (-bits, one, other, changed[one], changed[other]))

    for one, other in pairs:
        offer(one, other)
    while waiting:
        _bits, one, other, at_one, at_other = heapq.heappop(waiting)
        both_here = one in groups.members and other in groups.members
        if both_here and (changed[one], changed[other]) == (at_one, at_other):
            kept = groups.join(one, other)
            changed[kept] += 1
            for third in list(groups.beside[kept]):
                offer(kept, third)
    return {group for group, times in changed.items() if times and group in groups.members}


def grouped(records: Sequence[Record], model: Model, told: Told = lambda _n: None) -> Groups:
    """The records of a list, put together as far as it is sure enough."""
    rarity = Rarity(records)
    weights = model.pair.among(len(records), model.rules["learnt_among"])
    near = near_pairs(records, rarity, weights, model.rules["near_from"], told)
    groups = Groups(records, rarity, weights, near)
    first_stage(groups, model.rules)
    second_stage(groups, model.group, model.rules)
    return groups
