"""Weights of evidence, learnt from lists in which it is known who is who; they are data (pack matching-weights)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import log2
from typing import Any

from xiezuo.forms.packs import pack
from xiezuo.forms.packs.deriving import derived

CROSS = "&"
# Agreements that say themselves how many others share them. Whatever else agrees by chance does so more often, the more
# people a list has.
COUNTED = {
    *("name_same", "name_variant", "name_sound", "name_spelled", "name_near", "name_turned", "id_same", "id_near"),
    *("phone_same", "phone_of_two", "phone_of_three", "phone_of_few", "phone_of_many", "phone_near"),
}


def crossed(codes: Iterable[str]) -> list[str]:
    """The codes, and every two of them together: a same birth date means less where only the name is alike."""
    single = list(codes)
    return single + [f"{a}{CROSS}{b}" for a, b in combinations(single, 2)]


@dataclass(slots=True)
class Weights:
    """`bits` of each code or pair of codes that was seen often enough; the others say nothing. 0 in all: as likely as
    not that both are one human being."""

    start: float
    bits: Mapping[str, float]
    chance: float = 0.0  # bits taken off what agrees by chance more often than where the weights were learnt
    _known: dict[tuple[str, ...], float] = field(default_factory=dict)

    def of_pair(self, codes: tuple[str, ...]) -> float:
        found = self._known.get(codes)
        if found is None:
            by_chance = 0.0 if COUNTED.intersection(codes) else self.chance
            found = self._known[codes] = self.total(crossed(codes)) - by_chance
        return found

    def among(self, people: int, learnt_among: float) -> Weights:
        """The same weights for a list of so many people, if they are more than those of whom it was learnt."""
        return Weights(self.start, self.bits, max(0.0, log2(max(people, 1) / learnt_among)))

    def total(self, codes: Iterable[str]) -> float:
        get = self.bits.get
        return self.start + sum(get(code, 0.0) for code in codes)


@dataclass(frozen=True, slots=True)
class Model:
    """`pair` weighs two records by themselves, `group` two groups of records with what stands around them.
    `rules`: from how many bits on something is done."""

    pair: Weights
    group: Weights
    rules: Mapping[str, float]


def model_from(written: Mapping[str, Any]) -> Model:
    """Raises KeyError where a part is missing."""
    pair, group = (Weights(written[part]["start"], written[part]["bits"]) for part in ("pair", "group"))
    return Model(pair, group, written["rules"])


@derived
def shipped_model() -> Model:
    return model_from(pack("matching-weights"))


def model_as_toml(model: Model) -> str:
    """The parts of a pack of weights: rules, then each stage with its strongest codes first."""
    lines = ["[rules]", *(f"{name} = {float(bits)}" for name, bits in model.rules.items())]
    for part, weights in (("pair", model.pair), ("group", model.group)):
        lines += ["", f"[{part}]", f"start = {weights.start}", "", f"[{part}.bits]"]
        strongest = sorted(weights.bits.items(), key=lambda item: (-abs(item[1]), item[0]))
        lines += [f'"{code}" = {bits}' for code, bits in strongest]
    return "\n".join(lines) + "\n"
