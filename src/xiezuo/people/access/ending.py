"""Who sees what has passed its period, who proposes that it ends, and who signs."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.models import (
    Destruction,
    LegalHold,
)


def sees_endings(actor: Actor) -> bool:
    """Who sees what is proposed to end: the data steward, the director, and supervisors of the whole house, who sign."""
    return actor.keeps_data or actor.directs or (actor.supervises and actor.everywhere)


def must_see_endings(actor: Actor) -> None:
    """Raises NotAllowed unless the actor takes part in deciding what ends."""
    if not sees_endings(actor):
        raise NotAllowed(
            _("What is to be destroyed is for the data steward, the director and supervisors. Ask one of them.")
        )


def must_see_what_is_over(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may see everything that has passed its period."""
    if not (actor.keeps_data or actor.directs):
        raise NotAllowed(_("What has passed its period is for the data steward and the director. Ask one of them."))


def must_keep_data(actor: Actor) -> None:
    """Raises NotAllowed unless the actor answers for how long data is kept."""
    if not actor.keeps_data:
        raise NotAllowed(_("Only the data steward may do this. Ask them, or the system administrator who that is."))


def must_hold(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may stop every destruction that concerns a person."""
    if not (actor.keeps_data or actor.directs):
        raise NotAllowed(_("A legal hold is set and ended by the data steward or the director. Ask one of them."))


def must_sign_endings(actor: Actor) -> None:
    """Raises NotAllowed unless the actor's word counts for a destruction."""
    if not (actor.directs or (actor.supervises and actor.everywhere)):
        raise NotAllowed(
            _("A destruction is approved by a director or a supervisor of the whole house. Ask one of them.")
        )


def destructions_for(actor: Actor) -> QuerySet[Destruction]:
    """Every destruction, the newest first, for whoever takes part in deciding. Raises NotAllowed."""
    must_see_endings(actor)
    return Destruction.objects.select_related("proposed_by", "approver_1", "approver_2", "ended_by")


def destruction_for(actor: Actor, pk: int) -> Destruction:
    """One destruction. Raises NotAllowed with the same words whether it exists or not."""
    found = destructions_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such destruction."))
    return found


def holds_for(actor: Actor) -> QuerySet[LegalHold]:
    """Every legal hold, those that stand first. Raises NotAllowed."""
    must_see_endings(actor)
    return LegalHold.objects.select_related("person", "set_by", "ended_by").order_by(
        F("to_on").desc(nulls_first=True), "-from_on", "-id"
    )


def hold_for(actor: Actor, pk: int) -> LegalHold:
    """One legal hold. Raises NotAllowed with the same words whether it exists or not."""
    found = holds_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such legal hold."))
    return found
