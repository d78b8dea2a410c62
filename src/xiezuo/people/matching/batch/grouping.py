"""From a list of records to groups: cautious pairs first, then groups with groups, with an eye on who else there is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

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
        if groups.beside[one][other] < rules["first_join"]:
            return None
        bits = groups.bits(groups.pairs(one, other))
        agreed = min(bits) >= rules["first_least"] and sum(bits) >= rules["first_mean"] * len(bits)
        return max(bits) if agreed else None

    join_all(groups, score)


def second_stage(groups: Groups, weights: Weights, least: float) -> None:
    def score(one: int, other: int) -> float | None:
        bits = weights.total(view(groups, one, other).codes)
        return bits if bits >= least else None

    # A group that has found its place is no rival any more: others may be sure now.
    while join_all(groups, score):
        pass


def join_all(groups: Groups, score: Score) -> int:
    """Join the two surest groups, look anew at those beside them, and so on until nobody is sure enough. Returns how
    often it joined."""
    joined = 0
    changed: dict[int, int] = defaultdict(int)
    waiting: list[tuple[float, int, int, int, int]] = []

    def offer(one: int, other: int) -> None:
        bits = score(one, other)
        if bits is not None:
            heapq.heappush(waiting, (-bits, one, other, changed[one], changed[other]))

    for one, other in groups.near():
        offer(one, other)
    while waiting:
        _bits, one, other, at_one, at_other = heapq.heappop(waiting)
        both_here = one in groups.members and other in groups.members
        if both_here and (changed[one], changed[other]) == (at_one, at_other):
            kept = groups.join(one, other)
            changed[kept] += 1
            joined += 1
            for third in list(groups.beside[kept]):
                offer(kept, third)
    return joined


def grouped(records: Sequence[Record], model: Model, told: Told = lambda _n: None) -> Groups:
    """The records of a list, put together as far as it is sure enough."""
    rarity = Rarity(records)
    near = near_pairs(records, rarity, model.pair, model.rules["near_from"], told)
    groups = Groups(records, rarity, model.pair, near)
    first_stage(groups, model.rules)
    second_stage(groups, model.group, model.rules["join_from"])
    return groups
