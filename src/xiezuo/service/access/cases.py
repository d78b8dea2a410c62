"""Who may see which cases: those to whom the case part of the person's file is open."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import case_files_for, must_open, people_for
from xiezuo.people.vocab import Section
from xiezuo.service.models import Case

BESIDE = ("person", "site", "worker", "previous_case")


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases of everyone whose case part is open to the actor."""
    return Case.objects.filter(person__in=case_files_for(actor).values("pk"))


def case_for(actor: Actor, pk: int) -> Case:
    """One case the actor may read. Raises NotAllowed with the same words whether it exists or not, and SectionClosed where
    they may know the person and not the case."""
    case = Case.objects.filter(pk=pk, person__in=people_for(actor).values("pk")).select_related(*BESIDE).first()
    if case is None:
        raise NotAllowed(_("This case belongs to someone with whom you do not work, or there is no such case."))
    must_open(actor, case.person, Section.CASE)
    return case
