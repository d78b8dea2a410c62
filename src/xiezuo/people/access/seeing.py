"""Who may see which people, decided here for page, search, export and figures alike."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now, today, years_before
from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import BY_SITE, CASEWORK, Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.holding import hold
from xiezuo.people.models import (
    AccessRequest,
    Assignment,
    Household,
    HouseholdMember,
    Person,
    RolePeriod,
)
from xiezuo.people.sections import Decision, Held, Sections, is_minor, rules, sections
from xiezuo.people.vocab import AccessState, Role, Section, TiedBy

# Of the roles that give, those of someone who is not on the staff: whom a volunteer coordinator looks after.
VOLUNTEERS = (Role.VOLUNTEER, Role.CORE_VOLUNTEER, Role.ORGANISER)


def people_for(actor: Actor) -> QuerySet[Person]:
    """People whose name the actor may know: assigned to them or to one of their sites, or opened to them for a time;
    whoever works at all sites knows everyone. What of the file is open beyond the name, `sections_for` says.

    A system administrator alone runs the machine and sees nobody; whoever looks after volunteers has `volunteers_for`. A
    row that was merged into another, or erased, is nobody any more.
    """
    people = Person.objects.filter(merged_into__isnull=True, erased_on__isnull=True)
    if actor.everywhere:
        return people
    ties = []
    if actor.does_casework:
        ties.append(Exists(in_force().filter(Q(user=actor.user) | Q(site__in=actor.sites), person=OuterRef("pk"))))
    if may_ask(actor):
        ties.append(Exists(grants_of(actor).filter(person=OuterRef("pk"))))
    return people.filter(reduce(or_, map(Q, ties))) if ties else people.none()


def among(those: QuerySet[Any], by: str = "person") -> Q:
    """For a query of rows that point at a person, a household or a record: whether it is one of those. Asked of each row; a list of
    everyone whom the actor may know would be made anew for each question."""
    return Q(Exists(those.order_by().filter(pk=OuterRef(by))))


def in_force() -> QuerySet[Assignment]:
    """Who works with whom today."""
    day = today()
    return Assignment.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=day), from_on__lte=day)


def grants_of(actor: Actor) -> QuerySet[AccessRequest]:
    """Files that are open to the actor for a time, at this moment (CHD-3)."""
    return AccessRequest.objects.filter(asker=actor.user, state=AccessState.APPROVED, until__gt=now())


def case_people_for(actor: Actor) -> QuerySet[Person]:
    """People on whose case the actor works by name or by an approval for a time, not by the site alone."""
    return Person.objects.filter(_by_name(actor), merged_into__isnull=True, erased_on__isnull=True)


def _by_name(actor: Actor) -> Q:
    granted = Q(pk__in=grants_of(actor).order_by().values("person"))
    named = Q(pk__in=in_force().filter(user=actor.user).values("person"))
    return named | granted if actor.does_casework else granted


def case_files_for(actor: Actor) -> QuerySet[Person]:
    """People whose case part is open to the actor, as `sections_for` decides it of one: those of `case_people_for` and, for a
    supervisor, everyone who comes to their sites."""
    sites = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    everyone = Person.objects.filter(merged_into__isnull=True, erased_on__isnull=True)
    if None in sites:
        return everyone
    supervised = Q(Exists(in_force().filter(site__in=sites, person=OuterRef("pk"))))
    return everyone.filter(_by_name(actor) | supervised) if sites else case_people_for(actor)


def whole_files_for(actor: Actor) -> QuerySet[Person]:
    """People of whom the actor reads what was written anywhere: those opened to them for a time and, where they work at no
    site of their own, those they were given."""
    return (
        case_people_for(actor)
        if not actor.works_by_site
        else case_people_for(actor).filter(Exists(grants_of(actor).filter(person=OuterRef("pk"))))
    )


def minors_of_nobody(actor: Actor) -> QuerySet[Person]:
    """Of the people whom a supervisor answers for: those under 18 with whom no colleague is named as working, so that
    nobody at the site reads their file (CHD-3)."""
    if not actor.supervises:
        return Person.objects.none()
    day, years = today(), rules()["minors"]["under"]
    young = Q(born_on__gt=years_before(day, years)) | Q(born_on__isnull=True) & ~Q(grade="")
    named = in_force().filter(user__isnull=False, user__is_active=True, person=OuterRef("pk"))
    sites = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    people = people_for(actor).filter(young, ~Exists(named))
    if None in sites:
        return people
    return people.filter(Exists(in_force().filter(site__in=sites, person=OuterRef("pk"))))


def volunteers_for(actor: Actor) -> QuerySet[Person]:
    """Volunteers, also such as pause, whom the actor looks after; nobody else, whatever else is known of them (DAT-3)."""
    if not actor.volunteer_sites:
        return Person.objects.none()
    helped = RolePeriod.objects.filter(person=OuterRef("pk"), role__in=VOLUNTEERS)
    people = Person.objects.filter(Exists(helped), merged_into__isnull=True, erased_on__isnull=True)
    if None in actor.volunteer_sites:
        return people
    here = in_force().filter(site__in=[site for site in actor.volunteer_sites if site], person=OuterRef("pk"))
    return people.filter(Exists(here))


def volunteer_for(actor: Actor, pk: int) -> Person:
    """One volunteer. Raises NotAllowed with the same words for someone else and for a number that nobody has."""
    person = volunteers_for(actor).filter(pk=pk).first()
    if person is None:
        raise NotAllowed(_("There is no volunteer of this number whom you look after."))
    return person


def ties_to(actor: Actor, people: Iterable[Person]) -> dict[int, list[Held]]:
    """Person id → the roles of the actor, each with what ties them to that person; in at most three queries."""
    wanted = [person.pk for person in people]
    ties: dict[int, list[Held]] = {pk: [] for pk in wanted}
    for role, site in actor.held:
        if role in BY_SITE and site is None:
            for pk in wanted:
                ties[pk].append((role, TiedBy.HOUSE))
    if (StaffRole.SUPERVISOR, None) in actor.held:
        return ties
    casework, asking = actor.roles & CASEWORK, actor.roles & {*rules()["asking"]["may_ask"]}
    if casework:
        rows = in_force().filter(Q(user=actor.user) | Q(site__in=actor.sites), person__in=wanted)
        for pk, user, at in rows.values_list("person_id", "user_id", "site_id"):
            if user:
                ties[pk] += [(role, TiedBy.ASSIGNED) for role in casework]
            ties[pk] += [(role, TiedBy.SITE) for role, site in actor.held if role in BY_SITE and at and site == at]
    if asking:
        for pk in grants_of(actor).filter(person__in=wanted).values_list("person_id", flat=True):
            ties[pk] += [(role, TiedBy.GRANTED) for role in asking]
    if actor.coordinates_volunteers:
        for pk in volunteers_for(actor).filter(pk__in=wanted).values_list("pk", flat=True):
            ties[pk].append((StaffRole.VOLUNTEER_COORDINATOR, TiedBy.VOLUNTEER))
    return ties


def sections_for(actor: Actor, person: Person) -> Sections:
    """What of the person's file is open to the actor now, and why the rest is not."""
    return sections(ties_to(actor, [person])[person.pk], is_minor(person, today()))


