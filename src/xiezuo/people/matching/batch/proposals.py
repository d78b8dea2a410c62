"""Two records that may be one human being, with weight and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from xiezuo.people.matching.batch.context import View, view
from xiezuo.people.matching.batch.groups import Groups
from xiezuo.people.matching.batch.ranks import RARITY, field_of
from xiezuo.people.matching.batch.weights import Model

Ref = int | str
FEW, MANY = ("bearers_0", "bearers_1"), ("bearers_4", "bearers_5", "bearers_6")  # at most one other; from eight on


@dataclass(frozen=True, slots=True)
class Proposal:
    """`one` and `other` as their owner calls them; `weight` in bits, 0 as likely as not; `evidence`: codes that
    `reason_words` puts into words."""

    one: Ref
    other: Ref
    weight: float
    evidence: tuple[str, ...]


def together(groups: Groups, model: Model) -> Iterator[Proposal]:
    """Every two records that were put together."""
    for members in groups.members.values():
        for one, other in combinations(sorted(members), 2):
            (codes,) = groups.codes([one], [other])
            weight = max(model.pair.of_pair(codes), model.rules["join_from"])
            yield _proposal(groups, one, other, weight, codes)


def to_look_at(groups: Groups, model: Model) -> Iterator[Proposal]:
    """Groups that may be one human being, each pair of groups by its two most alike records; the reasons are those of
    all their records."""
    for one, other in groups.near():
        seen = view(groups, one, other)
        weight = model.group.total(seen.codes)
        if weight >= model.rules["review_from"]:
            yield _of_groups(groups, one, other, weight, seen)


def _of_groups(groups: Groups, one: int, other: int, weight: float, seen: View) -> Proposal:
    at = seen.bits.index(max(seen.bits))
    many = len(groups.members[other])
    record, others = groups.members[one][at // many], groups.members[other][at % many]
    against = (code for field, code in seen.worst.items() if code != seen.best[field])
    codes = (*seen.best.values(), *against, *(["rivalled"] if seen.rivalled else []))
    return _proposal(groups, record, others, weight, codes)


def _proposal(groups: Groups, one: int, other: int, weight: float, codes: tuple[str, ...]) -> Proposal:
    refs = groups.records[one].ref, groups.records[other].ref
    return Proposal(*refs, round(weight, 2), evidence_of(codes))


def evidence_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that people are told; of rarity whether few or many bear the name."""
    told = [code for code in codes if field_of(code) not in RARITY]
    if "name_called_same" in codes:
        return tuple(told)
    if any(code in FEW for code in codes):
        told.append("name_rare")
    if any(code in MANY for code in codes):
        told.append("name_common")
    return tuple(told)
