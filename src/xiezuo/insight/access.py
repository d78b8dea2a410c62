"""Who sets targets, who writes the report, and who may let figures leave the house or open them again."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.insight.models import Framework, Release, ReleasedRow
from xiezuo.orgs.access import Actor, can_arrange
from xiezuo.orgs.models import Site
from xiezuo.people.access import must_do_casework


def frameworks_for(actor: Actor) -> QuerySet[Framework]:
    """Targets are internal, not personal: everyone on the staff sees what was promised."""
    found = Framework.objects if actor.roles else Framework.objects.none()
    return found.select_related("project", "site").prefetch_related("targets")


def framework_for(actor: Actor, pk: int) -> Framework:
    """One framework. Raises NotAllowed."""
    framework = frameworks_for(actor).filter(pk=pk).first()
    if framework is None:
        raise NotAllowed(_("There are no such targets, or they were taken back."))
    return framework


def can_set_targets(actor: Actor) -> bool:
    return can_arrange(actor)


def must_set_targets(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is a supervisor or a system administrator."""
    if not can_set_targets(actor):
        raise NotAllowed(_("Supervisors and system administrators write down what was promised. Ask one of them."))


def can_write_report(actor: Actor) -> bool:
    """The report speaks for the whole organisation, so a supervisor of the whole organisation writes it."""
    return actor.supervises and actor.everywhere


def must_write_report(actor: Actor) -> None:
    """Raises NotAllowed unless the actor supervises everywhere."""
    if not can_write_report(actor):
        raise NotAllowed(_("A supervisor of the whole organisation writes the annual report. Ask one of them."))


def can_release(actor: Actor, site: Site | None) -> bool:
    """Figures of a site leave with whoever works there; those of the whole house with whoever works everywhere."""
    return actor.does_casework and (actor.everywhere or (site is not None and site.pk in actor.sites))


def must_release(actor: Actor, site: Site | None) -> None:
    """Raises NotAllowed unless the actor may let the figures of this site (None: of the house) leave."""
    must_do_casework(actor)
    if not can_release(actor, site):
        raise NotAllowed(_("You may pass on figures of the sites where you work. For others ask a supervisor."))


def releases_for(actor: Actor) -> QuerySet[Release]:
    """What left the house, as far as the actor might have released it too."""
    if not actor.does_casework:
        return Release.objects.none()
    found = Release.objects.all() if actor.everywhere else Release.objects.filter(site__in=actor.sites)
    return found.select_related("site", "project", "released_by")


def released_row_for(actor: Actor, pk: int) -> ReleasedRow:
    """A row that left the house, for whoever may see all that its release counts: so numbers can be compared.

    Raises NotAllowed with the same words whether it exists or not.
    """
    row = ReleasedRow.objects.filter(pk=pk, release__in=releases_for(actor)).select_related("release").first()
    if row is None:
        raise NotAllowed(_("This code belongs to figures of sites where you do not work, or there is no such code."))
    return row