def sections_of(actor: Actor, people: Iterable[Person]) -> dict[int, Sections]:
    """The same for several people, by id."""
    everyone = list(people)
    ties = ties_to(actor, everyone)
    return {person.pk: sections(ties[person.pk], is_minor(person, today())) for person in everyone}


def roles_to_look_as(actor: Actor) -> list[StaffRole]:
    """As whom the actor may look at the house: roles that see no more than their own (pack roles-default)."""
    told: dict[str, list[str]] = rules()["looking_as"]
    return [StaffRole(role) for own, roles in told.items() if own in actor.roles for role in roles]


def looking_as(actor: Actor, role: str) -> Actor:
    """The actor with this role in the place of the one that lets them look so, at the same sites; it writes nothing.

    Gives the actor unchanged for a role as which they may not look.
    """
    sites = {site for own, site in actor.held if role in rules()["looking_as"].get(own, [])}
    return Actor(actor.user, frozenset((role, site) for site in sites), watched=True) if sites else actor


class SectionClosed(NotAllowed):
    """A part of someone's file is closed to whoever looks, who may know the person and may ask for it."""

    def __init__(self, person: Person, section: Section, why: Decision) -> None:
        words = _("“%(section)s” of %(person)s is closed to you: %(why)s.")
        super().__init__(words % {"section": section.label, "person": person, "why": why.why})
        self.person, self.section, self.decision = person, section, why


