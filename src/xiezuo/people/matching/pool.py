"""Those who are known, and the few of them who may be the one described."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from xiezuo.common.days import today
from xiezuo.forms.packs import pack
from xiezuo.forms.packs.deriving import derived
from xiezuo.people.matching.evidence import evidence, family_explains
from xiezuo.people.matching.sketch import Sketch

Ref = int | str  # whatever the owner of the pool calls those in it
# Evidence whose rarity is counted among the people of the house: a common name tells less.
COUNTED = {"name_same": "s", "name_variant": "s", "name_sound": "s", "phone_same": "p"}
AGREEING_NAMES = ("name_same", "name_variant")


@dataclass(frozen=True, slots=True)
class Alike:
    """Someone known who may be the one described. `certain`: same identity number and the name agrees."""

    ref: Ref
    weight: float  # bits
    evidence: tuple[str, ...]
    certain: bool


@derived
def _bits() -> dict[str, float]:
    return {code: log2(e["same"] / e["different"]) for code, e in pack("matching-default")["evidence"].items()}


@derived
def _shares() -> dict[str, dict[str, float]]:
    return dict(pack("matching-default")["evidence"])


@derived
def _rules() -> dict[str, Any]:
    return dict(pack("matching-default")["rules"])


def family_until_age() -> int:
    """Below this age a telephone and an address belong to the family."""
    return int(_rules()["family_until_age"])


class Pool:
    """`size`: how many people there are in all, those included who are not in the pool because nothing of theirs fits.

    What is added later is found by those asked for after it.
    """

    def __init__(self, size: int = 0, on: date | None = None) -> None:
        self.size = size
        self.on = on or today()
        self._sketches: dict[Ref, Sketch] = {}
        self._blocks: dict[str, list[Ref]] = defaultdict(list)

    def __contains__(self, ref: Ref) -> bool:
        return ref in self._sketches

    def add(self, ref: Ref, sketch: Sketch, *, counted: bool = False) -> None:
        """`counted`: the pool's size counts this one already."""
        self._sketches[ref] = sketch
        self.size += 0 if counted else 1
        for key in sketch.keys:
            self._blocks[key].append(ref)

    def alike(self, sketch: Sketch) -> list[Alike]:
        """Those who are certainly or perhaps the one described, the likeliest first; few or none."""
        blocks = {key: self._blocks[key] for key in sketch.keys if key in self._blocks}
        largest = _rules()["largest_block"]
        refs = {ref for block in blocks.values() if len(block) <= largest for ref in block}
        if not refs:
            return []
        found = [alike for ref in refs if (alike := self._compare(ref, sketch, blocks)) is not None]
        # Who is here under exactly this name makes those who are only alike improbable.
        if any(_agrees(alike) for alike in found):
            found = [alike for alike in found if _agrees(alike) or alike.certain]
        found.sort(key=lambda alike: (-alike.certain, -alike.weight, str(alike.ref)))
        return found[: _rules()["at_most"]]

    def _compare(self, ref: Ref, sketch: Sketch, blocks: dict[str, list[Ref]]) -> Alike | None:
        other = self._sketches[ref]
        if sketch.home and sketch.home == other.home:
            return None
        codes = evidence(sketch, other)
        if family_explains(codes, sketch, other, self.on, family_until_age()):
            return None
        certain = "id_same" in codes and any(name in codes for name in AGREEING_NAMES)
        if "name_differs" in codes and "id_same" not in codes:
            return None
        weight = self._weigh(codes, sketch, blocks)
        if certain or weight >= _rules()["propose_from"]:
            return Alike(ref, round(weight, 2), tuple(codes), certain)
        return None

    def _weigh(self, codes: list[str], sketch: Sketch, blocks: dict[str, list[Ref]]) -> float:
        bits = _bits()
        weight = -log2(max(self.size, 1))
        for code in codes:
            if code in COUNTED:
                key = f"s{sketch.sound}" if COUNTED[code] == "s" else f"p{sketch.phone}"
                weight += self._rarity(code, len(blocks.get(key, ())))
            else:
                weight += bits[code]
        return weight

    def _rarity(self, code: str, known: int) -> float:
        """Bits of an agreement that `known` people of the house share: their share beside the default one."""
        share, stands_for = _shares()[code], _rules()["default_counts_as"]
        others = max(known - 1, 0)
        return log2(share["same"] * (self.size + stands_for) / (others + share["different"] * stands_for))


def _agrees(alike: Alike) -> bool:
    return any(name in alike.evidence for name in AGREEING_NAMES)
