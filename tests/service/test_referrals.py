"""Nothing about someone goes to another organisation without their yes, or a supervisor who answers for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.cast import Cast, login, make_cast
from tests.factories.own_side import guarded
from tests.factories.referred import FACTS, HOSPITAL, agrees, days_later, referred, sent, with_case
from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.walls import BehindTheWall, all_opened
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.access import SectionClosed
from xiezuo.people.due import due_for
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentState
from xiezuo.service.access.referrals import open_referrals, referral_for, referrals_in, referrals_of_case
from xiezuo.service.actions.referring import (
    ReferralFacts,
    close_referral,
    correct_referral,
    draft_referral,
    note_answer,
    note_outcome,
    override_consent,
    rest_on_consent,
    revoke_referral,
    send_referral,
)
from xiezuo.service.models import Referral
from xiezuo.service.sharing import names, sharing
from xiezuo.service.vocab import OverrideGround, ReferralState, Served

GIVEN, REFUSED, WITHDRAWN, ASKED = (
    ConsentState.GIVEN,
    ConsentState.REFUSED,
    ConsentState.WITHDRAWN,
    ConsentState.ASKED,
)
S = ReferralState
ASKING = ReferralFacts(**{**vars(FACTS), "asked_why": "孩子有危险"})


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def lin(cast: Cast) -> Person:
    person = cast.person("林嫂", cast.east, full_name="林秀珍")
    with_case(cast, person, today())
    return person


# What was answered, for whom, until when, and whether that is enough to pass something on to the hospital.
DECISIONS = [
    ([], "not_asked"),
    ([(ASKED, HOSPITAL, None)], "no_answer"),
    ([(REFUSED, HOSPITAL, None)], "refused"),
    ([(GIVEN, HOSPITAL, None)], ""),
    ([(GIVEN, f"{HOSPITAL}、街道", None)], ""),
    ([(GIVEN, "妇幼保健院", 0)], ""),
    ([(GIVEN, "街道办", None)], "other_recipient"),
    ([(GIVEN, "", None)], "other_recipient"),
    ([(GIVEN, HOSPITAL, -1)], "expired"),
    ([(GIVEN, HOSPITAL, None), (WITHDRAWN, HOSPITAL, None)], "withdrawn"),
    ([(GIVEN, HOSPITAL, None), (GIVEN, "街道办", None)], "other_recipient"),
    ([(REFUSED, HOSPITAL, None), (GIVEN, HOSPITAL, None)], ""),
]


@pytest.mark.parametrize(("answers", "missing"), DECISIONS)
def test_a_consent_opens_passing_on_only_while_it_holds_and_names_the_receiver(
    cast: Cast, lin: Person, answers: list[tuple[ConsentState, str, int | None]], missing: str
) -> None:
    start = timezone.now() - timedelta(hours=1)
    for n, (state, recipients, days) in enumerate(answers):
        until = None if days is None else days_later(days)
        agrees(cast.xiaomei, lin, state, recipients=recipients, until=until, at=start + timedelta(minutes=n))
    found = sharing(lin, HOSPITAL, today())
    assert (found.code, found.is_open) == (missing, not missing)
    if not missing:
        assert referred(cast.xiaomei, lin).state == S.CONSENTED
        return
    with pytest.raises(RuleBroken) as refusal:
        referred(cast.xiaomei, lin)
    assert refusal.value.code == "service.sharing_not_open"
    assert str(found.why) in str(refusal.value)


@pytest.mark.parametrize(
    ("recipients", "fits"),
    [
        (HOSPITAL, True),
        ("妇幼保健院", True),
        ("街道办，朝阳区妇幼保健院，学校", True),
        ("朝阳区 妇幼保健院", True),
        ("海淀区妇幼保健院", False),
        ("院", False),
        ("", False),
    ],
)
def test_a_recipient_is_named_in_full_or_in_part(recipients: str, fits: bool) -> None:
    assert names(recipients, HOSPITAL) is fits


def test_for_a_child_the_guardian_says_yes(cast: Cast) -> None:
    mother = cast.person("王姐", cast.east)
    girl = cast.person("小雨", cast.east, born_on=today() - timedelta(days=365 * 9 + 100))
    guarded(cast, girl, mother)
    assert sharing(girl, HOSPITAL, today()).code == "guardian_not_asked"
    agrees(cast.chenli, girl, giver=mother)
    assert sharing(girl, HOSPITAL, today()).is_open


def test_without_a_consent_a_supervisor_decides_in_writing(cast: Cast, lin: Person) -> None:
    row = referred(cast.xiaomei, lin, facts=ASKING)
    assert row.state == S.DRAFTED
    with pytest.raises(RuleBroken):
        send_referral(by=cast.xiaomei, referral=row, name_passed=False, within_limits=True, at=timezone.now())
    told = {"referral": row, "ground": OverrideGround.DANGER, "on": today()}
    with pytest.raises(NotAllowed):
        override_consent(by=cast.xiaomei, why="危险", **told)  # type: ignore[arg-type]
    for ground, why in ((None, "危险"), (OverrideGround.LAW, "  ")):
        with pytest.raises(RuleBroken):
            override_consent(by=cast.chenli, referral=row, ground=ground, why=why, on=today())
    row = override_consent(by=cast.chenli, why="孩子被打，须报告", **told)  # type: ignore[arg-type]
    assert (row.state, row.override_by, row.consent) == (S.OVERRIDDEN, cast.chenli.user, None)
    row = send_referral(by=cast.xiaomei, referral=row, name_passed=True, within_limits=False, at=timezone.now())
    assert (row.state, row.answer_due_on) == (S.SENT, days_later(7))


def test_a_draft_goes_on_once_the_person_agrees(cast: Cast, lin: Person) -> None:
    row = referred(cast.xiaomei, lin, facts=ASKING)
    with pytest.raises(RuleBroken):
        rest_on_consent(by=cast.xiaomei, referral=row, on=today())
    consent = agrees(cast.xiaomei, lin)
    assert rest_on_consent(by=cast.xiaomei, referral=row, on=today()).consent == consent


def test_a_consent_taken_back_before_sending_stops_it(cast: Cast, lin: Person) -> None:
    agrees(cast.xiaomei, lin)
    row = referred(cast.xiaomei, lin)
    agrees(cast.xiaomei, lin, WITHDRAWN)
    with pytest.raises(RuleBroken, match=r"taken back|收回"):
        send_referral(by=cast.xiaomei, referral=row, name_passed=False, within_limits=True, at=timezone.now())
    assert referral_for(cast.xiaomei, row.pk).state == S.CONSENTED


def test_limits_are_read_before_it_goes_out(cast: Cast, lin: Person) -> None:
    agrees(cast.xiaomei, lin, limits="不要说孩子的事")
    row = referred(cast.xiaomei, lin)
    told = {"by": cast.xiaomei, "referral": row, "name_passed": False, "at": timezone.now()}
    with pytest.raises(RuleBroken) as refusal:
        send_referral(within_limits=False, **told)  # type: ignore[arg-type]
    assert refusal.value.field == "within_limits"
    assert send_referral(within_limits=True, **told).state == S.SENT  # type: ignore[arg-type]


def test_a_text_that_tells_the_name_does_not_go_out_without_it(cast: Cast, lin: Person) -> None:
    agrees(cast.xiaomei, lin)
    row = referred(cast.xiaomei, lin, facts=ReferralFacts(**{**vars(FACTS), "reason": "林秀珍产后情绪低落"}))
    told = {"by": cast.xiaomei, "referral": row, "within_limits": True, "at": timezone.now()}
    with pytest.raises(RuleBroken) as refusal:
        send_referral(name_passed=False, **told)  # type: ignore[arg-type]
    assert refusal.value.code == "service.referral_names"
    assert send_referral(name_passed=True, **told).name_passed  # type: ignore[arg-type]


def test_from_the_answer_to_the_end(cast: Cast, lin: Person) -> None:
    case = lin.cases.get()
    row = sent(cast.xiaomei, lin, case)
    assert open_referrals(case) == [row]
    row = note_answer(
        by=cast.xiaomei, referral=row, accepted=True, words="周三来", who="周医生 010-1", at=timezone.now()
    )
    assert (row.state, row.outcome_due_on) == (S.ACCEPTED, days_later(30))
    with pytest.raises(RuleBroken):
        close_referral(by=cast.xiaomei, referral=row, why="好", at=timezone.now())
    row = note_outcome(by=cast.xiaomei, referral=row, served=Served.UNKNOWN, words="还没来", on=today())
    assert (row.state, row.served) == (S.ACCEPTED, Served.UNKNOWN)
    row = note_outcome(by=cast.xiaomei, referral=row, served=Served.YES, words="来了两次", on=today())
    assert (row.state, open_referrals(case)) == (S.SERVED, [])
    with pytest.raises(RuleBroken, match=r"already|已"):
        note_outcome(by=cast.xiaomei, referral=row, served=Served.NO, words="", on=today())
    assert close_referral(by=cast.xiaomei, referral=row, why="", at=timezone.now()).closed_on == today()


def test_one_of_which_nobody_hears_closes_with_a_reason(cast: Cast, lin: Person) -> None:
    row = sent(cast.xiaomei, lin)
    row = note_answer(by=cast.xiaomei, referral=row, accepted=True, words="", who="周医生", at=timezone.now())
    row = note_outcome(by=cast.xiaomei, referral=row, served=Served.UNKNOWN, words="", on=today())
    with pytest.raises(RuleBroken):
        close_referral(by=cast.xiaomei, referral=row, why=" ", at=timezone.now())
    assert close_referral(by=cast.xiaomei, referral=row, why="电话三次无人接", at=timezone.now()).state == S.CLOSED


def test_the_first_answer_stands(cast: Cast, lin: Person) -> None:
    row = sent(cast.xiaomei, lin)
    note_answer(by=cast.xiaomei, referral=row, accepted=False, words="名额满了", who="周医生", at=timezone.now())
    with pytest.raises(RuleBroken) as refusal:
        note_answer(by=cast.xiaomei, referral=row, accepted=True, words="", who="李医生", at=timezone.now())
    assert refusal.value.code == "service.referral_answered"
    assert referral_for(cast.xiaomei, row.pk).state == S.REJECTED


def test_what_was_sent_is_not_rewritten_and_what_was_answered_is_not_taken_back(cast: Cast, lin: Person) -> None:
    row = sent(cast.xiaomei, lin)
    with pytest.raises(RuleBroken):
        correct_referral(by=cast.xiaomei, referral=row, facts=ASKING, on=today())
    with pytest.raises(RuleBroken):
        revoke_referral(by=cast.xiaomei, referral=row, why="", at=timezone.now())
    note_answer(by=cast.xiaomei, referral=row, accepted=True, words="", who="周医生", at=timezone.now())
    with pytest.raises(RuleBroken):
        revoke_referral(by=cast.xiaomei, referral=row, why="写错了", at=timezone.now())


def test_what_is_missing_is_said(cast: Cast, lin: Person) -> None:
    agrees(cast.xiaomei, lin)
    for name in ("to_organisation", "to_contact", "reason", "info_passed"):
        with pytest.raises(RuleBroken) as refusal:
            draft_referral(by=cast.xiaomei, person=lin, facts=ReferralFacts(**{**vars(FACTS), name: " "}), on=today())
        assert refusal.value.field == name


def test_only_those_on_the_case_see_a_referral(cast: Cast, lin: Person) -> None:
    row = sent(cast.xiaomei, lin)
    with pytest.raises(NotAllowed):
        referral_for(cast.haiyan, row.pk)
    with pytest.raises(NotAllowed):
        referral_for(cast.zhiyuan, row.pk)
    assert [one.pk for one in referrals_in(cast.chenli, S.SENT)] == [row.pk]
    assert referrals_in(cast.haiyan, S.SENT) == []
    with pytest.raises(BehindTheWall):
        list(Referral.objects.all())


def test_whoever_works_at_the_site_and_not_on_the_case_reads_nothing(cast: Cast, lin: Person) -> None:
    other = actor_for(login("majun", "马军", (StaffRole.SOCIAL_WORKER, cast.east)))
    row = sent(cast.xiaomei, lin)
    assert referrals_in(other, S.SENT) == []
    for ask in (lambda: referral_for(other, row.pk), lambda: referrals_of_case(other, lin.cases.get())):
        with pytest.raises(SectionClosed):
            ask()


def test_what_waits_is_due_on_its_day(cast: Cast, lin: Person) -> None:
    row = sent(cast.xiaomei, lin)
    found = [due for due in due_for(cast.xiaomei, on=today(), until=days_later(7)) if due.table == "service.referral"]
    assert [(due.pk, due.on) for due in found] == [(row.pk, days_later(7))]
    assert not [due for due in due_for(cast.xiaomei, on=today(), until=days_later(6)) if due.pk == row.pk]
    assert HOSPITAL not in found[0].title + found[0].about


def test_a_supervisor_who_is_asked_to_decide_hears_of_it_at_once(cast: Cast, lin: Person) -> None:
    row = referred(cast.xiaomei, lin, facts=ASKING)

    def waits(by: Actor) -> list[int]:
        return [due.pk for due in due_for(by, on=today(), until=today()) if due.table == "service.referral"]

    assert (waits(cast.chenli), waits(cast.xiaomei)) == ([row.pk], [])
    override_consent(by=cast.chenli, referral=row, ground=OverrideGround.DANGER, why="被打", on=today())
    assert waits(cast.chenli) == []


def test_texts_of_a_referral_are_encrypted(cast: Cast, lin: Person) -> None:
    row = sent(cast.xiaomei, lin)
    with all_opened(why="a test looks at the bytes"), connection.cursor() as cursor:
        cursor.execute("SELECT to_organisation, info_passed FROM service_referral WHERE id = %s", [row.pk])
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert "保健院".encode() not in stored
