"""A day of an activity: who is there, one tap each; the rest as a number; then it is written down."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiezuo.common.days import now, today
from xiezuo.common.errors import RuleBroken
from xiezuo.people.access import person_for
from xiezuo.people.rights import people_to_choose
from xiezuo.people.search import found
from xiezuo.service.access import day_for, known_among, must_work_at, sign_up_for
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more, tick, untick
from xiezuo.service.vocab import SignUpState
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.activities import helpers

FOUND = 6


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    day = day_for(request.actor, pk)
    q = request.GET.get("q", "").strip()
    rows = list(day.activity.sign_ups.exclude(state=SignUpState.CANCELLED).select_related("person"))
    came = {row.sign_up_id: row for row in day.sign_ins.filter(sign_up__isnull=False)}
    others = list(day.sign_ins.filter(sign_up__isnull=True).select_related("person"))
    ids = {row.person_id for row in rows if row.person_id} | {row.person_id for row in others if row.person_id}
    what = helpers.shown(request, day) | {
        "day": day,
        "activity": day.activity,
        "seats": [(row, came.get(row.pk)) for row in rows],
        "others": others,
        "known": known_among(request.actor, ids | {row.person_id for row in day.helpers.all()}),
        "here": len(came) + len(others) + day.counted,
        "q": q,
        "found": found(request.actor, people_to_choose(request.actor, today()), q, FOUND) if q else [],
        "to_come": day.on > today(),
        "nav": "groups",
    }
    return render(request, "staff/activities/day.html", what)


@page(STAFF)
@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """One tap: `came` (a sign-up), `gone` (a mark taken back), `person` or `nickname` (came along), `more` (a number)."""
    day, actor = day_for(request.actor, pk), request.actor
    must_work_at(actor, day.activity.site_id)
    asked = {name: request.POST.get(name, "") for name in ("came", "gone", "person", "nickname", "more")}
    try:
        if (sign_up := _number(asked["came"])) is not None:
            tick(by=actor, day=day, at=now(), row=sign_up_for(actor, sign_up))
        elif (mark := _number(asked["gone"])) is not None:
            untick(by=actor, day=day, sign_in=mark)
        elif (person := _number(asked["person"])) is not None:
            tick(by=actor, day=day, at=now(), person=person_for(actor, person))
        elif asked["more"] in {"1", "5", "-1"}:
            count_more(by=actor, day=day, n=int(asked["more"]))
        else:
            tick(by=actor, day=day, at=now(), label=asked["nickname"])
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
    place = "#counted" if asked["more"] else f"#s{asked['came'] or request.POST.get('row', '')}"
    return redirect(reverse("activity_day", args=[pk]) + (place if place != "#s" else ""))


@page(STAFF)
@require_POST
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """The one service record of the day."""
    day = day_for(request.actor, pk)
    try:
        record = write_day(by=request.actor, day=day, on=today())
    except RuleBroken as refusal:
        messages.warning(request, str(refusal))
        return redirect("activity_day", pk=pk)
    messages.success(request, _("Recorded: %(serial)s.") % {"serial": record.serial_no})
    return redirect("activity", pk=day.activity_id)