def must_open(actor: Actor, person: Person, section: Section) -> None:
    """Raises SectionClosed unless this part of the person's file is open to the actor."""
    decision = sections_for(actor, person).decisions[section]
    if not decision.is_open:
        raise SectionClosed(person, section, decision)


def may_ask(actor: Actor) -> bool:
    """Has a role whose holders may ask to read someone's file."""
    return bool(actor.roles & {*rules()["asking"]["may_ask"]})


def households_for(actor: Actor) -> QuerySet[Household]:
    """Households with at least one member whom the actor may see."""
    if actor.everywhere:
        return Household.objects.all()
    known = HouseholdMember.objects.filter(among(people_for(actor)), household=OuterRef("pk"))
    return Household.objects.filter(Exists(known))


def household_for(actor: Actor, pk: int) -> Household:
    """One household the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    household = households_for(actor).filter(pk=pk).select_related("head").first()
    if household is None:
        raise NotAllowed(_("You work with nobody of this household, or there is no such household."))
    return household


class MergedAway(NotAllowed):
    """The row with the id `pk` was merged into one that the actor may see: `kept` is its id, `name` what the row was
    called."""

    def __init__(self, row: Person) -> None:
        super().__init__(
            _("%(name)s was merged with another record of the same person. Go on with that one; nothing was lost.")
            % {"name": row}
        )
        self.pk, self.kept, self.name = row.pk, row.merged_into_id, str(row)


class NobodyKnown(NotAllowed):
    """The actor may not know the person with the id `pk`, or there is none."""

    def __init__(self, pk: int) -> None:
        super().__init__(
            _("You do not work with this person, or there is no such person. A supervisor can assign them to you.")
        )
        self.pk = pk


def person_for(actor: Actor, pk: int, section: Section = Section.NAME, **marks: Exists) -> Person:
    """One person the actor may see. Raises NotAllowed with the same words whether the person exists or not, MergedAway
    for a row that was merged into one they may see, and SectionClosed where they may know the person and this part of
    the file is closed to them.

    `marks`: what upper floors ask about the person, answered in the same query (True or False under its name).
    """
    people = people_for(actor).filter(pk=pk)
    person = (people.annotate(**marks) if marks else people).first()
    if person is None:
        merged = Person.objects.filter(pk=pk, merged_into__in=people_for(actor)).first()
        if merged is not None:
            raise MergedAway(merged)
        raise NobodyKnown(pk)
    if section != Section.NAME:
        must_open(actor, person, section)
    return person


def stand_for(actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    """Of rows (ids) that were merged: the row that stands for each of them now, as far as the actor may see it."""
    wanted = set(ids)
    if not wanted:
        return {}
    merged = Person.objects.filter(pk__in=wanted, merged_into__in=people_for(actor).values("pk"))
    return {pk: kept for pk, kept in merged.values_list("pk", "merged_into_id") if kept}


def must_do_casework(actor: Actor) -> None:
    """Raises NotAllowed unless the actor works with people."""
    if not actor.does_casework:
        raise NotAllowed(
            _("Your account runs the system and does not read or write work with people. Ask a supervisor.")
        )


def must_work_with(actor: Actor, *people: Person, section: Section = Section.NAME) -> None:
    """Raises NotAllowed unless the actor works with everyone named, and SectionClosed unless this part of the file of the
    first of them is open to the actor."""
    must_do_casework(actor)
    if actor.watched:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    wanted = {person.pk for person in people}
    hold(wanted)
    if people_for(actor).filter(pk__in=wanted).count() != len(wanted):
        raise NotAllowed(_("Someone named here is not a person you work with. A supervisor can assign them to you."))
    if section != Section.NAME:
        must_open(actor, people[0], section)


def must_supervise(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may decide who works with a person."""
    if not actor.supervises:
        raise NotAllowed(_("Only a supervisor decides who works with a person. Ask one of them."))
