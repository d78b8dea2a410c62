"""One case: who, where it stands, what comes next, the plan in their own words, and everything that was written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiezuo.common.days import now, today
from xiezuo.exchange.access import forms_brought
from xiezuo.people.actions import note_read
from xiezuo.service.access import answers_for_case, works_on
from xiezuo.service.access.aids import aids_of_case
from xiezuo.service.cases.following import next_of
from xiezuo.service.cases.load import first_visit_open
from xiezuo.service.cases.told import CaseTold, case_told
from xiezuo.service.vocab import CaseState, Method
from xiezuo.web.base.pages import STAFF, StaffRequest, page
from xiezuo.web.staff.cases.words import coming, way_of
from xiezuo.web.staff.forms.words import form_rows
from xiezuo.web.staff.service.aid_words import rows_of
from xiezuo.web.staff.service.referrals.words import referral_rows

ENTRIES = 30  # of the timeline, unless all of it is asked for
RESTS_FROM = frozenset(
    {
        *(CaseState.ACCEPTED, CaseState.ASSESSING, CaseState.PLANNED),
        *(CaseState.INTERVENING, CaseState.REASSESSING, CaseState.EVALUATING),
    }
)


@page(STAFF)
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """That the case was opened is written down (CHD-3). `whole`: the timeline from its beginning."""
    actor, day = request.actor, today()
    told = case_told(actor, pk, day)
    note_read(by=actor, person=told.case.person, what="case")
    case, may_move = told.case, works_on(actor, told.case)
    entries = told.entries if request.GET.get("whole") == "on" else told.entries[:ENTRIES]
    rows = {row.form.pk: row for row in form_rows([entry.form for entry in entries if entry.form])}
    what = {
        "case": case,
        "person": case.person,
        "told": told,
        "way": way_of(case),
        "coming": coming(actor, case, next_of(told, day), may_move=may_move),
        "entries": [(entry, rows.get(entry.form.pk) if entry.form else None) for entry in entries],
        "earlier": len(told.entries) - len(entries),
        "days": ((case.closed_on or day) - case.opened_on).days,
        "visit_open": first_visit_open(case) and not _was_visited(told),
        "visit_late": case.first_visit_due_at is not None and case.first_visit_due_at < now(),
        "review_late": case.next_review_on is not None and case.next_review_on < day,
        "referrals": referral_rows(actor, case) if told.is_open else [],
        "aids": rows_of(actor, aids_of_case(actor, case)) if told.is_open else [],
        "brought": forms_brought(actor, case) if told.is_open else [],
        "may_rest": may_move and case.state in RESTS_FROM,
        "may_hand_over": case.is_open and (answers_for_case(actor, case) or actor.directs),
        "day": day,
        "nav": "cases",
    }
    return render(request, "staff/cases/case.html", what)


def _was_visited(told: CaseTold) -> bool:
    return any(form.record is not None and form.record.method == Method.VISIT for form in told.forms)
