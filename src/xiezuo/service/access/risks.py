"""Who sees which risk reports. Everyone on the staff may say that someone is at risk; what was said is for whoever said it, for
those to whom the case of the person is open, and for the supervisors of the site. The director sees that there is a report,
where, and how its clock stands. Who said it is shown to themselves and to those supervisors alone (F20: the reporter is hidden).
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.access import among, people_for, sections_of
from xiezuo.people.models import Person
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section
from xiezuo.service.models import RiskReport, RiskStep
from xiezuo.service.risk_clock import Light, light, red_at
from xiezuo.service.vocab import Capacity, RiskState, RiskStepKind

REPORTS, STEPS = "service.RiskReport", "service.RiskStep"
DECIDES = "access decides who knows of a risk report, and who reads it"
GATE = "whoever closes a case learns that a report is open, not what it says"
MOST = 200
ENCRYPTED = ("described", "facts", "immediate", "receipt_no", "supervisor_reason")


@dataclass(frozen=True)
class ToldRisk:
    """A report as one actor may know it: where not `whole` nothing of what was said is left in the row, and without
    `names_reporter` not who said it. `is_told`: has to know of it at once."""

    row: RiskReport
    whole: bool
    names_reporter: bool
    is_told: bool

    @property
    def said_by(self) -> User | None:
        return self.row.flagged_by if self.names_reporter else None

    @property
    def red_at(self) -> datetime:
        return red_at(self.row)

    def light(self, at: datetime) -> Light:
        return light(self.row, at)


def is_told(actor: Actor, site: int | None) -> bool:
    """Has to know at once that nobody reported yet (CHD-1): the director, and who supervises the site; where no site is
    known, every supervisor."""
    return actor.directs or supervises_risk(actor, site)


def supervises_risk(actor: Actor, site: int | None) -> bool:
    return actor.supervises if site is None else actor.supervises_at(site)


def _rows() -> QuerySet[RiskReport]:
    return RiskReport.objects.select_related("person", "site", "flagged_by")


def _candidates(actor: Actor) -> QuerySet[RiskReport]:
    rows = _rows()
    if actor.directs or actor.supervises_at(None):
        return rows
    known = Q(flagged_by=actor.user) | among(people_for(actor))
    if actor.supervises:
        known |= Q(site__isnull=True) | Q(site__in=[site for site in actor.sites if actor.supervises_at(site)])
    return rows.filter(known)


def _told(actor: Actor, rows: Iterable[RiskReport]) -> list[ToldRisk]:
    found = list(rows)
    sections = sections_of(actor, {row.person for row in found if row.person})
    told = (_one(actor, row, sections) for row in found)
    return [one for one in told if one.whole or one.is_told]


def _one(actor: Actor, row: RiskReport, sections: dict[int, Sections]) -> ToldRisk:
    own, supervises = row.flagged_by_id == actor.id, supervises_risk(actor, row.site_id)
    case = row.person_id is not None and Section.CASE in sections[row.person_id]
    whole = own or supervises or case
    if not whole:
        row.person, row.signs, row.agency, row.way, row.capacity = None, [], [], "", Capacity.UNKNOWN
        for name in ENCRYPTED:
            setattr(row, name, "")
    if not (own or supervises):
        row.flagged_by = None  # type: ignore[assignment]
    return ToldRisk(row, whole, own or supervises, is_told(actor, row.site_id))


def risk_reports_for(actor: Actor, *, only_open: bool = False, person: Person | None = None) -> list[ToldRisk]:
    """The reports of which the actor may know, those that wait to be reported first."""
    with opened(REPORTS, why=DECIDES):
        rows = _candidates(actor)
        rows = rows.filter(closed_at__isnull=True) if only_open else rows
        rows = rows.filter(person=person) if person else rows
        found = list(rows.order_by("-found_at", "-id")[:MOST])
    told = [one for one in _told(actor, found) if one.whole or person is None]
    return sorted(told, key=lambda one: (one.row.state != RiskState.FLAGGED, not one.row.is_open))


def waiting_risks(actor: Actor) -> list[ToldRisk]:
    """Those that nobody has reported yet and that concern the actor: who has to be told, and who said so; oldest first."""
    with opened(REPORTS, why=DECIDES):
        rows = _candidates(actor) if actor.directs or actor.supervises else _rows().filter(flagged_by=actor.user)
        found = list(rows.filter(state=RiskState.FLAGGED).order_by("found_at", "id")[:MOST])
    return [one for one in _told(actor, found) if one.is_told or one.row.flagged_by_id == actor.id]


def risk_report_for(actor: Actor, pk: int) -> ToldRisk:
    """One report. Raises NotAllowed with the same words whether it exists or not."""
    with opened(REPORTS, why=DECIDES):
        row = _candidates(actor).filter(pk=pk).first()
    told = _told(actor, [row]) if row else []
    if not told:
        raise NotAllowed(
            _("This report is for whoever made it, for the case team and for supervisors, or there is none.")
        )
    return told[0]


def risk_under(actor: Actor, key: uuid.UUID) -> RiskReport | None:
    """The report that the actor already made from the form with this key, if any."""
    with opened(REPORTS, why=DECIDES):
        return RiskReport.objects.filter(key=key, flagged_by=actor.user).first()


def must_work_on_risk(actor: Actor, pk: int) -> ToldRisk:
    """A report of which the actor may read everything. Raises NotAllowed."""
    told = risk_report_for(actor, pk)
    if not told.whole or actor.watched:
        raise NotAllowed(_("What was done about this report is written down by those who work on it."))
    return told


def may_close_by_reason(actor: Actor, told: ToldRisk) -> bool:
    """A supervisor who is told of it and did not make it: nobody approves what they wrote themselves."""
    return (
        told.row.is_open
        and not actor.watched
        and supervises_risk(actor, told.row.site_id)
        and told.row.flagged_by_id != actor.id
    )


@dataclass(frozen=True)
class ToldStep:
    kind: RiskStepKind
    text: str
    happened_at: datetime
    by: User | None


def steps_of(actor: Actor, told: ToldRisk) -> list[ToldStep]:
    """What was done, as the actor may know it: without texts where the report is closed to them, and without names where the
    one who made it stays hidden, their own excepted."""
    with opened(STEPS, why=DECIDES):
        steps = list(RiskStep.objects.filter(report=told.row).select_related("by"))
    return [
        ToldStep(
            RiskStepKind(step.kind),
            str(step.text) if told.whole else "",
            step.happened_at,
            step.by if told.names_reporter or step.by_id == actor.id else None,
        )
        for step in steps
    ]


@dataclass(frozen=True)
class OpenRisk:
    """That a report is open, as a gate has to name it."""

    pk: int
    person: int | None
    number: str
    state: RiskState


def open_risk_reports(people: Person | Iterable[Person]) -> list[OpenRisk]:
    """Open reports about these people, whoever asks (CAS-3: no case is closed while there is one)."""
    wanted = [people.pk] if isinstance(people, Person) else [one.pk for one in people]
    with opened(REPORTS, why=GATE):
        rows = list(RiskReport.objects.filter(person__in=wanted, closed_at__isnull=True).order_by("found_at"))
    return [OpenRisk(row.pk, row.person_id, row.number, RiskState(row.state)) for row in rows]


def people_at_risk(on: date) -> set[int]:
    """Ids of people of whom a report is open: nothing of theirs is destroyed meanwhile."""
    with opened(REPORTS, why=GATE):
        rows = RiskReport.objects.filter(person__isnull=False, closed_at__isnull=True)
        return {pk for pk in rows.values_list("person_id", flat=True) if pk is not None}
