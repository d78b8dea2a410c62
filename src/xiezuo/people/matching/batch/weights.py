"""Weights of evidence, learnt from lists in which it is known who is who; they are data (pack matching-weights)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any

from xiezuo.forms.packs import pack

CROSS = "&"


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
    _known: dict[tuple[str, ...], float] = field(default_factory=dict)

    def of_pair(self, codes: tuple[str, ...]) -> float:
        found = self._known.get(codes)
        if found is None:
            found = self._known[codes] = self.total(crossed(codes))
        return found

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


@cache
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
