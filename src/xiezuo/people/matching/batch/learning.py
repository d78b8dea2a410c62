"""Logistic regression over codes: weights by which what was seen becomes as probable as it was true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from random import Random

from xiezuo.people.matching.batch.weights import CROSS, Weights

SEED = 20030101  # the same list gives the same weights


@dataclass(frozen=True, slots=True)
class Example:
    """`weight`: how many such pairs; `same`: how many of them are one human being."""

    codes: Sequence[str]
    weight: float
    same: float


@dataclass(frozen=True, slots=True)
class Care:
    """How cautiously is learnt. `single` and `crossed`: how strongly weights of codes, and of two codes together, are
    held back towards 0, which is a back-off from rare crossings to their parts. Codes that stand in fewer than `seen`
    examples get none."""

    single: float
    crossed: float
    seen: int = 3
    rounds: int = 40
    pace: float = 0.3


def learn(examples: Sequence[Example], care: Care) -> Weights:
    """Weights in bits, learnt example by example with a pace that slows down for each code (AdaGrad)."""
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update(example.codes)
    places = {code: n for n, code in enumerate((c for c, times in counts.items() if times >= care.seen), start=1)}
    held = [0.0] + [_held(code, counts[code], care) for code in places]
    found, speed = [0.0] * len(held), [1e-6] * len(held)
    rows = [([0, *(places[c] for c in e.codes if c in places)], e.weight, e.same) for e in examples]
    order = Random(SEED)
    for _round in range(care.rounds):
        order.shuffle(rows)
        for at, weight, same in rows:
            total = 0.0
            for n in at:
                total += found[n]
            wrong = weight / (1 + exp(-total)) - same if total > -700 else -same
            for n in at:
                slope = wrong + held[n] * found[n]
                speed[n] += slope * slope
                found[n] -= care.pace * slope / sqrt(speed[n])
    bits = {code: round(found[n] / log(2), 2) for code, n in places.items()}
    return Weights(round(found[0] / log(2), 2), {code: b for code, b in bits.items() if abs(b) >= 0.02})


def _held(code: str, times: int, care: Care) -> float:
    return (care.crossed if CROSS in code else care.single) / times
