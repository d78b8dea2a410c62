"""Taking back people and households that an import made. Part of the import's own transaction and event."""

from collections.abc import Collection

from django.db.models import Q

from xiezuo.common.models import Event
from xiezuo.people.models import Assignment, Household, HouseholdMember, Person, ReadLog, Relationship

# Ties that only work written after the import can have made, and events that tell of such work.
WORK = ("participations", "volunteer_parts", "consents", "role_periods", "user")
EVENTS = ("people.person.corrected", "people.person.assigned")


def households_joined_since(households: Collection[int], own: Collection[int]) -> set[int]:
    """Those of `households` in which someone lives who is not one of the `own` people of the import."""
    members = HouseholdMember.objects.filter(household__in=households).exclude(person__in=own)
    changed = Event.objects.filter(
        subject="people.household", code__in=["people.household.joined", "people.household.left"]
    ).filter(subject_id__in=households)
    return {*members.values_list("household_id", flat=True), *changed.values_list("subject_id", flat=True)}


def people_worked_with_since(people: Collection[int], households: Collection[int]) -> set[int]:
    """Those of `people` on whom something was written since: services, consents, roles, corrections, or a place in a
    household that is not one of `households`."""
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
    HouseholdMember.objects.filter(household__in=households).delete()
    Household.objects.filter(pk__in=households).delete()


def take_back_people(people: Collection[int]) -> None:
    ReadLog.objects.filter(person__in=people).delete()
    Relationship.objects.filter(Q(person__in=people) | Q(other__in=people)).delete()
    Assignment.objects.filter(person__in=people).delete()
    Person.objects.filter(pk__in=people).delete()
