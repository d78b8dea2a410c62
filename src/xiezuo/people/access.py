"""Who may see which people, decided here for page, search, export and figures alike."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.models import Assignment, Household, Person


def people_for(actor: Actor) -> QuerySet[Person]:
    """People the actor works with: assigned to them or to one of their sites; whoever works at all sites sees all.

    A system administrator alone runs the machine and sees nobody.
    """
    if not actor.does_casework:
        return Person.objects.none()
    if actor.everywhere:
        return Person.objects.all()
    day = today()
    assigned = (
        Assignment.objects.filter(person=OuterRef("pk"), from_on__lte=day)
        .filter(Q(user=actor.user) | Q(site__in=actor.sites))
        .filter(Q(to_on__isnull=True) | Q(to_on__gte=day))
    )
    return Person.objects.filter(Exists(assigned))


def households_for(actor: Actor) -> QuerySet[Household]:
    """Households with at least one member whom the actor may see."""
    if actor.everywhere:
        return Household.objects.all()
    return Household.objects.filter(members__person__in=people_for(actor)).distinct()


def household_for(actor: Actor, pk: int) -> Household:
    """One household the actor may see. Raises NotAllowed with the same words whether it exists or not."""
    household = households_for(actor).filter(pk=pk).select_related("head").first()
    if household is None:
        raise NotAllowed(_("You work with nobody of this household, or there is no such household."))
    return household


def person_for(actor: Actor, pk: int, **marks: Exists) -> Person:
    """One person the actor may see. Raises NotAllowed with the same words whether the person exists or not.

    `marks`: what upper floors ask about the person, answered in the same query (True or False under its name).
    """
    people = people_for(actor).filter(pk=pk)
    person = (people.annotate(**marks) if marks else people).first()
    if person is None:
        raise NotAllowed(
            _("You do not work with this person, or there is no such person. A supervisor can assign them to you.")
        )
    return person


def must_do_casework(actor: Actor) -> None:
    """Raises NotAllowed unless the actor works with people."""
    if not actor.does_casework:
        raise NotAllowed(
            _("Your account runs the system and does not read or write work with people. Ask a supervisor.")
        )


def must_work_with(actor: Actor, *people: Person) -> None:
    """Raises NotAllowed unless the actor works with everyone named."""
    must_do_casework(actor)
    wanted = {person.pk for person in people}
    if people_for(actor).filter(pk__in=wanted).count() != len(wanted):
        raise NotAllowed(_("Someone named here is not a person you work with. A supervisor can assign them to you."))


def must_supervise(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may decide who works with a person."""
    if not actor.supervises:
        raise NotAllowed(_("Only a supervisor decides who works with a person. Ask one of them."))
