"""Taking back people and households that an import made, and what it added to others. Part of the import's own
transaction and event."""

from collections.abc import Collection, Sequence

from django.db.models import Q

from xiezuo.common.bulk import save_columns
from xiezuo.common.models import Event
from xiezuo.common.walls import around, opened
from xiezuo.people.actions import PersonFacts
from xiezuo.people.actions.person import BESIDE, SENSITIVE_NAMES, columns_of
from xiezuo.people.finding.family import families_of
from xiezuo.people.finding.index import index_people
from xiezuo.people.following import walled
from xiezuo.people.models import (
    Assignment,
    Household,
    HouseholdMember,
    Merge,
    MergedRow,
    Person,
    PossibleDuplicate,
    ReadLog,
    Relationship,
    RolePeriod,
)
from xiezuo.people.search import keep_findable
from xiezuo.people.sensitive import fetch_sensitive, keep_sensitive

# Ties that only work written after the import can have made, and events that tell of such work.
WORK = (
    *("consents", "user", "journey_entries", "growth_notes", "earlier_facts"),
    *("guardianships", "wardships", "collectors", "collects"),
    *("member_links", "member_links_held", "data_requests", "data_requests_asked", "restrictions", "complaints"),
    *("outgoing_messages", "message_wish"),
    *("access_requests", "breach_tellings", "told_of_breaches"),
)
HOME_EVENTS = ("people.household.joined", "people.household.left", "people.household.moved")
EVENTS = ("people.person.corrected", "people.person.assigned", "people.role.began", "people.role.ended")


def households_joined_since(households: Collection[int], own: Collection[int]) -> set[int]:
    """Those of `households` in which someone lives who is not one of the `own` people of the import."""
    members = HouseholdMember.objects.filter(household__in=households).exclude(person__in=own)
    changed = Event.objects.filter(subject="people.household", code__in=HOME_EVENTS).filter(subject_id__in=households)
    return {*members.values_list("household_id", flat=True), *changed.values_list("subject_id", flat=True)}


@opened(walled, why="whether someone of the import was asked since")
def people_worked_with_since(people: Collection[int], households: Collection[int]) -> set[int]:
    """Those of `people` on whom something was written since: consents, roles, corrections, or a place in a household
    that is not one of `households`. Services are asked of their own floor."""
    theirs = Person.objects.filter(pk__in=people)
    kept: set[int] = set()
    for tie in WORK:
        kept |= set(theirs.filter(**{f"{tie}__isnull": False}).values_list("pk", flat=True))
    lives = HouseholdMember.objects.filter(person__in=people).exclude(household__in=households)
    heads = Household.objects.filter(head__in=people).exclude(pk__in=households)
    told = Event.objects.filter(subject="people.person", code__in=EVENTS, subject_id__in=people)
    kept |= set(lives.values_list("person_id", flat=True)) | set(heads.values_list("head_id", flat=True))
    return kept | set(told.values_list("subject_id", flat=True))


def take_back_households(households: Collection[int]) -> None:
    members = HouseholdMember.objects.filter(household__in=households)
    lived_there = list(members.values_list("person_id", flat=True))
    members.delete()
    index_people(lived_there)
    with opened(
        lambda: around(Household), why="an import is taken back with all it wrote; nobody worked with the home"
    ):
        Household.objects.filter(pk__in=households).delete()


def merges_that_hold(people: Collection[int], table: str, rows: Collection[int]) -> set[int]:
    """Ids of standing merges into one of `people`, or that moved one of `rows` of a table."""
    standing = Merge.objects.filter(undone_at__isnull=True)
    moved = MergedRow.objects.filter(table=table, row_id__in=rows, merge__in=standing)
    into = standing.filter(Q(kept__in=people) | Q(other__in=people))
    return {*into.values_list("pk", flat=True), *moved.values_list("merge_id", flat=True)}


@opened("people.SensitiveFacts", walled, lambda: around(Person), why="an import is taken back with all it wrote")
def take_back_people(people: Collection[int]) -> None:
    family = families_of(people).everyone()
    Merge.objects.filter(Q(kept__in=people) | Q(other__in=people)).delete()
    PossibleDuplicate.objects.filter(Q(one__in=people) | Q(other__in=people)).delete()
    ReadLog.objects.filter(person__in=people).delete()
    Relationship.objects.filter(Q(person__in=people) | Q(other__in=people)).delete()
    Assignment.objects.filter(person__in=people).delete()
    RolePeriod.objects.filter(person__in=people).delete()
    Person.objects.filter(pk__in=people).delete()
    index_people(family)


def take_back_ties(
    *,
    assignments: Collection[int] = (),
    roles: Collection[int] = (),
    members: Collection[int] = (),
    relationships: Collection[int] = (),
) -> None:
    """Take back ties (ids) that an import gave to people who were here before it."""
    Assignment.objects.filter(pk__in=assignments).delete()
    RolePeriod.objects.filter(pk__in=roles).delete()
    joined, ties = HouseholdMember.objects.filter(pk__in=members), Relationship.objects.filter(pk__in=relationships)
    told = {*joined.values_list("person_id", flat=True)}
    told |= {pk for pair in ties.values_list("person_id", "other_id") for pk in pair}
    family = families_of(told).everyone()
    joined.delete()
    ties.delete()
    index_people(told, and_once=family)


def take_back_what_was_added(*, told: Sequence[tuple[Person, PersonFacts, Sequence[str], Sequence[str]]]) -> None:
    """Empty the fields again that an import filled (person, facts of the row, names of fields, tags).

    What someone changed since is theirs and stays.
    """
    people: dict[int, Person] = {}
    fetch_sensitive([person for person, *_rest in told])
    nobody = Person()  # what stands in a column of which nothing is known
    names: set[str] = {"sound"}
    for fetched, facts, filled, tags in told:
        person = people.setdefault(fetched.pk, fetched)
        values = columns_of(facts)
        for name in filled:
            if getattr(person, name) != values[name]:
                continue
            for column in (name, *BESIDE.get(name, ())):
                setattr(person, column, getattr(nobody, column))
                names.add(column)
        person.tags = [tag for tag in person.tags if tag not in set(tags)]
    for person in people.values():
        keep_findable(person)
    save_columns(list(people.values()), sorted(names - SENSITIVE_NAMES))
    keep_sensitive(people.values())
    index_people(people)
