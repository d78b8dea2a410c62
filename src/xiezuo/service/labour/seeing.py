"""Matters of rights at work of a person: part of the case, open to whom that part of the file is open."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_open, people_for
from xiezuo.people.models import Person, Timeline
from xiezuo.people.vocab import Section
from xiezuo.service.labour.limits import Limits, limits_of, skips_means_check
from xiezuo.service.models import LabourInterruption, LabourMatter
from xiezuo.service.vocab import LabourKind

MATTERS = ("service.LabourMatter", "service.LabourInterruption")
OF_THE_CASE = "the case part of the file is open to whoever asks"


@dataclass(frozen=True)
class Told:
    """A matter with what interrupted it, and the limits that follow from both."""

    row: LabourMatter
    interruptions: list[LabourInterruption]
    limits: Limits

    @property
    def no_means_check(self) -> bool:
        return skips_means_check(
            LabourKind(self.row.kind), migrant_worker=self.row.migrant_worker, work_injury=self.row.work_injury
        )


def told_of(row: LabourMatter) -> Told:
    """Inside the wall."""
    found = list(row.interruptions.select_related("written_by"))
    limits = limits_of(LabourKind(row.kind), row.happened_on, [one.on for one in found])
    return Told(row, found, limits)


def matters_of(actor: Actor, person: Person) -> list[Told]:
    """The matters of a person, those going on first. Raises SectionClosed."""
    must_open(actor, person, Section.CASE)
    with opened(*MATTERS, why=OF_THE_CASE):
        rows = LabourMatter.objects.filter(person=person).select_related("written_by")
        return sorted(map(told_of, rows), key=lambda one: one.row.ended_on is not None)


def matter_for(actor: Actor, pk: int) -> Told:
    """One matter. Raises NotAllowed with the same words whether it exists or not, SectionClosed."""
    with opened(*MATTERS, why="whose it is; the file is asked next"):
        row = LabourMatter.objects.filter(pk=pk).select_related("person", "written_by").first()
        if row is None or not people_for(actor).filter(pk=row.person_id).exists():
            raise NotAllowed(_("This belongs to a person with whom you do not work, or there is no such matter."))
        must_open(actor, row.person, Section.CASE)
        return told_of(row)


def alarm_of(row: LabourMatter) -> Timeline | None:
    """The steps that watch a limit, while they go on."""
    about = {"about": row._meta.label_lower, "about_id": row.pk}
    return Timeline.objects.filter(person=row.person_id, ended_on__isnull=True, **about).first()
