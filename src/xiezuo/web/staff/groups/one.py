"""One group: where it stands, who comes, who is missed, and what was written of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.forms.access import draft_answers, drafts_for
from xiezuo.orgs.access import Actor
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import forms_within, group_for, known_among, must_run_group
from xiezuo.service.actions.grouping import BEFORE_MEETING, Arrangement, arrange_group
from xiezuo.service.attendance import Attendance, attendance_of, stages_of
from xiezuo.service.models import Group
from xiezuo.service.vocab import GroupState
from xiezuo.web.base.nav import address
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.forms.under import UNDER
from xiezuo.web.staff.forms.words import form_rows
from xiezuo.web.staff.groups.forms import ArrangeForm, LeaveForm
from xiezuo.web.staff.groups.words import code_words, days_words, group_state
from xiezuo.web.staff.service.beginning import new_name

FOUND = 6
MEETS = (GroupState.RECRUITING, GroupState.RUNNING)


def may_run(actor: Actor, group: Group) -> bool:
    try:
        must_run_group(actor, group)
    except NotAllowed:
        return False
    return True


def unfinished_in(actor: Actor, form: str, under: str) -> list[dict[str, Any]]:
    """The actor's own drafts of a form in this group or about this activity, the latest first."""
    drafts = drafts_for(actor).filter(form=new_name(form)).order_by("-saved_at")[:20]
    mine = [draft for draft in drafts if under in draft_answers(actor, draft.key).get(UNDER, [])]
    return [{"draft": draft, "url": f"{address('fill_form', form)}?draft={draft.key}"} for draft in mine]


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    group = group_for(request.actor, pk)
    return shown(request, group, ArrangeForm(actor=request.actor, group=group))


def shown(request: StaffRequest, group: Group, form: ArrangeForm, status: int = 200) -> HttpResponse:
    actor, attendance = request.actor, attendance_of(group)
    ids = {line.member.person_id for line in attendance.lines if line.member.person_id}
    forms = forms_within(actor, group)
    read = {row.pk for row in forms}
    q, runs = request.GET.get("q", "").strip(), may_run(actor, group)
    kind, state = group_state(group)
    what = {
        "group": group,
        "kind": kind,
        "state": state,
        "type": code_words("group_type", group.group_type),
        "days": days_words(group),
        "leaders": list(group.leaders.order_by("name")),
        "attendance": attendance,
        "known": known_among(actor, ids),
        "stages": _stages(attendance),
        "sessions": [(meeting, meeting.row.form_id in read) for meeting in reversed(attendance.meetings)],
        "others": form_rows(row for row in forms if row.submission.form != "group_session"),
        "number": len(attendance.meetings) + 1,
        "drafts": unfinished_in(actor, "group_session", f"group:{group.pk}"),
        "runs": runs,
        "takes": runs and group.state in BEFORE_MEETING,
        "meets": runs and group.state in MEETS and group.first_on is not None,
        "reports": runs and group.state == GroupState.RUNNING,
        "form": form,
        "leave": LeaveForm(),
        "q": q,
        "found": found(actor, people_to_choose(actor, today()), q, FOUND) if q else [],
        "today": today(),
        "nav": "groups",
    }
    return render(request, "staff/groups/group.html", what, status=status)


def _stages(attendance: Attendance) -> list[tuple[str, str]]:
    found = []
    for stage, numbers in stages_of(attendance.meetings):
        span = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        found.append((code_words("group_stage", stage), span))
    return found


@page(STAFF)
@require_POST
def arrange(request: StaffRequest, pk: int) -> HttpResponse:
    """Days and leaders; from then on the group looks for members."""
    group = group_for(request.actor, pk)
    form = ArrangeForm(request.POST, actor=request.actor, group=group)
    if form.is_valid():
        try:
            arrange_group(by=request.actor, group=group, told=Arrangement(**form.cleaned_data))
        except RuleBroken as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("group", pk=pk)
    return shown(request, group, form, status=422)
