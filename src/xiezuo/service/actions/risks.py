"""有人处于危险: saying so, writing down more, reporting it to an authority, going on with it, closing it.

Nothing here takes a report back or deletes one. It ends with a receipt, or with a reason that a supervisor writes who did not
make it (CHD-1).
"""

import logging
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import opened
from xiezuo.forms.packs import codes
from xiezuo.orgs.access import Actor
from xiezuo.people.access import people_for, volunteers_for
from xiezuo.people.models import Assignment, Person
from xiezuo.people.sections import is_minor
from xiezuo.service.access.risks import (
    REPORTS,
    STEPS,
    may_close_by_reason,
    must_work_on_risk,
    risk_under,
)
from xiezuo.service.models import RiskReport, RiskStep
from xiezuo.service.vocab import Capacity, RiskState, RiskStepKind

WRITES = "an action that has asked access writes the report"
VIOLENCE, POLICE = "violence", "police"  # codes of the lists risk_sign and report_agency that CHD-2 names
log = logging.getLogger(__name__)


@transaction.atomic
def flag_risk(
    *,
    by: Actor,
    facts: str,
    found_at: datetime,
    at: datetime,
    person: int | None = None,
    described: str = "",
    key: uuid.UUID | None = None,
) -> RiskReport:
    """Someone is at risk: whoever is on the staff says so, of a person (id) or of somebody described. It is kept also where
    the person cannot be looked up. The same `key` again, and the same words while nobody reported them yet, give the report
    that stands. Raises RuleBroken where nothing at all was said, and for a moment to come.
    """
    if by.watched or not by.roles:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))
    before = risk_under(by, key) if key else None
    if before is not None:
        return before
    found, site = _found(by, person)
    described = described.strip()
    if person is not None and found is None:
        described = f"P{person:06d} {described}".strip()
    if not (found or described or facts.strip()):
        words = _("Write one thing: who it is, or what you saw. A description is enough; nobody has to be found first.")
        raise RuleBroken("service.risk_says_something", words, field="facts")
    if found_at > at:
        words = _("This moment is still to come. Write when you noticed it.")
        raise RuleBroken("service.risk_in_future", words, field="found_at")
    described = described or ("" if found else "—")
    if (before := _said_already(by, found, described, facts.strip())) is not None:
        return before
    with opened(REPORTS, STEPS, why=WRITES):
        report = RiskReport.objects.create(
            key=key or uuid.uuid4(),
            person=found,
            described=described,
            site_id=site or _only_site(by),
            facts=facts.strip(),
            found_at=found_at,
            flagged_by=by.user,
            flagged_at=at,
        )
        _step(by, report, RiskStepKind.FLAGGED, at=at)
    happened("service.risk.flagged", report, by_id=by.id, site=report.site_id)
    return report


def _said_already(by: Actor, person: Person | None, described: str, facts: str) -> RiskReport | None:
    """The report in which they said just this and which waits: whoever goes back and presses again means the same, and nothing
    takes a second one back. Where that cannot be looked up, what is said is written down."""
    if not facts:
        return None
    try:
        with transaction.atomic(), opened(REPORTS, why=WRITES):
            rows = RiskReport.objects.filter(flagged_by=by.user, person=person, state=RiskState.FLAGGED)
            return next((row for row in rows if (str(row.described), str(row.facts)) == (described, facts)), None)
    except Exception:  # whatever fails here, what was said must not be lost
        log.exception("Whether the same was said before could not be looked up; it is written down once more.")
        return None


def _found(by: Actor, pk: int | None) -> tuple[Person | None, int | None]:
    """The person and a site where they come; nobody where they are not known to the actor, or cannot be looked up now: then
    the report is kept all the same."""
    if pk is None:
        return None, None
    try:
        with transaction.atomic():
            person = people_for(by).filter(pk=pk).first() or volunteers_for(by).filter(pk=pk).first()
            return person, _site_of(person)
    except Exception:  # whatever fails here, what was said must not be lost
        log.exception("A risk report is kept without its person, who could not be looked up.")
        return None, None


def _site_of(person: Person | None) -> int | None:
    """Where someone comes now, the latest place first."""
    if person is None:
        return None
    here = Assignment.objects.filter(person=person, site__isnull=False, to_on__isnull=True).order_by("-from_on", "-pk")
    return here.values_list("site_id", flat=True).first()


