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


@dataclass
class Families:
    """`others`: person id → ids of the family → what each is to the person (empty: not known).

    `homes`: person id → addresses lived at.
    """

    others: defaultdict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    homes: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def everyone(self) -> set[int]:
        return {pk for others in self.others.values() for pk in others}

    def note(self, one: int, other: int, relation: str) -> None:
        if one != other and len(self.others[one]) < MOST:
            self.others[one].setdefault(other, relation)


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
            found.note(other, one, relation)
        if one in wanted:
            found.note(one, other, REVERSE.get(Relation(relation), ""))
    _note_guardians(found, wanted)
    _note_homes(found, wanted)
    return found


def _note_guardians(found: Families, wanted: Collection[int]) -> None:
    rows = Guardianship.objects.filter(among("ward", wanted) | among("guardian", wanted), to_on__isnull=True)
    for ward, guardian in rows.order_by("id").values_list("ward_id", "guardian_id"):
        if ward in wanted:
            found.note(ward, guardian, Relation.GUARDIAN)
        if guardian in wanted:
            found.note(guardian, ward, "")


def _note_homes(found: Families, wanted: Collection[int]) -> None:
    lived_in = HouseholdMember.objects.filter(among("person", wanted), to_on__isnull=True)
    members = HouseholdMember.objects.filter(household__in=lived_in.values("household"), to_on__isnull=True)
    together: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for home, person, relation in members.order_by("id").values_list("household_id", "person_id", "relation"):
        together[home][person] = relation
    homes = lived_in.order_by("id").values_list("household_id", "person_id", "household__address")
    for home, person, address in homes:
        for other, relation in together[home].items():
            found.note(person, other, _to_each_other(together[home][person], relation))
        if address:
            found.homes[person].append(address)


def _to_each_other(mine: str, theirs: str) -> str:
    """What another of the household is to me, when both are known by what they are to its head."""
    if mine == Relation.SELF:
        return theirs
    if theirs == Relation.SELF:
        return REVERSE.get(Relation(mine), "")
    return Relation.SIBLING if mine == theirs == Relation.CHILD else ""
