"""Who reads whose daily report, and the notes one shift leaves to the next."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import CASEWORK, Actor, site_for
from xiezuo.orgs.models import Membership, Site, User
from xiezuo.orgs.queries import in_force
from xiezuo.orgs.vocab import StaffRole
from xiezuo.service.models import DailyReport, Handover

REPORTS, HANDOVERS = "service.DailyReport", "service.Handover"
READS_REPORT = "the author reads it, and whoever supervises where they work"
READS_HANDOVER = "whoever works at the site reads what one shift leaves to the next"


def answered_for(actor: Actor, on: date) -> QuerySet[User]:
    """Colleagues in casework on that day whose daily reports the actor reads: a supervisor those of their sites."""
    if not actor.supervises:
        return User.objects.none()
    held = Membership.objects.filter(in_force(on), role__in=CASEWORK - {StaffRole.SUPERVISOR})
    sites = [site for role, site in actor.held if role == StaffRole.SUPERVISOR]
    if None not in sites:
        held = held.filter(site__in=sites)
    return (
        User.objects.filter(is_active=True, pk__in=held.values("user_id")).exclude(pk=actor.id).order_by("name", "pk")
    )


def author_for(actor: Actor, pk: int, on: date) -> User:
    """A colleague whose report of that day the actor may read. Raises NotAllowed, the same whether there is one or not."""
    if pk == actor.id and actor.does_casework:
        return actor.user
    author = answered_for(actor, on).filter(pk=pk).first()
    if author is None:
        raise NotAllowed(_("The daily report of a colleague is read by themselves and by a supervisor of their site."))
    return author


def report_of(author: User, on: date) -> DailyReport:
    """The report of someone whom `author_for` gave; one that is not kept yet where they wrote nothing of their own."""
    with opened(REPORTS, why=READS_REPORT):
        found = DailyReport.objects.filter(author=author, on=on).select_related("read_by").first()
    return found or DailyReport(author=author, on=on)


def reports_of(actor: Actor, on: date) -> dict[int, DailyReport]:
    """The reports of that day which the actor answers for, by author."""
    with opened(REPORTS, why=READS_REPORT):
        rows = DailyReport.objects.filter(on=on, author__in=answered_for(actor, on)).select_related("read_by")
        return {row.author_id: row for row in rows.defer("remark")}


def works_at(actor: Actor, site: Site) -> bool:
    """Whether the actor does casework there."""
    return bool(actor.places & {None, site.pk})


def worked_at(actor: Actor, pk: int) -> Site:
    """A site where the actor does casework. Raises NotAllowed with the same words whether it exists or not."""
    site = site_for(actor, pk)
    if not works_at(actor, site):
        raise NotAllowed(_("You do not work at this site, or there is no such site."))
    return site


def _handovers(actor: Actor) -> QuerySet[Handover]:
    """To be asked inside the wall."""
    if not actor.does_casework:
        return Handover.objects.none()
    rows = Handover.objects.select_related("site", "written_by", "taken_by")
    return rows if None in actor.places else rows.filter(site__in=[site for site in actor.places if site])


def handovers_at(actor: Actor, site: Site, most: int) -> list[Handover]:
    """The latest notes of a site, those that nobody took over first."""
    with opened(HANDOVERS, why=READS_HANDOVER):
        rows = _handovers(actor).filter(site=site)
        return [*rows.filter(taken_at=None)[:most], *rows.exclude(taken_at=None)[:most]][:most]


def handovers_waiting(actor: Actor, most: int) -> list[Handover]:
    """Notes of colleagues that nobody took over yet, the latest first."""
    with opened(HANDOVERS, why=READS_HANDOVER):
        return list(_handovers(actor).filter(~Q(written_by=actor.user), taken_at=None)[:most])


def handover_for(actor: Actor, pk: int) -> Handover:
    """One note. Raises NotAllowed with the same words whether it exists or not."""
    with opened(HANDOVERS, why=READS_HANDOVER):
        found = _handovers(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("This note is of a site where you do not work, or there is no such note."))
    return found
