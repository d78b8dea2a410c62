"""Who answers for reading the files of whom."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access.seeing import in_force
from xiezuo.people.models import (
    AccessRequest,
)


def access_requests_for(actor: Actor) -> QuerySet[AccessRequest]:
    """Requests to read someone's file which the actor answers for: a supervisor those about people of their sites, the
    director all. Also those that were answered; never the actor's own."""
    asked = AccessRequest.objects.exclude(asker=actor.user).select_related("asker", "person", "decided_by")
    if actor.directs or (StaffRole.SUPERVISOR, None) in actor.held:
        return asked
    sites = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    if not sites:
        return asked.none()
    return asked.filter(Exists(in_force().filter(person=OuterRef("person"), site__in=sites)))


def own_access_requests(actor: Actor) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(asker=actor.user).select_related("decided_by")


def access_request_for(actor: Actor, pk: int) -> AccessRequest:
    """One request, for whoever asked or answers for it. Raises NotAllowed, the same whether it exists or not."""
    request = access_requests_for(actor).filter(pk=pk).first() or own_access_requests(actor).filter(pk=pk).first()
    if request is None:
        raise NotAllowed(_("This request is for another colleague to answer, or there is no such request."))
    return request


def must_decide_access(actor: Actor, request: AccessRequest) -> None:
    """Raises NotAllowed unless the actor answers for reading this person's file; nobody does for themselves."""
    if not access_requests_for(actor).filter(pk=request.pk).exists():
        raise NotAllowed(_("A supervisor of the person's site or the director answers this, and never who asked."))
