"""Case work (CAS-1 to CAS-9), each through the form or the action that people use."""

from datetime import date, time

import pytest
from django.utils import timezone

from tests.factories.cases import CLOSURE, INTAKE, NOTE, PLAN, PROPOSAL, SIGNED, moment, told
from tests.factories.cast import DAY, Cast
from tests.factories.referred import FACTS, HOSPITAL, agrees, with_case
from xiezuo.common.days import at, local, today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.service.access import can_correct_form, filled_for
from xiezuo.service.actions import ServiceFacts, Taking, record_service
from xiezuo.service.actions.referring import ReferralFacts, draft_referral, override_consent, send_referral
from xiezuo.service.actions.risks import flag_risk
from xiezuo.service.cases.gates import note_is_late
from xiezuo.service.cases.load import load_of
from xiezuo.service.models import Case
from xiezuo.service.overlaps import overlaps_of
from xiezuo.service.vocab import Method, OverrideGround, ParticipationMode, ReferralState

NINE = moment(DAY, "09:00")


def test_cas_1_who_proposes_does_not_decide(cast: Cast) -> None:
    one = told(cast)
    one.by = cast.chenli
    one.intake()
    one.write("acceptance", PROPOSAL | {"intake": one.forms["intake"].pk})
    with pytest.raises(NotAllowed):
        one.decide("acceptance", by=cast.chenli)
    assert one.state == "intake"


def test_cas_2_without_a_signature_the_case_stays_assessing(cast: Cast) -> None:
    one = told(cast).assessing()
    one.write("plan", PLAN | {"own_consent": {"unanswered": "not_asked"}})
    with pytest.raises(RuleBroken, match="signature"):
        one.decide("plan")
    assert one.state == "assessing"
    one.write("plan", PLAN | {"own_consent": SIGNED})
    one.decide("plan")
    assert one.state == "planned"


def test_cas_3_a_case_with_an_open_risk_report_is_not_closed_and_the_report_is_named(cast: Cast) -> None:
    with at(NINE):
        one = told(cast).evaluating()
        report = flag_risk(by=cast.xiaomei, facts="手臂有伤", found_at=NINE, at=NINE, person=one.person.pk)
        with pytest.raises(RuleBroken, match=report.number):
            one.write("closure", CLOSURE)
    assert one.state == "evaluating"


def test_cas_4_who_comes_back_has_a_new_case_and_the_old_one_stays_locked(cast: Cast) -> None:
    one = told(cast).closed()
    first, note = one.case, one.forms["contact_note"]
    one.write("intake", INTAKE, case=None)
    cases = list(Case.objects.order_by("pk").values_list("person", "previous_case"))
    assert cases == [(one.person.pk, None), (one.person.pk, first.pk)]
    assert not can_correct_form(cast.xiaomei, filled_for(cast.xiaomei, note.pk))


@pytest.mark.parametrize(("saved", "late"), [("15:00", False), ("15:01", True)])
def test_cas_5_a_note_of_15_00_is_late_from_15_01_of_the_next_day_on(cast: Cast, saved: str, late: bool) -> None:
    with at(NINE):
        one = told(cast).planned()
    one.day = date(2026, 3, 3)
    with at(moment(one.day, saved)):
        record = one.write("contact_note", NOTE).record
    assert record is not None and record.ends_at == time(15)
    assert note_is_late(record) is late


@pytest.mark.parametrize(("n", "warned"), [(25, False), (26, True)])
def test_cas_6_from_the_26th_open_case_on_the_supervisor_is_warned(cast: Cast, n: int, warned: bool) -> None:
    for number in range(n):
        with_case(cast, cast.person(f"第{number}位", cast.east), DAY, f"A{number}")
    load = load_of(cast.xiaomei.user, DAY)
    assert (load.n, load.is_over) == (n, warned)


@pytest.mark.parametrize(("level", "due"), [("high", "03 09:00"), ("medium", "05 09:00"), ("low", "09 09:00")])
def test_cas_7_the_first_visit_follows_on_the_level_of_risk(cast: Cast, level: str, due: str) -> None:
    with at(NINE):
        case = told(cast).assessing(risk_level=level).case
    assert case.first_visit_due_at is not None
    assert f"{local(case.first_visit_due_at):%d %H:%M}" == due


def test_cas_8_without_a_consent_or_a_supervisors_reason_nothing_is_passed_on(cast: Cast) -> None:
    lin = cast.person("林嫂", cast.east)
    with_case(cast, lin, today())
    with pytest.raises(RuleBroken) as refused:
        draft_referral(by=cast.xiaomei, person=lin, facts=FACTS, on=today())
    assert (refused.value.code, refused.value.facts["rule"]) == ("service.sharing_not_open", "CAS-8")
    asking = ReferralFacts(**{**vars(FACTS), "asked_why": "孩子有危险"})
    row = draft_referral(by=cast.xiaomei, person=lin, facts=asking, on=today())
    with pytest.raises(RuleBroken):
        send_referral(by=cast.xiaomei, referral=row, name_passed=False, within_limits=True, at=timezone.now())
    with pytest.raises(NotAllowed):
        override_consent(by=cast.xiaomei, referral=row, ground=OverrideGround.DANGER, why="有危险", on=today())
    override_consent(by=cast.chenli, referral=row, ground=OverrideGround.DANGER, why="有危险", on=today())
    sent = send_referral(by=cast.xiaomei, referral=row, name_passed=False, within_limits=True, at=timezone.now())
    assert sent.state == ReferralState.SENT
    other = cast.person("小红", cast.east)
    with_case(cast, other, today(), "A2")
    agrees(cast.xiaomei, other, recipients=HOSPITAL)
    assert draft_referral(by=cast.xiaomei, person=other, facts=FACTS, on=today()).state == ReferralState.CONSENTED


@pytest.mark.parametrize(("start", "end", "warned"), [((15, 0), (16, 0), False), ((14, 59), (16, 0), True)])
def test_cas_9_touching_is_fine_and_a_minute_is_told(
    cast: Cast, start: tuple[int, int], end: tuple[int, int], warned: bool
) -> None:
    person = cast.person("小马", cast.east)
    taking = [Taking(mode=ParticipationMode.NAMED, person=person.pk)]

    def write(first: tuple[int, int], last: tuple[int, int]) -> list[str]:
        facts = ServiceFacts(
            method=Method.ENQUIRY,
            service_date=DAY,
            site=cast.east,
            starts_at=time(*first),
            ends_at=time(*last),
            taking=taking,
        )
        return sorted(
            {one.who for one in overlaps_of(cast.xiaomei, record_service(by=cast.xiaomei, facts=facts, on=DAY))}
        )

    assert write((14, 0), (15, 0)) == []
    assert bool(write(start, end)) is warned
