"""What the house owes when something went wrong, once a year for children, and before it asks for what may hurt."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.cast import Cast, login
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people import impact
from xiezuo.people.actions import (
    PersonFacts,
    ask_access,
    assess,
    assign,
    audit_minors,
    close_breach,
    concerns,
    decide_access,
    describe_breach,
    note_breach,
    note_guardianship,
    open_in_emergency,
    people_meant,
    register_person,
    report_audit,
    tell_authority,
    tell_of_breach,
)
from xiezuo.people.minors import ReadBy, findings
from xiezuo.people.models import Breach, Person, ReadLog
from xiezuo.people.owed import audit_due_on, breach_for, breaches_for, duties_of, is_owed, telling_words, tellings_of
from xiezuo.people.vocab import AssignedFor, GuardianBasis

DAY = date(2026, 3, 2)
NOON = timezone.make_aware(datetime(2026, 3, 2, 12))


@pytest.fixture
def steward(cast: Cast) -> Actor:
    return actor_for(login("he", "何老师", (StaffRole.DATA_STEWARD, None)))


@pytest.fixture
def child(cast: Cast) -> Person:
    facts = PersonFacts(nickname="小宇", born_on=date(2016, 9, 1))
    return register_person(by=cast.chenli, facts=facts, on=DAY, site=cast.east, with_user=False)


def breach_of(by: Actor) -> Breach:
    return note_breach(by=by, what="名单发错群", found_at=NOON, kinds=["name", "contact"], cause="选错了群", at=NOON)


def done(by: Actor, breach: Breach, not_told_why: str = "") -> None:
    """Remedied, and the authority told."""
    words = {"harm": "可能接到骚扰电话", "remedy": "已撤回", "not_told_why": not_told_why}
    describe_breach(by=by, breach=breach, words=words, remedied_at=NOON)
    tell_authority(by=by, breach=breach, authority="区网信办", at=NOON)


def owed(by: Actor, breach: Breach) -> list[str]:
    breach.refresh_from_db()
    return [telling_words(one) for one in tellings_of(by, breach) if is_owed(breach, one)]


def test_whoever_finds_it_writes_it_down_and_whoever_keeps_data_goes_on(cast: Cast, steward: Actor) -> None:
    breach = breach_of(cast.xiaomei)
    assert list(breaches_for(cast.xiaomei)) == [breach]
    assert list(breaches_for(cast.haiyan)) == []
    for colleague in (cast.xiaomei, cast.chenli, cast.zhiyuan):
        with pytest.raises(NotAllowed):
            breach_for(colleague, breach.pk)
    assert breach_for(steward, breach.pk) == breach
    director = actor_for(login("fang", "方主任", (StaffRole.DIRECTOR, None)))
    assert breach_for(director, breach.pk) == breach


def test_a_child_and_each_guardian_are_told(cast: Cast, steward: Actor, child: Person) -> None:
    for name in ("宇妈", "宇爸"):
        guardian = cast.person(name, cast.east)
        note_guardianship(by=cast.chenli, ward=child, guardian=guardian, basis=GuardianBasis.STATUTORY, paper="户口本")
    wang = cast.person("王姐", cast.east, born_on=date(1988, 3, 1))
    breach = breach_of(cast.xiaomei)
    assert concerns(by=steward, breach=breach, people=[child.pk, wang.pk], on=DAY) == 2
    assert concerns(by=steward, breach=breach, people=[child.pk, wang.pk], on=DAY) == 0
    rows = tellings_of(steward, breach)
    assert [(str(row.person), str(row.whom), row.as_guardian) for row in rows] == [
        ("小宇", "小宇", False),
        ("小宇", "宇妈", True),
        ("小宇", "宇爸", True),
        ("王姐", "王姐", False),
    ]
    assert ReadLog.objects.filter(person=child, user=steward.user, what="breach").count() == 1


def test_a_child_of_whom_no_guardian_is_known_is_owed_one(cast: Cast, steward: Actor, child: Person) -> None:
    breach = breach_of(steward)
    concerns(by=steward, breach=breach, people=[child.pk], on=DAY)
    assert [(row.as_guardian, row.whom_id) for row in tellings_of(steward, breach)] == [(False, child.pk), (True, None)]


def test_it_is_not_closed_while_someone_is_not_told_and_says_who(cast: Cast, steward: Actor, child: Person) -> None:
    wang = cast.person("王姐", cast.east, born_on=date(1988, 3, 1))
    breach = breach_of(steward)
    concerns(by=steward, breach=breach, people=[child.pk, wang.pk], on=DAY)
    with pytest.raises(RuleBroken) as refusal:
        close_breach(by=steward, breach=breach, at=NOON)
    assert refusal.value.code == "people.breach_authority_not_told"
    done(steward, breach)
    told = [row.pk for row in tellings_of(steward, breach) if row.person_id == child.pk]
    assert tell_of_breach(by=steward, breach=breach, tellings=told, way="phone", at=NOON) == 2
    with pytest.raises(RuleBroken) as refusal:
        close_breach(by=steward, breach=breach, at=NOON)
    assert refusal.value.code == "people.breach_not_told"
    assert "王姐" in str(refusal.value) and "小宇" not in str(refusal.value)
    rest = [row.pk for row in tellings_of(steward, breach)]
    assert tell_of_breach(by=steward, breach=breach, tellings=rest, way="letter", at=NOON) == 1
    assert close_breach(by=steward, breach=breach, at=NOON).closed_by == steward.user
    with pytest.raises(RuleBroken):
        tell_of_breach(by=steward, breach=breach, tellings=rest, way="letter", at=NOON)


def test_where_harm_is_prevented_adults_need_not_be_told_and_children_do(
    cast: Cast, steward: Actor, child: Person
) -> None:
    wang = cast.person("王姐", cast.east, born_on=date(1988, 3, 1))
    breach = breach_of(steward)
    concerns(by=steward, breach=breach, people=[child.pk, wang.pk], on=DAY)
    assert len(owed(steward, breach)) == 3
    done(steward, breach, not_told_why="文件加密，密码没有外传")
    assert len(owed(steward, breach)) == 2
    assert all("小宇" in words for words in owed(steward, breach))


def test_the_clocks_run_from_the_hour_it_was_found(cast: Cast, steward: Actor) -> None:
    breach = breach_of(steward)
    hours = {duty.code: duty.until - NOON for duty in duties_of(breach, [])}
    assert hours == {"remedy": timedelta(hours=4), "authority": timedelta(hours=24), "people": timedelta(hours=72)}
    late = [duty.code for duty in duties_of(breach, []) if duty.is_late(NOON + timedelta(hours=25))]
    assert late == ["remedy", "authority"]
    done(steward, breach)
    breach.refresh_from_db()
    assert [duty.code for duty in duties_of(breach, []) if duty.done_at is None] == ["people"]


def test_whom_it_concerns_is_meant_by_a_number_or_a_whole_name(cast: Cast, steward: Actor) -> None:
    wang, li = cast.person("王姐", cast.east, full_name="王素芬"), cast.person("李哥", cast.west)
    twice = [cast.person("阿芳", cast.east), cast.person("阿芳", cast.west)]
    found, unclear = people_meant(steward, f"王素芬\n{li.number}\n阿芳\n王\n\n")
    assert (found, unclear, len(twice)) == ([wang.pk, li.pk], ["阿芳", "王"], 2)
    with pytest.raises(NotAllowed):
        people_meant(cast.chenli, "王素芬")


# ── once a year: what the house did with facts about children ──


def at(hour: int, day: date = DAY) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def reads(person: Person, by: Actor, hour: int) -> None:
    ReadLog.objects.create(person=person, user=by.user, at=at(hour), what="person")


def test_readings_of_children_are_told_by_colleague_and_by_what_tied_them(cast: Cast, child: Person) -> None:
    grown = cast.person("王姐", cast.east, born_on=date(1988, 3, 1))
    cast.check(cast.xiaomei, DAY)
    assign(by=cast.chenli, person=child, why=AssignedFor.CASE_TEAM, on=DAY, user=cast.xiaomei.user)
    request = ask_access(by=cast.haiyan, person=child.pk, why="家访", until=at(18), at=at(9))
    assert request is not None
    decide_access(by=cast.chenli, request=request, approved=True, words="", at=at(10))
    for by, hour in ((cast.xiaomei, 9), (cast.xiaomei, 10), (cast.chenli, 9), (cast.haiyan, 11), (cast.haiyan, 19)):
        reads(child, by, hour)
    reads(grown, cast.haiyan, 11)
    ReadLog.objects.create(person=child, user=cast.zhiyuan.user, at=at(12), what="breach")
    found = findings(DAY, DAY)
    assert (found.files, found.reads) == (1, 6)
    assert found.by_colleague == {cast.xiaomei.id: 2, cast.chenli.id: 1, cast.haiyan.id: 2, cast.zhiyuan.id: 1}
    ties = {ReadBy.CASE_TEAM: 2, ReadBy.RESPONSIBLE: 1, ReadBy.APPROVED: 1, ReadBy.DUTY: 1, ReadBy.NOTHING: 1}
    assert found.by_tie == ties


def test_emergencies_nobody_looked_at_long_approvals_and_own_registrations_are_counted(
    cast: Cast, child: Person
) -> None:
    open_in_emergency(by=cast.haiyan, person=child.pk, why="走失", at=at(9))
    for days in (7, 8):
        request = ask_access(by=cast.haiyan, person=child.pk, why="家访", until=at(10) + timedelta(days=days), at=at(9))
        assert request is not None
        decide_access(by=cast.chenli, request=request, approved=True, words="", at=at(10))
    cast.person("小雨", cast.east, born_on=date(2015, 5, 1))
    found = findings(DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert (found.emergencies_not_reviewed, found.long_approvals, found.self_registered) == (1, 1, 1)
    assert found.others == {"exports": 0}


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2025, 6, 1), date(2026, 6, 1)),
        (date(2024, 2, 29), date(2025, 3, 1)),
    ],
)
def test_the_next_audit_is_due_one_year_after_the_last(steward: Actor, last: date, due: date) -> None:
    assert audit_due_on() is None
    audit_minors(by=steward, from_on=last - timedelta(days=365), to_on=last, conclusion="没有越权", on=last)
    assert audit_due_on() == due


def test_an_audit_concludes_in_words_and_says_to_whom_it_was_reported(cast: Cast, steward: Actor) -> None:
    with pytest.raises(RuleBroken):
        audit_minors(by=steward, from_on=DAY, to_on=DAY, conclusion=" ", on=DAY)
    with pytest.raises(NotAllowed):
        audit_minors(by=cast.chenli, from_on=DAY, to_on=DAY, conclusion="好", on=DAY)
    audit = audit_minors(by=steward, from_on=DAY, to_on=DAY, conclusion="好", on=DAY)
    report_audit(by=steward, audit=audit, to="区网信办", on=DAY)
    audit.refresh_from_db()
    assert (audit.reported_to, audit.reported_on) == ("区网信办", DAY)


# ── before it asks for what may hurt ──

WORDS = {"purpose": "登记", "necessity": "必要", "risks": "外传", "measures": "加密"}


@pytest.fixture
def form(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, str]]:
    """A new form with sensitive facts, of which nobody shipped an assessment."""

    def told() -> dict[str, str]:
        return {"screening": "心理筛查表"}

    monkeypatch.setattr(impact, "_told", [*impact._told, told])
    return told  # type: ignore[return-value]


def test_a_new_form_that_nobody_assessed_is_not_enabled(steward: Actor, form: object) -> None:
    with pytest.raises(RuleBroken) as refusal:
        impact.must_be_assessed("screening", DAY)
    assert refusal.value.code == "people.not_assessed"
    assess(by=steward, subject="screening", words=WORDS, on=DAY)
    impact.must_be_assessed("screening", DAY)
    with pytest.raises(RuleBroken):
        impact.must_be_assessed("screening", DAY - timedelta(days=1))


def test_what_is_shipped_runs_and_waits_to_be_confirmed_once(db: None, steward: Actor) -> None:
    impact.must_be_assessed("person", DAY)
    assert impact.assessed("person", DAY) == impact.Assessed.SHIPPED
    told = impact.shipped("person")
    assert told is not None
    confirmed = assess(by=steward, subject="person", words=told, on=DAY)
    assert (impact.assessed("person", DAY), confirmed.version) == (impact.Assessed.OWN, "1.0")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2029, 3, 2), impact.Assessed.OWN),
        (date(2029, 3, 3), impact.Assessed.OLD),
    ],
)
def test_after_three_years_it_is_looked_at_anew_and_goes_on_meanwhile(
    steward: Actor, on: date, state: impact.Assessed
) -> None:
    assess(by=steward, subject="person", words=WORDS, on=DAY)
    assert impact.assessed("person", on) == state
    impact.must_be_assessed("person", on)


def test_an_assessment_with_an_empty_part_assesses_nothing(cast: Cast, steward: Actor) -> None:
    with pytest.raises(RuleBroken) as refusal:
        assess(by=steward, subject="person", words=WORDS | {"risks": " "}, on=DAY)
    assert refusal.value.field == "risks"
    with pytest.raises(NotAllowed):
        assess(by=cast.chenli, subject="person", words=WORDS, on=DAY)
