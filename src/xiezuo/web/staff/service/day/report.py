"""工作日报: what a colleague did on a day, read from the records; only the remark is typed."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import User
from xiezuo.people.access import must_do_casework
from xiezuo.service.access.workday import answered_for, author_for, report_of, reports_of
from xiezuo.service.actions.workday import hand_in, take_note, write_remark
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.models import DailyReport
from xiezuo.service.vocab import ReportState
from xiezuo.service.workday import (
    by_method,
    changed_since,
    forms_of_day,
    in_order,
    numbers_of,
    services_by_author,
    work_of,
)
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.service.day.asked import must_have_begun, neighbours
from xiezuo.web.staff.service.day.told import cells_of, lines_of, method_rows

HAND_IN = "hand_in"


class RemarkForm(forms.Form):
    """What stands in no record: what went well, what is on one's mind, what one needs."""

    remark = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
    )


@page(STAFF)
@require_GET
def own(request: StaffRequest, on: date | None = None) -> HttpResponse:
    """One's own report of a day. Without one: today's."""
    must_do_casework(request.actor)
    day = must_have_begun(on or today())
    return _shown(request, request.actor.user, day)


@page(STAFF)
@require_GET
def of_colleague(request: StaffRequest, on: date, pk: int) -> HttpResponse:
    """The report of a colleague whose work the actor answers for."""
    day = must_have_begun(on)
    return _shown(request, author_for(request.actor, pk, day), day)


def _shown(request: StaffRequest, author: User, day: date) -> HttpResponse:
    actor, report = request.actor, report_of(author, day)
    mine = author.pk == actor.id
    if not mine and report.state == ReportState.DRAFT:
        report = DailyReport(author=author, on=day)  # what is not handed in is the author's alone
    work = work_of(actor, author, day)
    records = in_order(actor, work)
    before, after = neighbours(day)
    what: dict[str, Any] = {
        "author": author,
        "day": day,
        "mine": mine,
        "report": report,
        "remark": str(report.remark or ""),
        "form": RemarkForm(initial={"remark": str(report.remark or "")}),
        "lines": lines_of(actor, records),
        "steps": [record for record in records if record.next_step],
        "forms": [(form, form_of_submission(form).label) for form in forms_of_day(actor, author, day)],
        "totals": cells_of(numbers_of(work)),
        "methods": method_rows(by_method(work)),
        "changed": changed_since(records, report.handed_in_at),
        "before": before,
        "after": after,
        "answers_for": actor.supervises,
        "nav": "daily_report",
    }
    return render(request, "staff/service/day/report.html", what)


@page(STAFF)
@sensitive_post_parameters()
@require_POST
def keep(request: StaffRequest, on: date) -> HttpResponse:
    """Keep the remark, or hand the day in with it."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _shown(request, request.actor.user, must_have_begun(on))
    handing = request.POST.get("do") == HAND_IN
    try:
        (hand_in if handing else write_remark)(by=request.actor, day=on, remark=form.cleaned_data["remark"], on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Handed in.") if handing else _("Kept."))
    return redirect("daily_report_of_day", on=on)


@page(STAFF)
@require_POST
def read(request: StaffRequest, on: date, pk: int) -> HttpResponse:
    """The supervisor's receipt."""
    author = author_for(request.actor, pk, on)
    try:
        take_note(by=request.actor, author=author, day=on)
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Read. %(name)s sees that you did.") % {"name": author.name})
    return redirect("daily_reports", on=on)


def _rows(actor: Actor, day: date) -> list[dict[str, Any]]:
    reports, services = reports_of(actor, day), services_by_author(actor, day)
    return [
        {"author": author, "report": reports.get(author.pk), "services": services[author.pk]}
        for author in answered_for(actor, day)
    ]


@page(STAFF)
@require_GET
def reports(request: StaffRequest, on: date) -> HttpResponse:
    """Who of the colleagues has handed in, who has not."""
    if not request.actor.supervises:
        raise NotAllowed(
            _("Daily reports of colleagues are read by supervisors. Your own stands under “Daily report”.")
        )
    day = must_have_begun(on)
    rows = _rows(request.actor, day)
    handed = [row for row in rows if row["report"] is not None and row["report"].state != ReportState.DRAFT]
    before, after = neighbours(day)
    what = {
        "day": day,
        "handed_in": handed,
        "missing": [row for row in rows if row not in handed],
        "before": before,
        "after": after,
        "nav": "daily_report",
    }
    return render(request, "staff/service/day/reports.html", what)
