"""Questions about people that more than one caller asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from xiezuo.common.days import today
from xiezuo.common.models import Event
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.orgs.queries import supervisors_of
from xiezuo.people.access import VOLUNTEERS, among, people_for
from xiezuo.people.consents import guardians_on
from xiezuo.people.following import walled, ways
from xiezuo.people.matching.asked import Asked, who_is_here
from xiezuo.people.matching.reasons import listed, reason_words
from xiezuo.people.models import (
    Assignment,
    Collector,
    Consent,
    EarlierFact,
    GrowthNote,
    Guardianship,
    Household,
    HouseholdMember,
    JourneyEntry,
    Merge,
    MergedRow,
    Person,
    PossibleDuplicate,
    PrivacyNotice,
    ReadLog,
    Relationship,
    RolePeriod,
)
from xiezuo.people.vocab import ConsentPurpose, DuplicateState, JourneyStep, Relation

SHORTEST_NUMBER = 4  # digits of a phone by which someone is found


def consent_answers(person: Person) -> list[tuple[ConsentPurpose, Consent | None]]:
    """The latest answer for each purpose, whoever gave it; None where nobody has asked."""
    with opened("people.Consent", why="the page of a person whom access gave tells what they agreed to"):
        answers = Consent.objects.filter(person=person).select_related("given_by").order_by("at", "id")
        latest: dict[str, Consent] = {consent.purpose: consent for consent in answers}
    return [(purpose, latest.get(purpose)) for purpose in ConsentPurpose]


def notices_of_today() -> dict[str, PrivacyNotice]:
    """Purpose → the text people are shown now."""
    return {notice.purpose: notice for notice in PrivacyNotice.objects.order_by("version")}


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


def guardianships_of(actor: Actor, ward: Person) -> list[Guardianship]:
    """Who answers or answered for the ward by law, the present ones first; `is_open`: the actor may see the guardian."""
    rows = list(ward.guardianships.select_related("guardian").order_by(F("to_on").desc(nulls_first=True), "id"))
    seen = set(people_for(actor).filter(pk__in=[row.guardian_id for row in rows]).values_list("pk", flat=True))
    for row in rows:
        row.is_open = row.guardian_id in seen  # type: ignore[attr-defined]
    return rows


def guardians_of(ward: Person, on: date) -> list[Person]:
    """Those who answer for the ward by law on that day."""
    return list(Person.objects.filter(pk__in=guardians_on(ward, on)).order_by("pk"))


def guardian_names(actor: Actor, wards: Collection[int], on: date) -> dict[int, list[str]]:
    """Ward id → names of those who answer for them by law on that day and whom the actor may know."""
    rows = Guardianship.objects.filter(Q(from_on__isnull=True) | Q(from_on__lte=on), ward__in=wards)
    rows = rows.filter(among(people_for(actor), by="guardian"), Q(to_on__isnull=True) | Q(to_on__gte=on))
    found: dict[int, list[str]] = {}
    for row in rows.select_related("guardian").order_by("id"):
        found.setdefault(row.ward_id, []).append(str(row.guardian))
    return found


def may_collect(child: Person, on: date) -> QuerySet[Collector]:
    """Those who may take the child home on that day (CHD-6)."""
    begun = child.collectors.filter(Q(from_on__isnull=True) | Q(from_on__lte=on))
    return begun.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


def marks_of_the_past() -> dict[str, Exists]:
    """For `person_for`: whether there are growth notes and earlier facts, so that most pages need not ask for them."""
    return {
        "has_notes": Exists(GrowthNote.objects.filter(person=OuterRef("pk"))),
        "has_earlier": Exists(EarlierFact.objects.filter(person=OuterRef("pk"))),
    }


def periods_told(person: Person) -> list[RolePeriod]:
    """The role periods with what was said of their beginning and resting: `began_words`, `began_note`, `rested_words`,
    `rested_note`, each "" where nothing was, and `rest_told`."""
    periods = person.role_periods.all()
    for name, step, day in (("began", JourneyStep.BEGINS, "from_on"), ("rested", JourneyStep.RESTS, "to_on")):
        said = JourneyEntry.objects.filter(
            person=OuterRef("person"), role=OuterRef("role"), step=step, on=OuterRef(day)
        ).order_by("-id")
        for what, field in (("words", "own_words"), ("note", "note")):
            periods = periods.annotate(
                **{f"{name}_{what}": Coalesce(Subquery(said.values(field)[:1]), Value(""), output_field=TextField())}
            )
    return list(periods.annotate(rest_told=Exists(said)))


def responsible_for(person: Person) -> list[User]:
    """Whom to ask for the file of the person: supervisors of their sites and of the whole house, by name."""
    sites = person.assignments.filter(site__isnull=False, to_on__isnull=True).values_list("site_id", flat=True)
    return supervisors_of(sites)


def helping_periods(people: Collection[int]) -> dict[int, list[RolePeriod]]:
    """Person id → since when they help and helped, in order; nothing of what they were besides (DAT-3)."""
    found: dict[int, list[RolePeriod]] = {}
    for period in RolePeriod.objects.filter(person__in=people, role__in=VOLUNTEERS):
        found.setdefault(period.person_id, []).append(period)
    return found


def named(people: QuerySet[Person], scrap: str) -> QuerySet[Person]:
    """Those of `people` whose name has the scrap in it, or whose phone ends with it; no other fact is looked at."""
    if not scrap:
        return people
    fits = Q(full_name__icontains=scrap) | Q(nickname__icontains=scrap) | Q(alias__icontains=scrap)
    if scrap.isdecimal() and len(scrap) >= SHORTEST_NUMBER:
        fits |= Q(phone__endswith=scrap)
    return people.filter(fits)


def since_when(of: Person | Household) -> dict[str, date]:
    """Of each fact that was once another: the day since when it is what it is now."""
    return {row.fact: row.to_on for row in of.earlier_facts.order_by("to_on", "id")}


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


def reads_of(person: Person) -> QuerySet[ReadLog]:
    """Who opened the pages of this human, also under a row that was merged into this one; the latest first."""
    rows = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).values("pk")
    return ReadLog.objects.filter(person__in=rows).select_related("user")


@opened(walled, why="how many answers would follow is a number")
def what_follows(person: Person) -> dict[str, int]:
    """How much is written of a person, by what it is: what would become another's if the two were one."""
    counts: dict[str, int] = {}
    for way in ways():
        if way.label and (n := way.model._base_manager.filter(**{way.column: person.pk}).count()):
            counts[str(way.label)] = counts.get(str(way.label), 0) + n
    return counts


