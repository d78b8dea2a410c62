"""People of an imported sheet: written down, linked to who is here already, given homes. Part of the import's own
transaction and event, and in few statements however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from xiezuo.common.bulk import save_columns, write_new
from xiezuo.common.days import now
from xiezuo.common.events import happened_to_each
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_do_casework
from xiezuo.people.actions.person import BESIDE, FACTS, SENSITIVE_NAMES, PersonFacts, columns_of, write_people
from xiezuo.people.finding.index import index_people
from xiezuo.people.models import Assignment, Household, HouseholdMember, Person, Relationship, RolePeriod
from xiezuo.people.search import keep_findable
from xiezuo.people.sensitive import fetch_sensitive, keep_sensitive
from xiezuo.people.vocab import AssignedFor, CameFrom, Relation, Role, Sex

NOT_ADDED = {"nickname", "for_testing", "safe_to_message", "disability_kind", "disability_grade", "tags"} | {
    beside for columns in BESIDE.values() for beside in columns
}
ADDED = tuple(name for name in FACTS if name not in NOT_ADDED)


def take_in_people(
    *, by: Actor, everyone: Sequence[PersonFacts], sites: Sequence[Site | None], on: date, legal_basis: str
) -> list[Person]:
    """People of an imported sheet, with the site each belongs to (None: only the one who imports).

    Numbers stay as written: the sheet's problems were shown before.
    """
    must_do_casework(by)
    new = write_people(by, everyone, CameFrom.IMPORTED, legal_basis)
    let_work_with(by=by, places=[(p.pk, site) for p, site in zip(new, sites, strict=True)], on=on, known=False)
    return new


def let_work_with(
    *, by: Actor, places: Sequence[tuple[int, Site | None]], on: date, known: bool = True
) -> dict[tuple[int, int | None], int]:
    """The site of an imported row (None: only the one who imports) works with its person from now on.

    (person id, site id) → id of the assignment that this made; nothing for whoever is worked with there already.
    """
    wanted = dict.fromkeys((pk, site.pk if site else None) for pk, site in places)
    here: set[tuple[int, int | None]] = set()
    if known and wanted:
        theirs = Assignment.objects.filter(person__in={pk for pk, _site in wanted}, to_on__isnull=True)
        mine = theirs.filter(Q(user=by.user) | Q(site__isnull=False))
        here = set(mine.values_list("person_id", "site_id"))
    made = [
        Assignment(
            person_id=pk,
            site_id=site,
            user_id=None if site else by.id,
            why=AssignedFor.IMPORTED,
            from_on=on,
        )
        for pk, site in wanted
        if (pk, site) not in here
    ]
    return {(made.person_id, made.site_id): made.pk for made in write_new(made)}


def take_in_roles(*, roles: Iterable[tuple[int, Role, date]]) -> dict[int, int]:
    """Role periods (person id, role, since when) as a sheet tells them; an open one stays as it is.

    Person id → id of the period that this made.
    """
    wanted: dict[tuple[int, str], date] = {}
    for pk, role, since in roles:
        wanted[pk, role] = min(since, wanted.get((pk, role), since))
    open_ones = RolePeriod.objects.filter(person__in={pk for pk, _role in wanted}, to_on__isnull=True)
    here = set(open_ones.values_list("person_id", "role"))
    made = [
        RolePeriod(person_id=pk, role=role, from_on=since)
        for (pk, role), since in wanted.items()
        if (pk, role) not in here
    ]
    return {period.person_id: period.pk for period in write_new(made)}


@dataclass
class Added:
    """What a sheet added to someone who was here: names of fields that were empty, and tags.

    `differs` names the fields in which the sheet says something else; the record keeps what it had.
    """

    fields: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


def add_what_is_new(*, by: Actor, known: Sequence[tuple[Person, PersonFacts]]) -> list[Added]:
    """Write what a sheet tells of people who are here into fields that are empty. Nothing is overwritten.

    The same person may stand in several pairs; the first to fill a field has filled it.
    """
    must_do_casework(by)
    fetch_sensitive([person for person, _facts in known])
    told = [_add(person, facts) for person, facts in known]
    changed = {person.pk: person for (person, _facts), added in zip(known, told, strict=True) if added.fields}
    changed |= {person.pk: person for (person, _facts), added in zip(known, told, strict=True) if added.tags}
    names = {name for added in told for name in added.fields}
    beside = {name for column in names for name in BESIDE.get(column, ())}
    for person in changed.values():
        keep_findable(person)
    save_columns(list(changed.values()), sorted((names | beside | {"sound"}) - SENSITIVE_NAMES))
    keep_sensitive(changed.values())
    index_people(changed)
    return told


def is_empty(name: str, value: Any) -> bool:
    return value == Sex.UNKNOWN if name == "sex" else value in (None, "", [])


def _add(person: Person, facts: PersonFacts) -> Added:
    added, values = Added(), columns_of(facts)
    for name in ADDED:
        told, here = values[name], getattr(person, name)
        if is_empty(name, told) or told == here:
            continue
        if not is_empty(name, here):
            added.differs.append(name)
            continue
        added.fields.append(name)
        for column in (name, *BESIDE.get(name, ())):
            setattr(person, column, values[column])
    added.tags = [tag for tag in values["tags"] if tag not in person.tags]
    person.tags = [*person.tags, *added.tags]
    return added


@dataclass(frozen=True)
class Home:
    """One block of a register: who lives together (ids; relation to the head) and who is what to whom.

    `ties`: (person, relation, other): 王姐 is parent of 小宇. `head` is the first of them.
    """

    head: int
    members: Sequence[tuple[int, Relation]]
    ties: Sequence[tuple[int, Relation, int]]
    address: str = ""


@dataclass(frozen=True)
class Housed:
    """Where a block now lives: a household `new` or here before, members (ids) who joined it, ties (ids) written."""

    household: int
    new: bool
    joined: list[int]
    ties: list[int]


def take_in_homes(*, by: Actor, homes: Sequence[Home], on: date) -> list[Housed]:
    """The households of imported blocks. Where someone of a block lives in a household already, the others join it."""
    must_do_casework(by)
    everyone = {pk for home in homes for pk in (home.head, *(pk for pk, _relation in home.members))}
    lives = dict(
        HouseholdMember.objects.filter(person__in=everyone, to_on__isnull=True)
        .order_by("-household_id")
        .values_list("person_id", "household_id")
    )
    founded: list[Household] = []
    homes_of: list[tuple[Home, Household | int]] = []
    heads: dict[int, Household] = {}
    for home in homes:
        there = next((lives[pk] for pk in (home.head, *(pk for pk, _r in home.members)) if pk in lives), None)
        if there is None and home.head not in heads:
            heads[home.head] = Household(head_id=home.head, address=home.address)
            founded.append(heads[home.head])
        homes_of.append((home, there if there is not None else heads[home.head]))
    Household.objects.bulk_create(founded)
    joined = _join(homes_of, lives, on)
    ties = _tie(homes)
    index_people(everyone)
    new = set(founded)
    happened_to_each(
        "people.household.founded",
        [(house, now(), {"members": joined_people}) for house, joined_people in _founded_with(new, homes_of)],
        by_id=by.id,
    )
    housed, seen = [], set()
    for (_home, house), members, written in zip(homes_of, joined, ties, strict=True):
        first = isinstance(house, Household) and house.pk not in seen
        pk = house.pk if isinstance(house, Household) else house
        seen.add(pk)
        housed.append(Housed(pk, first, members, written))
    return housed


def _founded_with(
    new: set[Household], homes_of: Sequence[tuple[Home, Household | int]]
) -> list[tuple[Household, list[int]]]:
    told: dict[Household, list[int]] = {}
    for home, house in homes_of:
        if isinstance(house, Household) and house in new:
            told.setdefault(house, []).extend([home.head, *(pk for pk, _relation in home.members)])
    return [(house, sorted(set(people))) for house, people in told.items()]


def _join(homes_of: Sequence[tuple[Home, Household | int]], lives: dict[int, int], on: date) -> list[list[int]]:
    """Members of each home that were not there yet, written; their ids. `lives` knows where people live."""
    made: list[tuple[int, HouseholdMember]] = []
    here = {(house, pk) for pk, house in lives.items()}
    for n, (home, house) in enumerate(homes_of):
        pk = house.pk if isinstance(house, Household) else house
        for person, relation in [(home.head, Relation.SELF), *home.members]:
            if (pk, person) in here:
                continue
            here.add((pk, person))
            # The head of a second block is not the head of the household it joins.
            there = Relation.OTHER if relation == Relation.SELF and isinstance(house, int) else relation
            made.append((n, HouseholdMember(household_id=pk, person_id=person, relation=there, from_on=on)))
    HouseholdMember.objects.bulk_create([member for _n, member in made])
    joined: list[list[int]] = [[] for _home in homes_of]
    for n, member in made:
        joined[n].append(member.pk)
    return joined


def _tie(homes: Sequence[Home]) -> list[list[int]]:
    """Who is what to whom in each home, written where it was not; ids of what was written."""
    wanted = [(n, tie) for n, home in enumerate(homes) for tie in home.ties]
    people = {tie[0] for _n, tie in wanted}
    open_ones = Relationship.objects.filter(person__in=people, to_on__isnull=True)
    here = {
        (one, Relation(relation), other)
        for one, relation, other in open_ones.values_list("person_id", "relation", "other_id")
    }
    made = []
    for n, (one, relation, other) in wanted:
        if one != other and (one, relation, other) not in here:
            here.add((one, relation, other))
            made.append((n, Relationship(person_id=one, relation=relation, other_id=other)))
    Relationship.objects.bulk_create([tie for _n, tie in made])
    written: list[list[int]] = [[] for _home in homes]
    for n, tie in made:
        written[n].append(tie.pk)
    return written