def _only_site(by: Actor) -> int | None:
    """The one site at which the actor has a role; None where there are several, or all."""
    sites = {site for _role, site in by.held}
    return next(iter(sites)) if len(sites) == 1 else None


def _step(by: Actor, report: RiskReport, kind: RiskStepKind, text: str = "", at: datetime | None = None) -> None:
    moment = at or now()
    RiskStep.objects.create(report=report, kind=kind, text=text.strip(), happened_at=moment, noted_at=now(), by=by.user)


def _held(report: RiskReport) -> RiskReport:
    """The row as it stands now, while nobody else writes it. Raises RuleBroken for one that is closed."""
    held = RiskReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_open:
        words = _("This report is closed and stays as it is. If it goes on, say again that someone is at risk.")
        raise RuleBroken("service.risk_is_closed", words)
    return held


@transaction.atomic
def complete_risk(
    *, by: Actor, report: RiskReport, signs: Collection[str], facts: str, capacity: Capacity, immediate: str
) -> RiskReport:
    """Write down what was seen and what was done at once; what stood there before stays in its step."""
    must_work_on_risk(by, report.pk)
    known = codes("risk_sign")
    if unknown := [sign for sign in signs if sign not in known]:
        raise RuleBroken("service.risk_sign", _("One of these signs is not on the list."), signs=unknown)
    with opened(REPORTS, STEPS, why=WRITES):
        held = _held(report)
        before = [str(held.facts), str(held.immediate)]
        held.signs = [sign for sign in known if sign in set(signs)]
        held.facts, held.immediate, held.capacity = facts.strip(), immediate.strip(), capacity
        held.save(update_fields=["signs", "facts", "capacity", "immediate"])
        earlier = [text for text, new in zip(before, [held.facts, held.immediate], strict=True) if text and text != new]
        _step(by, held, RiskStepKind.COMPLETED, "\n".join(earlier))
    happened("service.risk.completed", held, by_id=by.id)
    return held


@transaction.atomic
def link_risk(*, by: Actor, report: RiskReport, person: Person) -> RiskReport:
    """Somebody who was only described turns out to be this person; what described them stays."""
    must_work_on_risk(by, report.pk)
    if not people_for(by).filter(pk=person.pk).exists():
        raise NotAllowed(_("This is not a person you work with. A supervisor can assign them to you."))
    with opened(REPORTS, STEPS, why=WRITES):
        held = _held(report)
        held.person = person
        held.site_id = held.site_id or _site_of(person)
        held.save(update_fields=["person", "site"])
        _step(by, held, RiskStepKind.LINKED)
    happened("service.risk.linked", held, by_id=by.id, person=person.pk)
    return held


def must_go_to_police(report: RiskReport) -> bool:
    """Domestic violence against someone who is no adult of full capacity: social-work bodies report it to the police
    themselves (CHD-2)."""
    without = report.capacity in {Capacity.MINOR, Capacity.LIMITED}
    young = report.person is not None and is_minor(report.person, today())
    return VIOLENCE in report.signs and (without or young)


@dataclass(kw_only=True)
class Reporting:
    """To which authorities (codes of report_agency), when, how (contact_way), and their receipt where there is one."""

    agency: Collection[str]
    reported_at: datetime
    way: str
    receipt_no: str = ""


@transaction.atomic
def report_risk(*, by: Actor, report: RiskReport, facts: Reporting, at: datetime) -> RiskReport:
    """Write down that it was reported; said again, it adds an authority. Raises RuleBroken where one of the three facts is
    missing, for a moment to come or before it was found, and where the police have to be told as well (CHD-2)."""
    must_work_on_risk(by, report.pk)
    known, ways = codes("report_agency"), codes("contact_way")
    told = [code for code in known if code in set(facts.agency)]
    if not told:
        raise RuleBroken("service.risk_agency", _("Choose to whom it was reported."), field="agency")
    if facts.way not in ways:
        raise RuleBroken("service.risk_way", _("Choose how it was reported."), field="way")
    with opened(REPORTS, STEPS, why=WRITES):
        held = RiskReport.objects.select_related("person").get(pk=report.pk)
        _check_reporting(held, told, facts.reported_at, at)
        held = _held(report)
        held.agency = [code for code in known if code in {*held.agency, *told}]
        held.reported_at = held.reported_at or facts.reported_at
        held.way, held.receipt_no = facts.way, tidy(facts.receipt_no) or held.receipt_no
        held.state = RiskState.FOLLOWING if held.state == RiskState.FOLLOWING else RiskState.REPORTED
        held.save(update_fields=["agency", "reported_at", "way", "receipt_no", "state"])
        said = f"{' '.join([*told, facts.way])}\n{tidy(facts.receipt_no)}"  # codes; the page says them in words
        _step(by, held, RiskStepKind.REPORTED, said, facts.reported_at)
    happened("service.risk.reported", held, by_id=by.id, agency=told)
    return held


