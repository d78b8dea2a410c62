"""A case is moved by its forms, and every step has its gate."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from tests.factories.cases import ASSESSMENT, GOAL, INTAKE, NOTE, PLAN, PROPOSAL, SIGNED, moment, told
from tests.factories.cast import DAY, Cast, login, make_cast
from xiezuo.common.days import at, local
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import all_opened
from xiezuo.orgs.access import actor_for
from xiezuo.orgs.models import Organisation
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import Given, note_consent, note_guardianship
from xiezuo.people.models import Task
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, GuardianBasis
from xiezuo.service.access import can_sign_form, case_for, cases_for
from xiezuo.service.cases.course import COURSE, Act, after
from xiezuo.service.models import Case, FilledForm, Goal
from xiezuo.service.vocab import CaseState, RiskLevel

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


# ── the table ──


def test_the_straight_way_of_a_case() -> None:
    acts = [Act.ACCEPT, Act.ASSESS, Act.PLAN, Act.MEET, Act.REVIEW, Act.GO_ON, Act.EVALUATE, Act.ASK_CLOSING, Act.CLOSE]
    acts += [Act.MEET, Act.ARCHIVE]
    state, way = CaseState.INTAKE, []
    for act in acts:
        state = after(act, state)  # type: ignore[assignment]
        way.append(str(state))
    assert way == [
        *("accepted", "assessing", "planned", "intervening", "reassessing", "intervening"),
        *("evaluating", "closing_pending", "closed", "follow_up", "archived"),
    ]


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (Act.ASSESS, CaseState.INTAKE),
        (Act.PLAN, CaseState.INTAKE),
        (Act.PLAN, CaseState.ACCEPTED),
        (Act.REVIEW, CaseState.ASSESSING),
        (Act.ASK_CLOSING, CaseState.INTERVENING),
        (Act.CLOSE, CaseState.EVALUATING),
        (Act.ARCHIVE, CaseState.EVALUATING),
        (Act.MEET, CaseState.ARCHIVED),
        (Act.MEET, CaseState.DECLINED),
        (Act.ACCEPT, CaseState.CLOSED),
        (Act.SUSPEND, CaseState.CLOSED),
    ],
)
def test_no_step_is_left_out(act: Act, state: CaseState) -> None:
    assert after(act, state) is None


def test_nothing_leads_out_of_the_archive_or_back_from_closing() -> None:
    over = {CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.ARCHIVED, CaseState.DECLINED, CaseState.REFERRED_OUT}
    led = {to for way in COURSE.values() for state, to in way.items() if state in over}
    assert led == {CaseState.FOLLOW_UP, CaseState.ARCHIVED}


def test_a_case_that_rests_goes_on_where_it_was() -> None:
    assert after(Act.RESUME, CaseState.SUSPENDED, CaseState.PLANNED) == CaseState.PLANNED
    assert after(Act.RESUME, CaseState.SUSPENDED, CaseState.CLOSED) is None
    assert after(Act.RESUME, CaseState.INTERVENING, "") is None


# ── taking in and deciding ──


def test_an_intake_opens_a_case_of_whoever_wrote_it(cast: Cast, now: None) -> None:
    case = told(cast).intake().case
    assert (case.case_no, case.state, case.worker, case.opened_on) == ("C2026-0001", "intake", cast.xiaomei.user, DAY)
    assert (case.crisis, case.urgent) == (False, True)
    assert told(cast, "小红").intake().case.case_no == "C2026-0002"


def test_whoever_took_it_in_sees_their_case_before_anyone_is_named(cast: Cast, now: None) -> None:
    case = told(cast).intake().case
    assert case_for(cast.xiaomei, case.pk) == case
    assert list(cases_for(cast.xiaomei)) == [case]
    with pytest.raises(NotAllowed):
        case_for(cast.haiyan, case.pk)
    assert not cases_for(cast.haiyan).exists()


def test_a_second_case_beside_an_open_one_is_refused_and_says_where_to_write(cast: Cast, now: None) -> None:
    one = told(cast).intake()
    with pytest.raises(RuleBroken, match="C2026-0001"):
        one.write("intake", INTAKE, case=None)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("proposal", "state"), [("accept", "accepted"), ("refer", "referred_out"), ("decline", "declined")]
)
def test_another_person_decides_what_becomes_of_it(cast: Cast, now: None, proposal: str, state: str) -> None:
    one = told(cast).intake()
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk, "proposal": proposal})
    assert one.state == "intake"
    one.decide("acceptance")
    assert one.state == state
    assert one.case.closed_on == (None if state == "accepted" else DAY)


def test_the_same_person_does_not_decide(cast: Cast, now: None) -> None:
    """CAS-1: same person → refused."""
    one = told(cast)
    one.by = cast.chenli
    one.intake()
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk})
    with pytest.raises(NotAllowed, match="another supervisor decides"):
        one.decide("acceptance", by=cast.chenli)
    assert one.state == "intake"


def test_nobody_decides_about_a_case_of_their_own_that_a_colleague_wrote_on(cast: Cast, now: None) -> None:
    one = told(cast)
    one.by = cast.chenli
    one.intake()
    one.write(
        "acceptance",
        PROPOSAL | {"intake": one.forms["intake"].pk},
        by=actor_for(login("hua", "华", (StaffRole.SUPERVISOR, cast.east))),
    )
    assert not can_sign_form(cast.chenli, one.forms["acceptance"])


def test_in_a_house_of_one_who_signs_alone_looks_again_on_a_day_that_is_set(cast: Cast, now: None) -> None:
    Organisation.objects.update(solo_mode=True)
    one = told(cast)
    one.by = cast.chenli
    one.intake()
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk})
    one.decide("acceptance", by=cast.chenli)
    assert one.state == "accepted"
    task = Task.objects.get()
    assert (task.whose, task.due_on) == (cast.chenli.user, date(2026, 3, 16))


def test_a_proposal_that_is_returned_leaves_the_case_where_it_is(cast: Cast, now: None) -> None:
    one = told(cast).intake()
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk})
    one.decide("acceptance", "returned")
    assert one.state == "intake"


def test_to_be_accepted_names_the_worker_so_that_the_file_opens(cast: Cast, now: None) -> None:
    one = told(cast).accepted()
    assert one.case.accepted_on == DAY
    assert one.person.assignments.filter(user=cast.xiaomei.user).count() == 1


def test_for_a_child_only_a_checked_colleague_is_named(cast: Cast, now: None) -> None:
    one = told(cast, "小宇", born_on=date(2015, 5, 1)).intake()
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk})
    with pytest.raises(RuleBroken, match="background check"):
        one.decide("acceptance")
    assert one.state == "intake"
    cast.check(cast.xiaomei, DAY)
    one.decide("acceptance")
    assert one.state == "accepted"


# ── assessing ──


def test_an_assessment_comes_after_the_decision(cast: Cast, now: None) -> None:
    one = told(cast).intake()
    with pytest.raises(RuleBroken, match="intake"):
        one.write("assessment", ASSESSMENT)
    assert FilledForm.objects.count() == 1


@pytest.mark.parametrize(
    ("level", "due"), [("high", "2026-03-03 09:00"), ("medium", "2026-03-05 09:00"), ("low", "2026-03-09 09:00")]
)
def test_the_first_visit_follows_on_the_level_of_risk(cast: Cast, now: None, level: str, due: str) -> None:
    """CAS-7: high 2 Mar 09:00 → 3 Mar 09:00."""
    case = told(cast).assessing(risk_level=level).case
    assert (case.state, case.risk_level) == ("assessing", level)
    assert case.first_visit_due_at is not None
    assert f"{local(case.first_visit_due_at):%Y-%m-%d %H:%M}" == due


def test_a_person_sets_the_level_and_no_score_does(cast: Cast, now: None) -> None:
    """DAT-6: level from score alone → impossible."""
    one = told(cast).accepted()
    with pytest.raises(RuleBroken, match="No score sets it"):
        one.write("assessment", ASSESSMENT | {"self_health": 0, "fam_care": 0, "risk_reason": "  "})
    worst = {"self_health": 0, "fam_care": 0, "fam_economy": 0, "house_income": 0, "house_debt": 0}
    one.write("assessment", ASSESSMENT | worst | {"risk_level": "low", "risk_reason": "邻居每天来看"})
    assert one.case.risk_level == RiskLevel.LOW


def test_the_visit_ends_the_wait_for_it(cast: Cast, now: None) -> None:
    one = told(cast).assessing(risk_level="high")
    one.write("contact_note", NOTE | {"way": "visit"})
    assert one.case.first_visit_on == DAY
    assert one.state == "assessing"


# ── planning ──


def test_without_a_signature_the_plan_is_kept_and_the_case_stays(cast: Cast, now: None) -> None:
    """CAS-2: no signature → stays `assessing`."""
    one = told(cast).assessing()
    one.write("plan", PLAN | {"own_consent": {"unanswered": "not_asked"}})
    with pytest.raises(RuleBroken, match="signature"):
        one.decide("plan")
    assert one.state == "assessing"
    assert one.forms["plan"].case == one.case
    with all_opened(why="a test looks"):
        assert not Goal.objects.exists()


def test_without_a_goal_in_their_own_words_no_plan_begins(cast: Cast, now: None) -> None:
    one = told(cast).assessing()
    one.write("plan", PLAN | {"goals": [], "own_consent": SIGNED})
    with pytest.raises(RuleBroken, match="at least 1 goal"):
        one.decide("plan")


def test_under_14_the_guardian_agrees_too(cast: Cast, now: None) -> None:
    cast.check(cast.xiaomei, DAY)
    mother = cast.person("小宇妈妈", cast.east)
    one = told(cast, "小宇", born_on=date(2015, 5, 1)).assessing()
    one.write("plan", PLAN | {"own_consent": SIGNED})
    with pytest.raises(RuleBroken, match="guardian"):
        one.decide("plan")
    note_guardianship(by=cast.xiaomei, ward=one.person, guardian=mother, basis=GuardianBasis.STATUTORY)
    yes = {"purpose": ConsentPurpose.SERVICE, "state": ConsentState.GIVEN, "way": ConsentWay.SIGNED}
    note_consent(by=cast.xiaomei, person=one.person, at=moment(DAY, "09:00"), given=Given(by=mother), **yes)  # type: ignore[arg-type]
    one.decide("plan")
    assert one.state == "planned"


def test_the_goals_of_a_plan_agreed_to_are_set_with_where_they_stand(cast: Cast, now: None) -> None:
    one = told(cast).planned()
    assert (one.state, one.case.next_review_on) == ("planned", date(2026, 4, 1))
    with all_opened(why="a test looks"):
        goal = Goal.objects.get()
        assert (str(goal.text), str(goal.baseline), goal.case, goal.set_on) == (
            "把工资要回来",
            "一分没有",
            one.case,
            DAY,
        )
        assert goal.set_by == cast.xiaomei.user


def test_another_version_keeps_a_goal_said_in_the_same_words(cast: Cast, now: None) -> None:
    one = told(cast).intervening()
    new = {**GOAL, "text": "孩子上学"}
    one.write("plan", PLAN | {"own_consent": SIGNED, "goals": [GOAL, new]})
    one.decide("plan")
    assert one.state == "planned"
    with all_opened(why="a test looks"):
        assert [str(goal.text) for goal in Goal.objects.filter(ended_on=None)] == ["把工资要回来", "孩子上学"]
    one.write("plan", PLAN | {"own_consent": SIGNED, "goals": [new]})
    one.decide("plan")
    with all_opened(why="a test looks"):
        assert [(str(goal.text), goal.ended_on) for goal in Goal.objects.order_by("pk")] == [
            ("把工资要回来", DAY),
            ("孩子上学", None),
        ]
