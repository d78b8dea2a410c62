"""Who approves an aid (AID-1), what a gift pays for (AID-2), and who reads it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories.aided import WINTER, AidCast, aid_cast
from tests.factories.cases import SIGNED, moment
from tests.factories.cast import DAY, make_cast
from xiezuo.common.days import at
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.orgs.access import Actor
from xiezuo.orgs.actions import declare_solo
from xiezuo.orgs.models import User
from xiezuo.orgs.restrictions import change_restriction, kinds_paid, restrict_funding, write_amount
from xiezuo.people.actions import PersonFacts, assign, found_household, register_person
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.access.aids import aid_for, aids_for, steps_of, still_to_do, waiting_for
from xiezuo.service.actions.aid import (
    AidAsked,
    AidProposed,
    approve_aid,
    ask_another,
    ask_for_aid,
    assess_aid,
    reject_aid,
    report_aid,
    withdraw_aid,
)
from xiezuo.service.aid.balance import meter_of
from xiezuo.service.aid.totals import totals_of
from xiezuo.service.models import Aid, ServiceRecord
from xiezuo.service.vocab import AidState, Method

LATER = WINTER + timedelta(days=60)


@pytest.fixture
def aid(db: None) -> AidCast:
    with at(moment(DAY, "09:00")):
        return aid_cast(make_cast())


def refusal(do: object) -> str:
    with pytest.raises(RuleBroken) as refused:
        do()  # type: ignore[operator]
    return refused.value.code


def proposed(cast: AidCast, gift: object, amount: str, *who: Actor) -> AidProposed:
    users: list[User] = [actor.user for actor in who]
    return AidProposed(amount=Decimal(amount), funding=gift, approvers=users, why="票价", assessors=[cast.fang.user])  # type: ignore[arg-type]


# ── AID-1 ──


@pytest.mark.parametrize(
    ("amount", "who", "code"),
    [
        ("430.00", ["chenli", "hong"], ""),
        ("430.00", ["gao", "hong"], ""),
        ("3000.00", ["chenli", "hong"], ""),
        ("3000.01", ["chenli", "hong"], "service.aid_director"),
        ("3000.01", ["chenli", "gao"], ""),
        ("430.00", ["chenli"], "service.aid_approvers"),
        ("430.00", ["chenli", "chenli"], "service.aid_approvers"),
        ("430.00", ["chenli", "fang"], "service.aid_approver"),
        ("430.00", ["chenli", "xiaomei"], "service.aid_approver"),
        ("430.00", ["chenli", "zhiyuan"], "service.aid_approver"),
        ("430.00", ["hong", "haiyan"], "service.aid_supervisor"),
    ],
)
def test_who_may_be_asked_to_approve_how_much(aid: AidCast, amount: str, who: list[str], code: str) -> None:
    people = {"fang": aid.fang, "hong": aid.hong, "gao": aid.gao} | vars(aid.cast)
    gift, home = aid.gift("9000.00", "travel"), aid.home()
    line = aid.apply(home)
    plan = proposed(aid, gift, amount, *(people[name] for name in who))
    if code:
        assert refusal(lambda: assess_aid(by=aid.cast.xiaomei, aid=line, proposed=plan, on=WINTER)) == code
    else:
        assert assess_aid(by=aid.cast.xiaomei, aid=line, proposed=plan, on=WINTER).state == AidState.ASSESSED


def test_nobody_approves_twice_and_nobody_who_is_not_asked(aid: AidCast) -> None:
    line = aid.proposed(aid.home(), aid.gift("9000.00", "travel"), "430.00")
    approve_aid(by=aid.hong, aid=line, on=WINTER)
    assert refusal(lambda: approve_aid(by=aid.hong, aid=line, on=WINTER)) == "service.aid_answered"
    with pytest.raises(NotAllowed):
        approve_aid(by=aid.gao, aid=line, on=WINTER)
    assert refusal(lambda: approve_aid(by=aid.cast.xiaomei, aid=line, on=WINTER)) == "service.aid_approver"


def test_somebody_else_is_asked_and_one_no_is_enough(aid: AidCast) -> None:
    gift = aid.gift("9000.00", "travel")
    line = aid.proposed(aid.home(), gift, "430.00")
    ask_another(by=aid.cast.xiaomei, aid=line, instead_of=aid.hong.user, approver=aid.gao.user, on=WINTER)
    approve_aid(by=aid.cast.chenli, aid=line, on=WINTER)
    assert refusal(lambda: reject_aid(by=aid.gao, aid=line, why=" ", on=WINTER)) == "service.aid_reason"
    done = reject_aid(by=aid.gao, aid=line, why="上个月刚领过", on=WINTER)
    assert (done.state, done.ended_on, meter_of(gift).left) == (AidState.REJECTED, WINTER, Decimal("9000.00"))
    assert [str(step.why) for step in steps_of(aid.cast.chenli, done)] == ["回家过年", "票价", "上个月刚领过"]


def test_in_the_place_of_the_director_comes_nobody_else_above_the_limit(aid: AidCast) -> None:
    line, xiaomei = aid.apply(aid.home()), aid.cast.xiaomei
    plan = proposed(aid, aid.gift("9000.00", "travel"), "3000.01", aid.cast.chenli, aid.gao)
    line = assess_aid(by=xiaomei, aid=line, proposed=plan, on=WINTER)
    for who, code in ((aid.hong, "service.aid_director"), (aid.cast.chenli, "service.aid_asked_already")):
        assert (
            refusal(
                lambda who=who: ask_another(by=xiaomei, aid=line, instead_of=aid.gao.user, approver=who.user, on=WINTER)
            )  # type: ignore[misc]
            == code
        )


def test_who_works_alone_approves_alone_and_looks_at_it_again(aid: AidCast) -> None:
    for user in (aid.hong, aid.fang, aid.cast.haiyan, aid.gao, aid.cast.xiaomei):
        user.user.memberships.all().delete()
    aid.cast.zhiyuan.user.memberships.all().delete()
    chenli = aid.cast.chenli
    declare_solo(by=replace(chenli, held=chenli.held | {("director", None)}), solo=True)
    assign_to = aid.cast.east
    person = register_person(by=chenli, facts=PersonFacts(nickname="阿莲"), on=WINTER, site=assign_to)
    home = found_household(by=chenli, head=person, members=[], on=WINTER)
    gift = aid.gift("9000.00", "travel")
    asked = AidAsked(household=home, applicant=person, kind="travel", request="路费", site=assign_to)
    line = ask_for_aid(by=chenli, asked=asked, on=WINTER)
    plan = AidProposed(amount=Decimal(430), funding=gift, approvers=[chenli.user], why="票价")
    line = assess_aid(by=chenli, aid=line, proposed=plan, on=WINTER)
    assert approve_aid(by=chenli, aid=line, on=WINTER).state == AidState.APPROVED
    assert [task.due_on for task in person.tasks.all()] == [WINTER + timedelta(days=14)]


# ── AID-2 ──


@pytest.mark.parametrize(
    ("amount", "kinds", "restriction", "asked", "code"),
    [
        ("430.00", ["travel"], "", "430.00", ""),
        ("429.99", ["travel"], "", "430.00", "service.aid_balance"),
        ("430.00", ["school_aid"], "", "430.00", "service.aid_purpose"),
        ("430.00", [], "", "430.00", ""),
        ("430.00", [], "只用于助学", "430.00", "service.aid_purpose"),
        (None, ["travel"], "", "430.00", "service.aid_amount_of_gift"),
        (None, ["travel"], "", "0.00", ""),
    ],
)
def test_a_gift_pays_what_fits_its_purpose_and_no_more_than_is_left(
    aid: AidCast, amount: str | None, kinds: list[str], restriction: str, asked: str, code: str
) -> None:
    gift, home = aid.gift(amount, *kinds, restriction=restriction), aid.home()
    line, plan = aid.apply(home), proposed(aid, gift, asked, aid.cast.chenli, aid.hong)
    if code:
        assert refusal(lambda: assess_aid(by=aid.cast.xiaomei, aid=line, proposed=plan, on=WINTER)) == code
    else:
        assert assess_aid(by=aid.cast.xiaomei, aid=line, proposed=plan, on=WINTER).state == AidState.ASSESSED


def test_what_is_promised_is_given_back_whole_when_it_ends_and_what_is_not_paid_too(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    first = aid.promised(aid.home("甲"), gift, "600.00")
    second = aid.proposed(aid.home("乙"), gift, "400.00")
    assert (meter_of(gift).promised, meter_of(gift).left) == (Decimal("600.00"), Decimal("400.00"))
    withdraw_aid(by=aid.cast.xiaomei, aid=first, why="借到了", on=WINTER)
    assert (meter_of(gift).promised, meter_of(gift).left) == (Decimal("0.00"), Decimal("1000.00"))
    aid.approve(second)
    third = aid.apply(aid.home("丙"))
    aid.assess(third, gift, amount="600.00")
    given = aid.hand_over(aid.approve(third), amount="500.00")
    assert (given.amount_approved, given.amount_paid) == (Decimal("600.00"), Decimal("500.00"))
    assert (meter_of(gift).promised, meter_of(gift).paid, meter_of(gift).left) == (
        Decimal("400.00"),
        Decimal("500.00"),
        Decimal("100.00"),
    )


def test_more_than_was_approved_is_not_handed_over_nor_twice_nor_without_a_signature(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.apply(aid.home())
    assert refusal(lambda: aid.hand_over(line)) == "service.aid_state"
    aid.assess(line, gift)
    line = aid.approve(line)
    assert refusal(lambda: aid.hand_over(line, amount="430.01")) == "service.aid_above_approved"
    assert refusal(lambda: aid.hand_over(line, receipt={"unanswered": "declined"})) == "service.aid_signed"
    aid.hand_over(line, receipt=SIGNED)
    assert refusal(lambda: aid.hand_over(line)) == "service.aid_given_already"
    record = ServiceRecord.objects.get(method=Method.AID)
    assert [str(one.person) for one in record.participations.all()] == ["春梅"]
    assert [str(project) for project in record.projects.all()] == [str(gift.project)]


def test_another_purpose_needs_the_donor_and_only_the_director_tells_it(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    told = {"aid_kinds": ["school_aid"], "agreed_by": "陈理事", "words": "", "on": LATER}
    with pytest.raises(NotAllowed):
        change_restriction(by=aid.cast.chenli, funding=gift, agreed_on=LATER, **told)  # type: ignore[arg-type]
    no_name = told | {"agreed_by": " "}
    assert refusal(lambda: change_restriction(by=aid.gao, funding=gift, agreed_on=LATER, **no_name)) == "orgs.agreed_by"  # type: ignore[arg-type]
    tomorrow = LATER + timedelta(days=1)
    assert (
        refusal(lambda: change_restriction(by=aid.gao, funding=gift, agreed_on=tomorrow, **told)) == "orgs.agreed_on"  # type: ignore[arg-type]
    )
    change_restriction(by=aid.gao, funding=gift, agreed_on=LATER, **told)  # type: ignore[arg-type]
    days = (WINTER, LATER, LATER + timedelta(days=1))
    assert [kinds_paid(gift, day) for day in days] == [{"travel"}, {"travel", "school_aid"}, {"school_aid"}]


def test_a_gift_that_is_restricted_in_words_alone_pays_once_its_kinds_are_chosen(aid: AidCast) -> None:
    gift = aid.gift(None, restriction="只用于路费")
    assert kinds_paid(gift, WINTER) == frozenset()
    restrict_funding(by=aid.cast.chenli, funding=gift, aid_kinds=["travel"])
    write_amount(by=aid.cast.chenli, funding=gift, amount=Decimal(500))
    assert (kinds_paid(gift, WINTER), meter_of(type(gift).objects.get()).left) == ({"travel"}, Decimal("500.00"))
    assert refusal(lambda: restrict_funding(by=aid.gao, funding=gift, aid_kinds=["cash"])) == "orgs.restricted_already"


# ── the visit, and the assessment ──


def test_an_assessment_rests_on_a_visit_to_this_home_and_on_someone_who_lives_there(aid: AidCast) -> None:
    gift, home, other = aid.gift("1000.00", "travel"), aid.home("甲"), aid.home("乙")
    line = aid.apply(home)
    elsewhere, of_other = aid.visit(other, WINTER), aid.assessment(other.head, WINTER)
    assert refusal(lambda: aid.assess(line, gift, visit=elsewhere)) == "service.aid_visit"
    assert refusal(lambda: aid.assess(line, gift, assessment=of_other)) == "service.aid_assessment"
    of_member = aid.assessment(home.members.exclude(person=home.head)[0].person, WINTER)
    assert aid.assess(line, gift, assessment=of_member).state == AidState.ASSESSED


# ── who reads it ──


def test_whoever_is_asked_to_approve_reads_the_line_and_nobody_else_learns_of_it(aid: AidCast) -> None:
    gift = aid.gift("1000.00", "travel")
    line = aid.apply(aid.home())
    everyone = {"xiaomei": aid.cast.xiaomei, "haiyan": aid.cast.haiyan, "zhiyuan": aid.cast.zhiyuan}
    everyone |= {"chenli": aid.cast.chenli, "fang": aid.fang, "hong": aid.hong, "gao": aid.gao}

    def seen() -> list[str]:
        return [name for name, who in everyone.items() if aids_for(who)]

    assert seen() == ["xiaomei", "chenli", "fang"]
    aid.assess(line, gift)
    assert seen() == ["xiaomei", "chenli", "fang", "hong"]
    assert [one.pk for one in waiting_for(aid.hong)] == [line.pk]
    for who in (aid.gao, aid.cast.haiyan, aid.cast.zhiyuan):
        with pytest.raises(NotAllowed):
            aid_for(who, line.pk)
    aid.approve(Aid.objects.get(), WINTER)
    assert waiting_for(aid.hong) == []
    aid.hand_over(Aid.objects.get())
    assert [one.follow_up_on for one in still_to_do(aid.cast.xiaomei, LATER)] == [date(2027, 2, 25)]


def test_a_worker_of_the_site_who_was_not_named_does_not_read_it(aid: AidCast) -> None:
    home = aid.home()
    aid.apply(home)
    with pytest.raises(NotAllowed):
        aid_for(aid.hong, Aid.objects.get().pk)
    assign(by=aid.cast.chenli, person=home.head, user=aid.hong.user, why=AssignedFor.CASE_TEAM, on=DAY)
    assert aid_for(aid.hong, Aid.objects.get().pk).state == AidState.APPLIED


# ── what the donor reads ──


def test_fewer_households_than_may_be_told_are_not_told(aid: AidCast) -> None:
    gift = aid.gift("9000.00", "travel", "cash")
    for n in range(6):
        aid.given(aid.home(f"户{n}", 0), gift, "100.00", WINTER + timedelta(days=n), "travel")
    aid.given(aid.home("户6", 0), gift, "50.00", LATER, "cash")
    told = totals_of(aid.cast.chenli, gift, WINTER, LATER)
    assert (told.households, told.amount, told.hidden) == (7, Decimal("650.00"), False)
    assert [(line.households, line.hidden) for line in told.by_kind] == [(1, True), (6, True)]
    few = totals_of(aid.cast.chenli, gift, LATER, LATER)
    assert (few.hidden, few.sentence) == (True, "少于 5 户")
    with pytest.raises(NotAllowed):
        totals_of(aid.cast.xiaomei, gift, WINTER, LATER)


def test_a_donor_is_told_once_and_what_comes_later_in_the_next_report(aid: AidCast) -> None:
    gift = aid.gift("9000.00", "travel")
    aid.given(aid.home("甲", 0), gift, "100.00")
    told = {"by": aid.gao, "funding": gift, "first": WINTER, "last": LATER, "on": LATER}
    assert report_aid(number="1", **told) == 1  # type: ignore[arg-type]
    assert refusal(lambda: report_aid(number="2", **told)) == "service.aid_nothing_to_report"  # type: ignore[arg-type]
