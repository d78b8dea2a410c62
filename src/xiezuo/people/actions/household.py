"""Who lives together, and who is what to whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.meanwhile import ChangedMeanwhile, Marks, meanwhile
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework, must_work_with
from xiezuo.people.finding.family import families_of
from xiezuo.people.finding.index import index_people
from xiezuo.people.models import Household, HouseholdMember, Person, Relationship
from xiezuo.people.vocab import Relation, Section


@transaction.atomic
def found_household(
    *, by: Actor, head: Person, members: Iterable[tuple[Person, Relation]] = (), on: date, address: str = ""
) -> Household:
    """A household with its head and members (person, relation to the head), living together from `on`."""
    places = [(head, Relation.SELF), *members]
    must_work_with(by, *(person for person, _relation in places), section=Section.FAMILY)
    household = Household.objects.create(head=head, address=address or head.address)
    HouseholdMember.objects.bulk_create(
        [HouseholdMember(household=household, person=p, relation=r, from_on=on) for p, r in places]
    )
    index_people(person.pk for person, _relation in places)
    happened("people.household.founded", household, by_id=by.id, members=[p.pk for p, _r in places])
    return household


HOUSEHOLD_FACTS = ("address", "income_month", "debt", "housing", "benefits", "unmet_needs")


@transaction.atomic
def correct_household(
    *, by: Actor, household: Household, facts: dict[str, Any], seen: Marks | None = None
) -> Household:
    """Write what is now known (HOUSEHOLD_FACTS; money in yuan); the event keeps which fields changed.

    `seen` as for a person: what a colleague alone changed since stays, what both changed raises ChangedMeanwhile.
    """
    must_work_with(by, household.head, section=Section.SENSITIVE)
    household = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    if seen is not None:
        since = meanwhile(seen, {name: getattr(household, name) for name in facts}, facts)
        if since.both:
            raise ChangedMeanwhile(since.both, since.theirs)
        facts = {name: value for name, value in facts.items() if name not in since.theirs}
    changed = sorted(name for name in HOUSEHOLD_FACTS if name in facts and getattr(household, name) != facts[name])
    if changed:
        for name in changed:
            setattr(household, name, facts[name])
        household.save(update_fields=changed)
        index_people(household.members.filter(to_on__isnull=True).values_list("person_id", flat=True))
        happened("people.household.corrected", household, by_id=by.id, fields=changed)
    return household


@transaction.atomic
def add_to_household(
    *, by: Actor, household: Household, person: Person, relation: Relation, on: date
) -> HouseholdMember:
    """A person lives in the household from `on`."""
    must_work_with(by, person, section=Section.FAMILY)
    if household.members.filter(person=person, to_on__isnull=True).exists():
        raise RuleBroken("people.already_member", _("This person lives in the household already."))
    member = HouseholdMember.objects.create(household=household, person=person, relation=relation, from_on=on)
    index_people([person.pk])
    happened("people.household.joined", household, by_id=by.id, person=person.pk, relation=relation)
    return member


@transaction.atomic
def leave_household(*, by: Actor, member: HouseholdMember, on: date) -> HouseholdMember:
    """A person moved out on `on`; the household keeps them in its history."""
    must_do_casework(by)
    if member.from_on and on < member.from_on:
        raise RuleBroken("people.left_before_joined", _("Nobody leaves a household before joining it."), field="to_on")
    family = families_of([member.person_id]).everyone()
    member.to_on = on
    member.save(update_fields=["to_on"])
    index_people([member.person_id], and_once=family)
    happened("people.household.left", member.household, by_id=by.id, person=member.person_id)
    return member


@transaction.atomic
def relate(*, by: Actor, person: Person, other: Person, relation: Relation, on: date | None = None) -> Relationship:
    """Write down that `person` is `relation` of `other`."""
    if person.pk == other.pk:
        raise RuleBroken("people.related_to_self", _("A relationship needs two different people."), field="other")
    must_work_with(by, person, other, section=Section.FAMILY)
    tie, new = Relationship.objects.get_or_create(
        person=person, other=other, relation=relation, to_on=None, defaults={"from_on": on}
    )
    if new:
        index_people([person.pk])
        happened("people.relationship.noted", person, by_id=by.id, other=other.pk, relation=relation)
    return tie
