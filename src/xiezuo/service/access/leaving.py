"""Who stands at the door: whoever works at a site reads of the children who are there today who may take them home.

The rest of a child's file stays closed to them (CHD-3). A child who cannot be handed over safely is the greater harm; what is
opened for it ends when the child has left.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.access import among, people_for, person_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import Section
from xiezuo.service.models import ChildAttendance, Entrusting, GoesAlone, TurnedAway


def _seen(actor: Actor) -> QuerySet[ChildAttendance]:
    """At the sites of the actor, of children whose name they may know."""
    if not actor.does_casework:
        return ChildAttendance.objects.none()
    rows = ChildAttendance.objects.all()
    if None not in actor.places:
        rows = rows.filter(site__in=[site for site in actor.places if site])
    return rows.filter(among(people_for(actor), by="child"))


def children_at(actor: Actor, site: Site, on: date) -> list[ChildAttendance]:
    """The children of a day, in the order in which they came."""
    rows = _seen(actor).filter(site=site, on=on)
    return list(rows.select_related("child", "agreed_by", "let_go_by").order_by("in_at", "pk"))


def attendance_for(actor: Actor, pk: int) -> ChildAttendance:
    """One child on one day. Raises NotAllowed with the same words whether there is one or not."""
    found = _seen(actor).select_related("child", "site", "agreed_by").filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("This child was at a site where you do not work, or there is no such row."))
    return found


def turned_away_from(actor: Actor, row: ChildAttendance) -> list[TurnedAway]:
    """Who asked in vain for this child on this day; `row` was given by access."""
    rows = TurnedAway.objects.filter(child=row.child_id, site=row.site_id, on=row.on)
    return list(rows.select_related("noted_by"))


def alone_for(actor: Actor, child: int, pk: int) -> GoesAlone:
    """A permission of a child whose family is open to the actor. Raises NotAllowed."""
    person_for(actor, child, Section.FAMILY)
    found = GoesAlone.objects.select_related("child").filter(child=child, pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such permission any more."))
    return found


def alone_of(actor: Actor, child: Person, on: date) -> list[GoesAlone]:
    """Permissions that hold on that day or begin later; of a child whose family is open to the actor."""
    person_for(actor, child.pk, Section.FAMILY)
    rows = GoesAlone.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), child=child)
    return list(rows.select_related("allowed_by"))


def entrusting_of(actor: Actor, child: Person) -> Entrusting | None:
    """With whom the child lives while the parents are elsewhere; of one whose family is open to the actor."""
    person_for(actor, child.pk, Section.FAMILY)
    return Entrusting.objects.select_related("child").filter(child=child, to_on__isnull=True).first()
