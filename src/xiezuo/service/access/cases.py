"""Who may see which cases: those to whom the case part of the person's file is open; and whoever took one in, until it is
decided who works on it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import SectionClosed, among, case_files_for, people_for, sections_for
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section
from xiezuo.service.models import Case
from xiezuo.service.vocab import CaseState

BESIDE = ("person", "site", "worker", "previous_case")


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases of everyone whose case part is open to the actor, and intakes of their own that nobody has decided about."""
    return Case.objects.filter(among(case_files_for(actor)) | _taken_in_by(actor))


def _taken_in_by(actor: Actor) -> Q:
    return Q(among(people_for(actor)), worker=actor.user, state=CaseState.INTAKE)


def case_for(actor: Actor, pk: int) -> Case:
    """One case the actor may read. Raises NotAllowed with the same words whether it exists or not, and SectionClosed where
    they may know the person and not the case."""
    return case_with_sections(actor, pk)[0]


def case_with_sections(actor: Actor, pk: int) -> tuple[Case, Sections]:
    """The same, and what else of the person's file is open."""
    case = Case.objects.filter(pk=pk).select_related(*BESIDE).first()
    # Asked of the one person: as a condition of the case, the database would first find everyone the actor works with.
    if case is None or not people_for(actor).filter(pk=case.person_id).exists():
        raise NotAllowed(_("This case belongs to someone with whom you do not work, or there is no such case."))
    found = sections_for(actor, case.person)
    if Section.CASE not in found and not is_own_intake(actor, case):
        raise SectionClosed(case.person, Section.CASE, found.decisions[Section.CASE])
    return case, found


def is_own_intake(actor: Actor, case: Case) -> bool:
    """Whether the actor took this case in and nobody has decided about it yet."""
    return case.worker_id == actor.id and case.state == CaseState.INTAKE


def answers_for_case(actor: Actor, case: Case) -> bool:
    """Supervises where the case belongs."""
    return not actor.watched and actor.supervises_at(case.site_id)


def works_on(actor: Actor, case: Case) -> bool:
    """Moves the case: the worker who answers for it, and whoever supervises there."""
    return not actor.watched and (case.worker_id == actor.id or answers_for_case(actor, case))


def must_work_on(actor: Actor, case: Case) -> None:
    if not works_on(actor, case):
        words = _("%(case)s is %(who)s's. They, or a supervisor of the site, do this.")
        raise NotAllowed(words % {"case": case, "who": case.worker.name})


def cases_to_hand_over(actor: Actor) -> QuerySet[Case]:
    """Open cases that the actor may give to another colleague: where they supervise, and, by their numbers alone, all of
    the house for whoever directs it."""
    still_open = Case.objects.filter(closed_on__isnull=True)
    if actor.watched:
        return still_open.none()
    if actor.directs or actor.supervises_at(None):
        return still_open
    return still_open.filter(site__in=[site for role, site in actor.held if site and actor.supervises_at(site)])
