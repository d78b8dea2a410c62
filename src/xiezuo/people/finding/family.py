"""Whose names find whom: the people one is tied to or lives with today."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from xiezuo.people.models import Guardianship, HouseholdMember, Relationship
from xiezuo.people.vocab import Relation

MOST = 12  # of one family; a household of very many strangers is a dormitory
# What one is to the other, where it follows from what the other is to the one.
REVERSE = {
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
    Relation.SPOUSE: Relation.SPOUSE,
    Relation.SIBLING: Relation.SIBLING,
}
Pairs = dict[int, str]  # person id → relation


@dataclass
class Families:
    """`ties`: person id → what others are to them (empty: not known). `homes`: household id → members and what each is
    to its head. `lives_in`: person id → households; `addresses`: household id → address."""

    ties: dict[int, Pairs] = field(default_factory=dict)
    homes: defaultdict[int, Pairs] = field(default_factory=lambda: defaultdict(dict))
    lives_in: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[int, str] = field(default_factory=dict)

    def everyone(self) -> set[int]:
        return {pk for ties in self.ties.values() for pk in ties} | {pk for home in self.homes.values() for pk in home}

    def of(self, person: int) -> list[int]:
        """Ids of the family of one person, those tied to them first."""
        found = [*self.ties.get(person, ())]
        for home in self.lives_in.get(person, ()):
            found += [pk for pk in self.homes[home] if pk != person]
        return found[:MOST]

    def relation(self, person: int, other: int) -> str:
        """What `other` is to `person`; empty where it is not known."""
        if (tie := self.ties.get(person, {}).get(other)) is not None:
            return tie
        told = (_to_each_other(home[person], home[other]) for home in self._shared(person, other))
        return next(told, "")

    def _shared(self, person: int, other: int) -> list[Pairs]:
        return [self.homes[home] for home in self.lives_in.get(person, ()) if other in self.homes[home]]

    def addresses_of(self, person: int) -> list[str]:
        return [self.addresses[home] for home in self.lives_in.get(person, ()) if self.addresses[home]]


def among(field: str, people: Collection[int]) -> Q:
    """That `field` is one of these persons (ids); a range is asked as one, for a list of thousands takes long to read."""
    if isinstance(people, range):
        return Q(**{f"{field}__gte": people.start, f"{field}__lt": people.stop})
    return Q(**{f"{field}__in": people})


def families_of(people: Collection[int]) -> Families:
    """The families of these persons (ids), in four queries however many they are."""
    found, wanted = Families(), people if isinstance(people, range) else set(people)
    ties = Relationship.objects.filter(among("person", wanted) | among("other", wanted), to_on__isnull=True)
    for one, other, relation in ties.order_by("id").values_list("person_id", "other_id", "relation"):
        if other in wanted:
            found.ties.setdefault(other, {})[one] = relation
        if one in wanted:
            found.ties.setdefault(one, {}).setdefault(other, REVERSE.get(Relation(relation), ""))
    _note_guardians(found, wanted)
    lived_in = HouseholdMember.objects.filter(among("person", wanted), to_on__isnull=True)
    for home, person, address in lived_in.order_by("id").values_list("household_id", "person_id", "household__address"):
        found.lives_in[person].append(home)
        found.addresses[home] = address
    members = HouseholdMember.objects.filter(household__in=lived_in.values("household"), to_on__isnull=True)
    for home, person, relation in members.order_by("id").values_list("household_id", "person_id", "relation"):
        found.homes[home][person] = relation
    return found


def _note_guardians(found: Families, wanted: Collection[int]) -> None:
    rows = Guardianship.objects.filter(among("ward", wanted) | among("guardian", wanted), to_on__isnull=True)
    for ward, guardian in rows.order_by("id").values_list("ward_id", "guardian_id"):
        if ward in wanted:
            found.ties.setdefault(ward, {}).setdefault(guardian, Relation.GUARDIAN)
        if guardian in wanted:
            found.ties.setdefault(guardian, {}).setdefault(ward, "")


def _to_each_other(mine: str, theirs: str) -> str:
    """What another of the household is to me, when both are known by what they are to its head."""
    if mine == Relation.SELF:
        return theirs
    if theirs == Relation.SELF:
        return REVERSE.get(Relation(mine), "")
    return Relation.SIBLING if mine == theirs == Relation.CHILD else ""
