"""Learning both stages from a list in which it is known, at least of some, who is who."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain

from xiezuo.people.matching.batch.blocks import candidates
from xiezuo.people.matching.batch.codes import codes_of
from xiezuo.people.matching.batch.context import view
from xiezuo.people.matching.batch.grouping import first_stage
from xiezuo.people.matching.batch.groups import Groups
from xiezuo.people.matching.batch.learning import Care, Example, learn
from xiezuo.people.matching.batch.rarity import Rarity
from xiezuo.people.matching.batch.record import Record
from xiezuo.people.matching.batch.weights import Model, Weights, crossed

PARTS = 4
PAIRS, GROUPS = Care(single=0.5, crossed=1.5), Care(single=1.0, crossed=4.0)
Codes = tuple[str, ...]


class Lesson:
    """`who`: of each record its person, None where nobody has said. Whoever is known is known with all their records,
    so that a known and an unknown record are two people; such a pair is met from one side only and counts half."""

    def __init__(self, records: Sequence[Record], who: Sequence[str | None]) -> None:
        self.records = records
        self.who = who
        self.rarity = Rarity(records)
        self.pairs: list[tuple[int, int, Codes]] = [
            (other, at, codes_of(records[other], records[at], self.rarity))
            for at, others in candidates(records)
            for other in others
        ]

    def weights(self, known: Sequence[str | None]) -> Weights:
        """Weights of pairs, by those who are `known`."""
        weight: dict[Codes, float] = defaultdict(float)
        same: dict[Codes, float] = defaultdict(float)
        for one, other, codes in self.pairs:
            if known[one] is None and known[other] is None:
                continue
            half = known[one] is None or known[other] is None
            weight[codes] += 0.5 if half else 1.0
            same[codes] += known[one] == known[other]
        return learn([Example(crossed(codes), weight[codes], same[codes]) for codes in weight], PAIRS)

    def groups(self, weights: Weights, rules: Mapping[str, float]) -> Groups:
        """What the first stage makes of the whole list."""
        scored = ((one, other, weights.of_pair(codes)) for one, other, codes in self.pairs)
        near = ((one, other, bits) for one, other, bits in scored if bits >= rules["near_from"])
        groups = Groups(self.records, self.rarity, weights, near)
        first_stage(groups, rules)
        return groups


def train(records: Sequence[Record], who: Sequence[str | None], rules: Mapping[str, float]) -> Model:
    """The second stage learns from groups that a first stage made which had not seen their people: it meets the same
    mistakes as later, among strangers."""
    lesson = Lesson(records, who)
    examples = chain.from_iterable(
        _examples(
            lesson.groups(lesson.weights([None if _part(name) == part else name for name in who]), rules),
            [name if _part(name) == part else None for name in who],
        )
        for part in range(PARTS)
    )
    group = learn(list(examples), GROUPS)
    return Model(lesson.weights(who), group, {**rules, "learnt_among": float(len(records))})


def _part(name: str | None) -> int:
    return sha256(name.encode()).digest()[0] % PARTS if name is not None else -1


def _examples(groups: Groups, known: Sequence[str | None]) -> Iterator[Example]:
    """Every two near groups of which at least one is known."""
    for one, other in groups.near():
        whose = [Counter(known[at] for at in groups.members[group]).most_common(1)[0][0] for group in (one, other)]
        if whose != [None, None]:
            half = None in whose
            yield Example(view(groups, one, other).codes, 0.5 if half else 1.0, float(whose[0] == whose[1]))
