"""Who someone's family is, as far as it is written down: up to three generations, for a picture of it.

From the household and from relationships; beyond the person themselves only where the family part of a relative's file is
open to whoever looks. Nothing is guessed but this: a child of the head of a household is also the child of the spouse who
lives there, unless another parent is written down.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_open, people_for, sections_of
from xiezuo.people.models import HouseholdMember, Person, Relationship
from xiezuo.people.vocab import Relation, Section

ROUNDS = 2  # how often relatives of relatives are looked for
REACH = 2  # generations above and below
MOST = 40
OFFSET = {Relation.PARENT: -1, Relation.GRANDPARENT: -2, Relation.CHILD: 1, Relation.SPOUSE: 0, Relation.SIBLING: 0}


@dataclass(frozen=True)
class Edge:
    """`one` stands `offset` generations below `other` (above: less than 0), as their `relation`."""

    one: int
    other: int
    relation: Relation
    ended: bool = False

    @property
    def offset(self) -> int:
        return OFFSET[self.relation]


@dataclass
class Kinship:
    """`generations` count down from the eldest, 0; `living`: who lives with the person; `known`: whom the actor may know."""

    people: dict[int, Person]
    generations: dict[int, int]
    known: set[int]
    living: set[int] = field(default_factory=set)
    couples: list[tuple[int, int]] = field(default_factory=list)
    parted: set[tuple[int, int]] = field(default_factory=set)
    children: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    siblings: list[tuple[int, int]] = field(default_factory=list)
    relations: dict[int, Relation] = field(default_factory=dict)


def kinship_of(actor: Actor, person: Person) -> Kinship:
    """Raises SectionClosed where the family part of the file is closed to the actor."""
    must_open(actor, person, Section.FAMILY)
    living, at_home = _household(person)
    edges = _related(actor, person, living) + at_home
    generations = _generations(person.pk, edges, living)
    people = Person.objects.filter(merged_into__isnull=True, erased_on__isnull=True).in_bulk([*generations])
    generations = {pk: n for pk, n in generations.items() if pk in people}
    eldest = min(generations.values())
    found = Kinship(
        people=people,
        generations={pk: n - eldest for pk, n in generations.items()},
        known=set(people_for(actor).filter(pk__in=people).values_list("pk", flat=True)),
        living={pk for pk in living if pk in people},
    )
    _tie(found, [edge for edge in edges if _fits(edge, found.generations)], at_home)
    found.relations = {edge.one: edge.relation for edge in edges if edge.other == person.pk and not edge.ended}
    return found


def _household(person: Person) -> tuple[list[int], list[Edge]]:
    """Who lives with the person, themselves first, and what they are to the head."""
    here = HouseholdMember.objects.filter(person=person, to_on__isnull=True).order_by("-id").first()
    if here is None:
        return [person.pk], []
    rows = HouseholdMember.objects.filter(household=here.household_id, to_on__isnull=True).order_by("id")
    told = [(row.person_id, Relation(row.relation)) for row in rows]
    head = next((pk for pk, relation in told if relation == Relation.SELF), None)
    edges = [Edge(pk, head, relation) for pk, relation in told if head and relation in OFFSET and pk != head]
    return list(dict.fromkeys([person.pk, *(pk for pk, _relation in told)])), edges


def _related(actor: Actor, person: Person, living: Collection[int]) -> list[Edge]:
    """Relationships, from the person and from relatives whose family is open to the actor."""
    asked: set[int] = set()
    ring, edges = {person.pk, *living}, dict[int, Edge]()
    for _round in range(ROUNDS + 1):
        new = _open_among(actor, ring - asked - {person.pk}) | ({person.pk} - asked)
        if not new or len(ring) > MOST:
            break
        asked |= new
        rows = Relationship.objects.filter(Q(person__in=new) | Q(other__in=new), relation__in=OFFSET)
        rows = rows.filter(Q(to_on__isnull=True) | Q(relation=Relation.SPOUSE)).order_by("id")
        for row in rows:
            edges[row.pk] = Edge(row.person_id, row.other_id, Relation(row.relation), row.to_on is not None)
            ring |= {row.person_id, row.other_id}
    return list(edges.values())


def _open_among(actor: Actor, ids: Collection[int]) -> set[int]:
    people = list(people_for(actor).filter(pk__in=ids))
    seen = sections_of(actor, people)
    return {person.pk for person in people if Section.FAMILY in seen[person.pk]}


def _generations(about: int, edges: Collection[Edge], living: Collection[int]) -> dict[int, int]:
    """Each one's generation, counted from the person; whoever is not tied to them by blood or marriage stands beside."""
    found, reached = {about: 0}, [about]
    while reached and len(found) <= MOST:
        now, reached = reached, []
        for pk in now:
            for edge in edges:
                if pk not in {edge.one, edge.other}:
                    continue
                other = edge.other if edge.one == pk else edge.one
                n = found[pk] + (edge.offset if other == edge.one else -edge.offset)
                if other not in found and abs(n) <= REACH:
                    found[other] = n
                    reached.append(other)
    return found | {pk: 0 for pk in living if pk not in found}


