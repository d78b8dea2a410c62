"""Working on a case, letting it rest, closing it, and what comes after."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from tests.factories.cases import CLOSURE, INTAKE, NOTE, PLAN, REVIEW, SIGNED, moment, told
from tests.factories.cast import DAY, LONG_AGO, Cast, make_cast
from tests.factories.referred import FACTS
from tests.people.merged import merge
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.common.walls import all_opened
from xiezuo.forms.definitions import form_definition
from xiezuo.people.actions import end_assignment
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.models import Task
from xiezuo.service.access import can_correct, can_correct_form, case_for, filled_for
from xiezuo.service.actions import Filling, correct_form, sign_form
from xiezuo.service.actions.cases import (
    AboutCase,
    archive_case,
    hand_cases_over,
    hold_conference,
    resume_case,
    suspend_case,
)
from xiezuo.service.actions.referring import draft_referral
from xiezuo.service.actions.risks import flag_risk
from xiezuo.service.actions.unlocking import unlock_form
from xiezuo.service.cases.gates import is_late, note_is_late
from xiezuo.service.models import Case, CaseHandover, CaseStep, ConferenceCase, FollowUp, Goal, GoalScore

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def now() -> Any:
    """Everything happens at nine in the morning of 2 March 2026."""
    with at(moment(DAY, "09:00")):
        yield


# ── working ──


def test_the_first_talk_after_the_plan_begins_the_work(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    assert one.write("contact_note", NOTE).record is not None
    assert one.state == "intervening"
    one.write("contact_note", NOTE)
    assert one.state == "intervening"
    with all_opened(why="a test looks"):
        steps = list(CaseStep.objects.filter(case=one.case).values_list("state", flat=True))
    assert steps == ["intake", "accepted", "assessing", "planned", "intervening"]


@pytest.mark.parametrize(("saved", "late"), [("15:00", False), ("15:01", True)])
def test_a_note_is_late_24_hours_after_the_end(cast: Cast, saved: str, late: bool) -> None:
    """CAS-5: end 2 Mar 15:00, saved 3 Mar 15:01 → late."""
    with at(moment(DAY, "09:00")):
        one = told(cast).planned()
    with at(moment(date(2026, 3, 3), saved)):
        one.day = date(2026, 3, 3)
        record = one.write("contact_note", NOTE).record
    assert record is not None
    assert note_is_late(record) is late


def test_without_an_end_it_is_the_end_of_the_day() -> None:
    assert not is_late(None, datetime(2026, 3, 9))


def test_the_tasks_of_a_note_become_tasks_once(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    rows = [{"task": "打电话给劳动监察", "owner": cast.xiaomei.id, "due_on": "2026-03-05"}]
    answers = NOTE | {"tasks": rows, "next_at": "2026-03-09T14:30", "next_topic": "看合同"}
    filled = one.write("contact_note", answers)
    assert [(task.title, task.due_on, str(task.due_time or "")) for task in Task.objects.order_by("due_on")] == [
        ("打电话给劳动监察", date(2026, 3, 5), ""),
        ("看合同", date(2026, 3, 9), "14:30:00"),
    ]
    more = answers | {
        "said": "还说了",
        "tasks": [*rows, {"task": "复印合同", "owner": cast.xiaomei.id, "due_on": "2026-03-06"}],
    }
    filling = Filling(form=form_definition("contact_note"), answers=more, person=one.person, site=cast.east)
    correct_form(by=cast.xiaomei, filled=filled, filling=filling, revision=1, on=DAY, draft=uuid.uuid4())
    assert sorted(Task.objects.values_list("title", flat=True)) == ["复印合同", "打电话给劳动监察", "看合同"]


def test_two_workers_correct_one_note_and_both_versions_stay(cast: Cast, now: None) -> None:
    one = told(cast).intervening()
    filled = one.forms["contact_note"]

    def correct(by: Any, said: str) -> None:
        answers = NOTE | {"said": said}
        filling = Filling(form=form_definition("contact_note"), answers=answers, person=one.person, site=cast.east)
        correct_form(by=by, filled=filled, filling=filling, revision=1, on=DAY, draft=uuid.uuid4())

    correct(cast.xiaomei, "她说下周去")
    with pytest.raises(RuleBroken) as refused:
        correct(cast.chenli, "他说下周去")
    assert refused.value.code == "forms.changed_meanwhile"


@pytest.mark.parametrize(
    ("then", "state", "review"),
    [("go_on", "intervening", date(2026, 6, 2)), ("adjust", "reassessing", None), ("close", "evaluating", None)],
)
def test_a_review_says_what_comes_next(cast: Cast, now: None, then: str, state: str, review: date | None) -> None:
    one = told(cast).intervening()
    with all_opened(why="a test looks"):
        goal = Goal.objects.get()
    one.write("review", REVIEW | {"next": then, "goal_scores": [{"goal": goal.pk, "score": 1}]})
    assert (one.state, one.case.next_review_on) == ("reassessing", None)
    with all_opened(why="a test looks"):
        assert list(GoalScore.objects.values_list("on", "score")) == [(DAY, 1)]
    one.decide("review")
    assert (one.state, one.case.next_review_on) == (state, review)


def test_after_adjusting_a_new_version_of_the_plan_leads_on(cast: Cast, now: None) -> None:
    one = told(cast).intervening()
    one.write("review", REVIEW | {"next": "adjust"})
    one.decide("review")
    one.write("plan", PLAN | {"own_consent": SIGNED, "review_on": "2026-05-01"})
    one.decide("plan")
    assert (one.state, one.case.next_review_on) == ("planned", date(2026, 5, 1))


# ── resting ──


def test_a_case_rests_with_a_reason_and_goes_on_where_it_was(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    with pytest.raises(RuleBroken, match="why it rests"):
        suspend_case(by=cast.xiaomei, case=one.case, why=" ", on=DAY)
    suspend_case(by=cast.xiaomei, case=one.case, why="回老家过年", on=DAY)
    assert (one.state, one.case.state_before) == ("suspended", "planned")
    with pytest.raises(RuleBroken):
        one.write("review", REVIEW)
    one.write("contact_note", NOTE)
    assert one.state == "suspended"
    resume_case(by=cast.chenli, case=one.case, on=DAY)
    assert (one.state, one.case.state_before) == ("planned", "")


def test_a_colleague_does_not_let_someone_elses_case_rest(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    with pytest.raises(NotAllowed):
        suspend_case(by=cast.haiyan, case=one.case, why="回老家", on=DAY)


# ── closing ──


def test_closing_before_evaluating_is_refused(cast: Cast, now: None) -> None:
    """CAS-3."""
    one = told(cast).intervening()
    with pytest.raises(RuleBroken, match="the evaluation of what it brought") as refused:
        one.write("closure", CLOSURE)
    assert refused.value.code == "service.closing_missing"
    assert one.state == "intervening"


def at_risk(cast: Cast, case: Case) -> str:
    report = flag_risk(by=cast.haiyan, facts="手臂有伤", found_at=moment(DAY), at=moment(DAY), person=case.person_id)
    return f"the risk report {report.number}, which is still open"


def test_what_is_missing_for_closing_is_told_as_one_list(cast: Cast, now: None) -> None:
    """CAS-3: risk report open → refused, named; so is a referral."""
    one = told(cast).intervening()
    risk = at_risk(cast, one.case)
    referral = draft_referral(by=cast.xiaomei, person=one.case.person, facts=FACTS, on=DAY, case=one.case)
    with pytest.raises(RuleBroken) as refused:
        one.write("closure", {"reason": "", "evaluation": "", "follow_up_plan": ""})
    assert refused.value.facts["missing"] == [
        "the evaluation of what it brought: a closing assessment, or a review that ends with “close”",
        "the reason for closing",
        "what it brought, in the closing form",
        "how they are followed up afterwards",
        risk,
        f"the referral {referral.number}, of which nobody has written what became of it",
    ]


def test_a_risk_report_that_came_meanwhile_stops_the_decision(cast: Cast, now: None) -> None:
    one = told(cast).evaluating()
    one.write("closure", CLOSURE)
    risk = at_risk(cast, one.case)
    with pytest.raises(RuleBroken, match=risk):
        one.decide("closure")
    assert one.state == "closing_pending"


def test_a_supervisor_closes_and_the_goals_end(cast: Cast, now: None) -> None:
    one = told(cast).closed("2026-04-02", "2026-06-02")
    case = one.case
    assert (case.state, case.closed_on, case.close_reason) == ("closed", DAY, "goals_reached")
    assert list(FollowUp.objects.values_list("due_on", flat=True)) == [date(2026, 4, 2), date(2026, 6, 2)]
    with all_opened(why="a test looks"):
        assert Goal.objects.get().ended_on == DAY


def test_the_worker_does_not_close_their_own_case(cast: Cast, now: None) -> None:
    one = told(cast).evaluating()
    one.write("closure", CLOSURE)
    with pytest.raises(NotAllowed):
        one.decide("closure", by=cast.xiaomei)
    assert one.state == "closing_pending"


def test_a_closing_that_is_sent_back_is_corrected_and_asked_again(cast: Cast, now: None) -> None:
    one = told(cast).evaluating()
    filled = one.write("closure", CLOSURE)
    one.decide("closure", "returned")
    assert one.state == "evaluating"
    filling = Filling(
        form=form_definition("closure"), answers=CLOSURE | {"own_view": "满意"}, person=one.person, site=cast.east
    )
    correct_form(by=cast.xiaomei, filled=filled, filling=filling, revision=2, on=DAY, draft=uuid.uuid4())
    assert one.state == "closing_pending"


def test_a_closed_file_is_locked_until_a_supervisor_says_why(cast: Cast, now: None) -> None:
    one = told(cast).closed()
    note = filled_for(cast.xiaomei, one.forms["contact_note"].pk)
    assert not can_correct_form(cast.xiaomei, note)
    assert not can_correct_form(cast.chenli, note)
    assert note.record is not None
    assert not can_correct(cast.xiaomei, note.record)
    with pytest.raises(NotAllowed):
        unlock_form(by=cast.xiaomei, filled=note, why="写错了")
    with pytest.raises(RuleBroken):
        unlock_form(by=cast.chenli, filled=note, why=" ")
    unlock_form(by=cast.chenli, filled=note, why="姓名写成了别人的")
    assert can_correct_form(cast.chenli, note)
    assert not can_correct_form(cast.xiaomei, note)
    filling = Filling(
        form=form_definition("contact_note"), answers=NOTE | {"said": "改了"}, person=one.person, site=cast.east
    )
    correct_form(by=cast.chenli, filled=note, filling=filling, revision=1, on=DAY, draft=uuid.uuid4())
    assert not can_correct_form(cast.chenli, filled_for(cast.chenli, note.pk))
    assert Event.objects.filter(code="service.form.unlocked").count() == 1


def test_a_plan_agreed_to_is_locked_while_the_case_goes_on(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    plan = filled_for(cast.xiaomei, one.forms["plan"].pk)
    assert not can_correct_form(cast.xiaomei, plan)
    filling = Filling(form=form_definition("plan"), answers=PLAN, person=one.person, site=cast.east)
    with pytest.raises(NotAllowed, match="Write a new one"):
        correct_form(by=cast.xiaomei, filled=plan, filling=filling, revision=2, on=DAY, draft=uuid.uuid4())


# ── afterwards ──


def test_follow_up_comes_by_its_days_and_the_file_is_put_away_after_the_last(cast: Cast, now: None) -> None:
    one = told(cast).closed("2026-04-02")
    with pytest.raises(RuleBroken, match="2026-04-02"):
        archive_case(by=cast.xiaomei, case=one.case, on=DAY)
    one.day = date(2026, 4, 3)
    one.write("contact_note", NOTE | {"service_date": "2026-04-03", "way": "phone"})
    assert one.state == "follow_up"
    assert FollowUp.objects.get().done_on == date(2026, 4, 3)
    archive_case(by=cast.xiaomei, case=one.case, on=one.day)
    assert one.state == "archived"
    with pytest.raises(RuleBroken):
        one.write("contact_note", NOTE)


def test_whoever_comes_back_gets_a_new_case_linked_to_the_old(cast: Cast, now: None) -> None:
    """CAS-4: 2 cases, 1 person."""
    old = told(cast).closed()
    new = replace(old, forms={})
    new.write("intake", INTAKE)
    assert (new.case.previous_case, new.state) == (old.case, "intake")
    assert (old.state, Case.objects.filter(person=old.person).count()) == ("closed", 2)
    assert not can_correct_form(cast.xiaomei, filled_for(cast.xiaomei, old.forms["contact_note"].pk))


def test_a_note_begun_outside_of_the_case_comes_into_it(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    filled = one.write("contact_note", NOTE, case=None)
    assert filled.case == one.case
    assert one.state == "intervening"


def test_who_works_with_them_no_more_sees_the_case_no_more(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    row = one.person.assignments.get(user=cast.xiaomei.user)
    end_assignment(by=cast.chenli, assignment=row, on=LONG_AGO)
    row.refresh_from_db()
    row.from_on = row.to_on = date(2026, 3, 1)
    row.save()
    with pytest.raises(NotAllowed):
        case_for(cast.xiaomei, one.case.pk)


def test_a_decision_that_was_made_is_not_made_twice(cast: Cast, now: None) -> None:
    one = told(cast).accepted()
    with pytest.raises(NotAllowed):
        sign_form(by=cast.chenli, filled=one.forms["acceptance"], decision="rejected", opinion="不", on=DAY)


def test_erasing_someone_leaves_that_there_was_a_case_and_takes_what_was_said(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    pk = one.case.pk
    suspend_case(by=cast.xiaomei, case=one.case, why="阿莲回老家", on=DAY)
    about = AboutCase(case=one.case, discussed="阿莲的事", decision="等她回来")
    hold_conference(by=cast.xiaomei, held_on=DAY, present=[cast.xiaomei.user, cast.chenli.user], about=[about], on=DAY)
    hand_cases_over(by=cast.chenli, cases=[pk], to=cast.haiyan.user, on=DAY, notes={pk: "阿莲晚上接电话"})
    erase_person(by_id=None, person=one.person.pk, on=DAY)
    case = Case.objects.get(pk=pk)
    assert (case.case_no, case.state, case.opened_on, case.forms.count()) == ("C2026-0001", "suspended", DAY, 0)
    with all_opened(why="a test looks"):
        assert {str(row.why or "") for row in CaseStep.objects.all()} == {""}
        assert {str(row.note or "") for row in CaseHandover.objects.all()} == {""}
        assert {(str(row.discussed or ""), str(row.decision or "")) for row in ConferenceCase.objects.all()} == {
            ("", "")
        }
        assert not Goal.objects.exists()


def test_two_records_of_one_person_become_one_and_both_cases_stay(cast: Cast, now: None) -> None:
    one, other = told(cast, "阿莲").planned(), told(cast, "李阿莲").closed()
    merge(cast, other.person, one.person)
    assert set(Case.objects.values_list("person", "state")) == {
        (other.person.pk, "planned"),
        (other.person.pk, "closed"),
    }
    one.day = DAY
    case = case_for(cast.chenli, one.case.pk)
    assert (case.person, str(case)) == (other.person, "C2026-0001")