def what_it_moved(merge: Merge) -> dict[str, int]:
    """How many rows a merge moved or put together, by what they are."""
    told = MergedRow.objects.filter(merge=merge).values_list("table", "column").annotate(n=Count("pk"))
    labels = {(way.table, way.column): str(way.label) for way in ways() if way.label}
    counts: dict[str, int] = {}
    for table, column, n in told.order_by("table", "column"):
        if (table, column) in labels:
            counts[labels[table, column]] = counts.get(labels[table, column], 0) + n
    return counts


def next_duplicate(pairs: QuerySet[PossibleDuplicate], after: PossibleDuplicate) -> PossibleDuplicate | None:
    """The next of `pairs` (as given by access) that waits, the one after this first; None when none does."""
    waiting = pairs.filter(state=DuplicateState.OPEN).exclude(pk=after.pk)
    later = Q(weight__lt=after.weight) | Q(weight=after.weight, pk__gt=after.pk)
    return waiting.filter(later).first() or waiting.first()


def last_change(thing: Person | Household) -> tuple[str, datetime] | None:
    """Who corrected a person or household last, and when; None where nobody did."""
    told = Event.objects.filter(subject=thing._meta.label_lower, subject_id=thing.pk, code__endswith=".corrected")
    last = told.order_by("-id").first()
    if last is None or last.by_id is None:
        return None
    name = User.objects.filter(pk=last.by_id).values_list("name", flat=True).first()
    return name or "", last.at


def person_by_number(pk: int) -> Person | None:
    """The person of a number on paper, for whoever sees no names: to be held, never to be shown."""
    return Person.objects.filter(pk=pk, erased_on__isnull=True).first()


def erased_among(people: Collection[int]) -> set[int]:
    """Who of these (ids) was erased: a page says so in the place of a name."""
    if not people:
        return set()
    return set(Person.objects.filter(pk__in=people, erased_on__isnull=False).values_list("pk", flat=True))
