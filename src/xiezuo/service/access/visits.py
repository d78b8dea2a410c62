"""Who sees which planned visits: who goes, who wrote it, and the supervisors of the site, as far as they may see the household."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import among, households_for, must_do_casework
from xiezuo.people.homes import names_of_homes
from xiezuo.service.models import PlannedVisit

VISITS = "service.PlannedVisit"
DECIDES = "access decides who knows of a planned visit"
BESIDE = ("household", "site", "visitor_1", "visitor_2", "made")
MOST = 100


def _seen(actor: Actor) -> QuerySet[PlannedVisit]:
    if not actor.does_casework:
        return PlannedVisit.objects.none()
    mine = Q(visitor_1=actor.user) | Q(visitor_2=actor.user) | Q(written_by=actor.user)
    sites = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    if None in sites:
        mine |= Q(household__isnull=False)
    elif sites:
        mine |= Q(site__in=sites)
    return PlannedVisit.objects.filter(mine, among(households_for(actor), by="household")).select_related(*BESIDE)


def _named(actor: Actor, visits: list[PlannedVisit]) -> list[PlannedVisit]:
    """With what each household is called to the actor."""
    names = names_of_homes(actor, [visit.household for visit in visits])
    for visit in visits:
        visit.home = names[visit.household_id]
    return visits


def visits_planned(actor: Actor) -> list[PlannedVisit]:
    """Visits to come and overdue ones, the next first."""
    with opened(VISITS, why=DECIDES):
        found = list(_seen(actor).filter(made_on__isnull=True, dropped_on__isnull=True)[:MOST])
    return _named(actor, found)


def visits_over(actor: Actor) -> list[PlannedVisit]:
    """Made or dropped, the latest first."""
    with opened(VISITS, why=DECIDES):
        over = _seen(actor).filter(Q(made_on__isnull=False) | Q(dropped_on__isnull=False))
        found = list(over.order_by("-planned_on", "-id")[:MOST])
    return _named(actor, found)


def visit_for(actor: Actor, pk: int) -> PlannedVisit:
    """One planned visit. Raises NotAllowed with the same words whether it exists or not."""
    with opened(VISITS, why=DECIDES):
        found = _seen(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("This visit is planned by colleagues to people you do not know, or there is none."))
    return _named(actor, [found])[0]


def must_go_on_visit(actor: Actor, pk: int) -> PlannedVisit:
    """A visit that the actor may change. Raises NotAllowed."""
    must_do_casework(actor)
    if actor.watched:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    return visit_for(actor, pk)
