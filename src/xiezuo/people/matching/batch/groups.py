"""Records put together, so far, as those of one human being."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from xiezuo.people.matching.batch.births import Birth
from xiezuo.people.matching.batch.codes import codes_of
from xiezuo.people.matching.batch.names import Name
from xiezuo.people.matching.batch.rarity import Rarity
from xiezuo.people.matching.batch.record import Record
from xiezuo.people.matching.batch.weights import Weights

Near = Iterable[tuple[int, int, float]]  # two records by their places in the list, and bits


class Groups:
    """Every record is a group of its own at first. `beside`: the groups near each group, with the bits of their most
    alike records."""

    def __init__(self, records: Sequence[Record], rarity: Rarity, weights: Weights, near: Near) -> None:
        self.records = records
        self.rarity = rarity
        self.weights = weights
        self.members: dict[int, list[int]] = {at: [at] for at in range(len(records))}
        self.beside: dict[int, dict[int, float]] = defaultdict(dict)
        for one, other, bits in near:
            self.beside[one][other] = self.beside[other][one] = bits
        self._bearing: dict[str, set[int]] = defaultdict(set)
        self._at_phone: dict[str, set[int]] = defaultdict(set)
        for at, record in enumerate(records):
            if record.name.full:
                self._bearing[record.name.plain].add(at)
            if record.phone:
                self._at_phone[record.phone].add(at)

    def pairs(self, one: int, other: int) -> list[tuple[str, ...]]:
        """The codes of each record of one group with each of the other."""
        return self.codes(self.members[one], self.members[other])

    def codes(self, ones: Sequence[int], others: Sequence[int]) -> list[tuple[str, ...]]:
        return [codes_of(self.records[a], self.records[b], self.rarity) for a in ones for b in others]

    def bits(self, pairs: Iterable[tuple[str, ...]]) -> list[float]:
        return [self.weights.of_pair(codes) for codes in pairs]

    def join(self, one: int, other: int) -> int:
        """Put two groups together; returns the group that stays."""
        kept, gone = (one, other) if len(self.members[one]) >= len(self.members[other]) else (other, one)
        for at in self.members[gone]:
            record = self.records[at]
            for places, key in ((self._bearing, record.name.plain), (self._at_phone, record.phone)):
                if gone in places.get(key, ()):
                    places[key].discard(gone)
                    places[key].add(kept)
        self.members[kept] += self.members.pop(gone)
        for third, bits in self.beside.pop(gone, {}).items():
            del self.beside[third][gone]
            if third != kept:
                most = max(bits, self.beside[kept].get(third, bits))
                self.beside[kept][third] = self.beside[third][kept] = most
        return kept

    def name_of(self, group: int) -> tuple[Name | None, int]:
        """The name most of its records bear, and how many do; None where they only have forms of address."""
        names = Counter(name for at in self.members[group] if (name := self.records[at].name).full)
        return names.most_common(1)[0] if names else (None, 0)

    def birth_of(self, group: int) -> tuple[Birth | None, int]:
        """The birth date most of its records have, and how many do."""
        births = Counter(birth for at in self.members[group] if (birth := self.records[at].birth) and birth[2])
        return births.most_common(1)[0] if births else (None, 0)

    def births(self, one: int, other: int) -> int:
        """How many different days of birth the records of both tell."""
        told = (self.records[at].birth for group in (one, other) for at in self.members[group])
        return len({birth for birth in told if birth and birth[2]})

    def namesakes(self, one: int, other: int) -> int:
        """How many other groups bear the name of either."""
        names = {name.plain for group in (one, other) if (name := self.name_of(group)[0])}
        return max((len(self._bearing[name] - {one, other}) for name in names), default=0)

    def sharing_phone(self, one: int, other: int) -> set[int]:
        """Other groups at a telephone that both have."""
        phones = [{self.records[at].phone for at in self.members[group]} for group in (one, other)]
        found: set[int] = set()
        for phone in (phones[0] & phones[1]) - {""}:
            found |= self._at_phone[phone]
        return found - {one, other}

    def rival(self, one: int, other: int) -> float | None:
        """Bits of whoever else is nearest to either of the two without being near both."""
        beside, across = self.beside[one], self.beside[other]
        others = [bits for third, bits in beside.items() if third != other and across.get(third, -1.0) <= 0]
        others += [bits for third, bits in across.items() if third != one and beside.get(third, -1.0) <= 0]
        return max(others, default=None)

    def near(self) -> list[tuple[int, int]]:
        """Every two groups that are near."""
        return [(one, other) for one, near in self.beside.items() for other in near if one < other]