def _check_reporting(held: RiskReport, told: Collection[str], moment: datetime, at: datetime) -> None:
    if moment > at or moment < held.found_at:
        words = _("It was reported after it was found, and not in the future. Look at the day and the time once more.")
        raise RuleBroken("service.risk_reported_when", words, field="reported_at")
    if must_go_to_police(held) and POLICE not in {*held.agency, *told}:
        words = _(
            "Violence at home against someone who is under 18 or cannot decide alone: we have to report it to the police "
            "ourselves. Call them, then tick the police as well; the other authority is kept with it."
        )
        raise RuleBroken("service.violence_goes_to_police", words, field="agency", rule="CHD-2")


@transaction.atomic
def follow_risk(*, by: Actor, report: RiskReport, text: str, told: bool = False) -> RiskReport:
    """What happened next, or (`told`) who else was told. Following begins once it was reported."""
    must_work_on_risk(by, report.pk)
    if not text.strip():
        words = _("Write who was told.") if told else _("Write what was done or what you learnt.")
        raise RuleBroken("service.risk_step_says_what", words, field="text")
    with opened(REPORTS, STEPS, why=WRITES):
        held = _held(report)
        if held.state == RiskState.REPORTED and not told:
            held.state = RiskState.FOLLOWING
            held.save(update_fields=["state"])
        _step(by, held, RiskStepKind.TOLD if told else RiskStepKind.FOLLOWED, text)
    happened("service.risk.told" if told else "service.risk.followed", held, by_id=by.id)
    return held


@transaction.atomic
def close_risk(*, by: Actor, report: RiskReport, receipt_no: str, at: datetime) -> RiskReport:
    """Close a report that was made to an authority, with its receipt. Raises RuleBroken without one."""
    must_work_on_risk(by, report.pk)
    with opened(REPORTS, STEPS, why=WRITES):
        held = _held(report)
        number = tidy(receipt_no) or str(held.receipt_no)
        if held.reported_at is None:
            raise RuleBroken(
                "service.risk_not_reported", _("It was not reported to any authority yet. Report it first.")
            )
        if not number:
            words = _("Write the number of the receipt. Where there is none, a supervisor closes it with a reason.")
            raise RuleBroken("service.risk_receipt", words, field="receipt_no")
        held.receipt_no, held.state, held.closed_at = number, RiskState.CLOSED, at
        held.save(update_fields=["receipt_no", "state", "closed_at"])
        _step(by, held, RiskStepKind.CLOSED, number, at)
    happened("service.risk.closed", held, by_id=by.id, state=held.state)
    return held


@transaction.atomic
def close_risk_by_reason(*, by: Actor, report: RiskReport, reason: str, at: datetime) -> RiskReport:
    """A supervisor of the site who did not make the report closes it and writes why, reported or not."""
    told = must_work_on_risk(by, report.pk)
    if told.row.is_open and not may_close_by_reason(by, told):
        raise NotAllowed(
            _(
                "A supervisor of the site closes it without a receipt, and not the one who made the report. Ask another one."
            )
        )
    if not reason.strip():
        words = _("Write why it can be closed without a receipt.")
        raise RuleBroken("service.risk_reason", words, field="supervisor_reason")
    with opened(REPORTS, STEPS, why=WRITES):
        held = _held(report)
        held.supervisor_reason, held.state, held.closed_at = reason.strip(), RiskState.CLOSED_BY_REASON, at
        held.save(update_fields=["supervisor_reason", "state", "closed_at"])
        _step(by, held, RiskStepKind.CLOSED, reason, at)
    happened("service.risk.closed", held, by_id=by.id, state=held.state)
    return held