def _fits(edge: Edge, generations: dict[int, int]) -> bool:
    """Whether both are drawn, and as far apart as the edge says: contradictions on record are left out."""
    if edge.one not in generations or edge.other not in generations:
        return False
    return generations[edge.one] - generations[edge.other] == edge.offset


def _tie(found: Kinship, edges: list[Edge], at_home: Collection[Edge]) -> None:
    parents: dict[int, list[int]] = defaultdict(list)
    siblings: list[tuple[int, int]] = []
    spouses: dict[tuple[int, int], bool] = {}
    for edge in sorted(edges, key=lambda edge: edge.ended):
        one, other = edge.one, edge.other
        if edge.relation == Relation.SPOUSE:
            spouses.setdefault((min(one, other), max(one, other)), edge.ended)
        elif edge.relation == Relation.SIBLING:
            siblings.append((min(one, other), max(one, other)))
        else:
            child, parent = (one, other) if edge.relation == Relation.CHILD else (other, one)
            if parent not in parents[child]:
                parents[child].append(parent)
    _spouses_of_heads(parents, spouses, at_home)
    _grandparents(parents, found.generations)
    for one, other in dict.fromkeys(siblings):
        if parents[one] or parents[other]:
            parents[one], parents[other] = parents[one] or parents[other], parents[other] or parents[one]
        else:
            found.siblings.append((one, other))
    for child, both in parents.items():
        if both:
            found.children.append((tuple(both[:2]), child))
            if len(both) > 1:
                spouses.setdefault((min(both[:2]), max(both[:2])), False)
    found.couples = sorted(spouses, key=lambda pair: spouses[pair])
    found.parted = {pair for pair, ended in spouses.items() if ended}


def _spouses_of_heads(
    parents: dict[int, list[int]], spouses: dict[tuple[int, int], bool], at_home: Collection[Edge]
) -> None:
    """The spouse who lives there is a parent of the head's children too, unless another is written down."""
    wives = {edge.other: edge.one for edge in at_home if edge.relation == Relation.SPOUSE}
    for edge in at_home:
        if edge.relation == Relation.CHILD and edge.other in wives and parents[edge.one] == [edge.other]:
            pair = wives[edge.other], edge.other
            if (min(pair), max(pair)) in spouses:
                parents[edge.one].append(wives[edge.other])


def _grandparents(parents: dict[int, list[int]], generations: dict[int, int]) -> None:
    """A grandparent of whom it is not written whose parent they are stands above the first parent of one generation between;
    without one, above the grandchild."""
    for child in [*parents]:
        above = [pk for pk in parents[child] if generations[child] - generations[pk] == 1]
        elders = [pk for pk in parents[child] if pk not in above]
        if above:
            free = next((pk for pk in above if not parents[pk]), None)
            if free is not None:
                parents[free] = elders
            parents[child] = above
