"""Questions about people that more than one caller asks."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.utils.functional import Promise

from xiezuo.common.days import today
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for
from xiezuo.people.matching.asked import Asked, who_is_here
from xiezuo.people.matching.reasons import listed, reason_words
from xiezuo.people.models import Assignment, Consent, Household, HouseholdMember, Person, Relationship
from xiezuo.people.vocab import ConsentPurpose, Relation


def consent_answers(person: Person) -> list[tuple[ConsentPurpose, Consent | None]]:
    """The latest answer for each purpose; None where nobody has asked."""
    latest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(person=person).order_by("at", "id"):
        latest[consent.purpose] = consent
    return [(purpose, latest.get(purpose)) for purpose in ConsentPurpose]


def present_household(person: Person) -> HouseholdMember | None:
    """The person's place in the household they live in now, if one is known."""
    here = HouseholdMember.objects.filter(person=person, to_on__isnull=True)
    return here.select_related("household").order_by("-id").first()


def with_places(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people with their sites of today, as `now_at` (assignments), in one more query however many they are."""
    day = today()
    now = Assignment.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=day), site__isnull=False, from_on__lte=day)
    return people.prefetch_related(Prefetch("assignments", now.select_related("site").order_by("id"), "now_at"))


def family_of(actor: Actor, person: Person) -> list[HouseholdMember]:
    """Everyone who is or was in a household in which the person lives now; `is_open`: the actor may see them."""
    homes = HouseholdMember.objects.filter(person=person, to_on__isnull=True).values("household_id")
    return _seen_by(actor, HouseholdMember.objects.filter(household__in=homes))


def members_of(actor: Actor, household: Household) -> list[HouseholdMember]:
    """Everyone who is or was in the household; `is_open`: the actor may see them."""
    return _seen_by(actor, HouseholdMember.objects.filter(household=household))


def _seen_by(actor: Actor, members: QuerySet[HouseholdMember]) -> list[HouseholdMember]:
    # Whoever works everywhere sees everyone; asking the database for that costs more than the rows themselves.
    is_open = Value(True) if actor.everywhere else Exists(people_for(actor).filter(pk=OuterRef("person_id")))
    seen = members.annotate(is_open=is_open)
    return list(seen.select_related("person", "household").order_by("-household_id", "id"))


@dataclass(frozen=True)
class Tie:
    """`one` is `relation` of `other`; the one of the two whom the actor may not see is None."""

    one: Person | None
    other: Person | None
    relation: str | Promise


def ties_of(actor: Actor, person: Person) -> list[Tie]:
    """Who is what to the person, and the reverse, as written down and still so."""
    rows = Relationship.objects.filter(Q(person=person) | Q(other=person), to_on__isnull=True)
    ties = list(rows.select_related("person", "other").order_by("id"))
    named = {pk for tie in ties for pk in (tie.person_id, tie.other_id)}
    seen = set(people_for(actor).filter(pk__in=named).values_list("pk", flat=True))
    return [
        Tie(
            tie.person if tie.person_id in seen else None,
            tie.other if tie.other_id in seen else None,
            Relation(tie.relation).label,
        )
        for tie in ties
    ]


@dataclass(frozen=True)
class Likeness:
    """Someone already registered who may be the one being written down, with the reasons in words."""

    person: Person
    reason: str


def likely_the_same(people: QuerySet[Person], asked: Asked) -> list[Likeness]:
    """At most five of `people` who may be the person typed, the likeliest first. It proposes and never blocks."""
    here = who_is_here(people, asked)
    found = people.in_bulk([one.person for one in here]) if here else {}
    return [Likeness(found[one.person], listed(reason_words(one.evidence)[0])) for one in here if one.person in found]
