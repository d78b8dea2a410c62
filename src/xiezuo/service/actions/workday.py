"""The daily report, and handing a shift over."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.walls import opened
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site, User
from xiezuo.people.access import must_do_casework
from xiezuo.service.access.workday import (
    HANDOVERS,
    READS_HANDOVER,
    READS_REPORT,
    REPORTS,
    answered_for,
    handover_for,
    works_at,
)
from xiezuo.service.models import DailyReport, Handover
from xiezuo.service.vocab import ReportState

Matter = tuple[str, int]  # table and id of a row that is pulled in


def _must_write(by: Actor) -> None:
    must_do_casework(by)
    if by.watched:
        raise NotAllowed(_("You are looking at the house as another role would. Go back to your own to write."))


def _own(by: Actor, day: date, on: date) -> DailyReport:
    """The actor's report of a day, held until the transaction ends. Inside the wall."""
    _must_write(by)
    if day > on:
        raise RuleBroken("service.report_of_tomorrow", _("A daily report is written of a day that has begun."))
    DailyReport.objects.get_or_create(author=by.user, on=day)
    return DailyReport.objects.select_for_update().get(author=by.user, on=day)


@transaction.atomic
def write_remark(*, by: Actor, day: date, remark: str, on: date) -> DailyReport:
    """Keep what the author says of a day in their own words. What was handed in is open again for the supervisor."""
    with opened(REPORTS, why=READS_REPORT):
        report = _own(by, day, on)
        if str(report.remark) == remark.strip():
            return report
        report.remark = remark.strip()
        if report.state == ReportState.READ:
            report.state, report.read_by, report.read_at = ReportState.HANDED_IN, None, None
        report.save()
    happened("service.report.written", report, by_id=by.id, day=day.isoformat())
    return report


@transaction.atomic
def hand_in(*, by: Actor, day: date, remark: str, on: date) -> DailyReport:
    """Hand a day in to the supervisor, with what the author says of it."""
    write_remark(by=by, day=day, remark=remark, on=on)
    with opened(REPORTS, why=READS_REPORT):
        report = _own(by, day, on)
        if report.state != ReportState.DRAFT:
            return report
        report.state, report.handed_in_at = ReportState.HANDED_IN, now()
        report.save()
    happened("service.report.handed_in", report, by_id=by.id, day=day.isoformat())
    return report


@transaction.atomic
def take_note(*, by: Actor, author: User, day: date) -> DailyReport:
    """The receipt of a supervisor: read. Twice is once."""
    _must_write(by)
    if not answered_for(by, day).filter(pk=author.pk).exists():
        raise NotAllowed(_("The daily report of a colleague is read by themselves and by a supervisor of their site."))
    with opened(REPORTS, why=READS_REPORT):
        report = DailyReport.objects.select_for_update().filter(author=author, on=day).first()
        if report is None or report.state == ReportState.DRAFT:
            raise RuleBroken(
                "service.report_not_handed_in", _("It was not handed in yet, so there is nothing to sign.")
            )
        if report.state == ReportState.READ:
            return report
        report.state, report.read_by, report.read_at = ReportState.READ, by.user, now()
        report.save()
    happened("service.report.read", report, by_id=by.id, day=day.isoformat())
    return report


@transaction.atomic
def hand_over(*, by: Actor, site: Site, text: str, matters: Sequence[Matter], on: date) -> Handover:
    """Leave a note for the next shift of a site, with the rows pulled in."""
    _must_write(by)
    if not works_at(by, site):
        raise NotAllowed(_("You do not work at this site, so you cannot write its records."))
    if not text.strip() and not matters:
        words = _("Write what the next shift has to know, or leave a matter ticked.")
        raise RuleBroken("service.handover_says_nothing", words, field="text")
    with opened(HANDOVERS, why=READS_HANDOVER):
        note = Handover.objects.create(
            site=site, on=on, text=text.strip(), matters=[list(one) for one in matters], written_by=by.user
        )
    happened("service.handover.written", note, by_id=by.id, site=site.pk, matters=len(matters))
    return note


@transaction.atomic
def take_over(*, by: Actor, note: Handover) -> Handover:
    """The next colleague has read it and goes on from there. Whoever is first has it; nobody takes over their own."""
    _must_write(by)
    handover_for(by, note.pk)
    with opened(HANDOVERS, why=READS_HANDOVER):
        held = Handover.objects.select_for_update(of=("self",)).select_related("taken_by").get(pk=note.pk)
        if held.written_by_id == by.id:
            raise RuleBroken("service.handover_own", _("You wrote this yourself; the next shift takes it over."))
        if held.taken_by is not None:
            words = _("%(name)s has taken this over already. Nothing changed.")
            raise RuleBroken("service.handover_taken", words % {"name": held.taken_by.name})
        held.taken_by, held.taken_at = by.user, now()
        held.save(update_fields=["taken_by", "taken_at"])
    happened("service.handover.taken", held, by_id=by.id, site=held.site_id)
    return held
