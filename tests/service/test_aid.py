"""救助: from being asked for to being told to the donor (S04; AID-1, AID-2)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.factories.aided import WINTER, AidCast, aid_cast
from tests.factories.cases import moment
from tests.factories.cast import DAY, make_cast
from xiezuo.common.days import at
from xiezuo.common.errors import RuleBroken
from xiezuo.service.actions.aid import approve_aid, follow_up_aid, report_aid
from xiezuo.service.aid.balance import meter_of
from xiezuo.service.aid.totals import totals_of
from xiezuo.service.filling.contents import answers_of
from xiezuo.service.models import Aid
from xiezuo.service.vocab import AidState

NOVEMBER, MARCH = date(2026, 11, 12), date(2027, 3, 10)


@pytest.fixture
def aid(db: None) -> AidCast:
    with at(moment(DAY, "09:00")):
        return aid_cast(make_cast())


def test_a_family_of_four_gets_the_fare_home_and_in_march_the_donor_reads_a_number_and_no_name(aid: AidCast) -> None:
    """S04: the earlier assessment is opened, two others approve, the meter falls, the mother signs."""
    xiaomei, mother = aid.cast.xiaomei, aid.home("春梅", 3)
    gift, school_gift = aid.gift("40000.00", "travel"), aid.gift("5000.00", "school_aid")
    with at(moment(NOVEMBER, "10:00")):
        november = aid.assessment(mother.head, NOVEMBER, com_barriers="房租每月 700 元", house_income=1)
    with at(moment(WINTER, "10:00")):
        application = aid.apply(mother)
        # November's assessment opens; only the rent is changed.
        before = answers_of(xiaomei, november)[1]
        now = aid.write(
            "assessment",
            before | {"service_date": WINTER.isoformat(), "com_barriers": "房租每月 900 元"},
            WINTER,
            person=mother.head,
            follows=november,
        )
        after = answers_of(xiaomei, now)[1]
        assert {key for key in after if after[key] != before.get(key)} == {"service_date", "com_barriers"}
        assert (now.follows, application.people, application.state) == (november, 4, AidState.APPLIED)

        # A travel gift for the fare; a school gift does not pay for it.
        with pytest.raises(RuleBroken) as refused:
            aid.assess(application, school_gift, assessment=now)
        assert refused.value.code == "service.aid_purpose"
        line = aid.assess(application, gift, assessment=now)
        assert {user.name for user in line.assessors.all()} == {"周晓梅", "方敏"}
        with pytest.raises(RuleBroken) as refused:
            approve_aid(by=aid.fang, aid=line, on=WINTER)
        assert str(refused.value) == (
            "方敏参与了这笔救助的评估，要由另外两位批准。没有改动任何内容：请一位没有参与的同事。"
        )
        line = aid.approve(line, WINTER, aid.cast.chenli)
        assert (line.state, meter_of(gift).left) == (AidState.ASSESSED, Decimal("40000.00"))
        line = aid.approve(line, WINTER, aid.hong)
        assert (line.state, meter_of(gift).promised, meter_of(gift).left) == (
            AidState.APPROVED,
            Decimal("430.00"),
            Decimal("39570.00"),
        )
        line = aid.hand_over(line)
        assert (line.state, line.amount_paid, line.handed_on) == (AidState.HANDED_OVER, Decimal("430.00"), WINTER)
        assert (meter_of(gift).promised, meter_of(gift).paid, meter_of(gift).left) == (
            Decimal("0.00"),
            Decimal("430.00"),
            Decimal("39570.00"),
        )


def test_in_march_the_donor_reads_90_households_and_38714_yuan_60_and_no_name(aid: AidCast) -> None:
    gift = aid.gift("40000.00", "travel")
    with at(moment(WINTER, "10:00")):
        homes = [aid.home(f"户{n:02}", 0) for n in range(90)]
        cents = ["430.16"] * 89 + ["430.36"]
        lines = [aid.given(home, gift, amount) for home, amount in zip(homes, cents, strict=True)]
    with at(moment(MARCH, "10:00")):
        told = totals_of(aid.gao, gift, WINTER, MARCH)
        assert (told.households, told.people, told.amount, told.average) == (
            90,
            90,
            Decimal("38714.60"),
            Decimal("430.16"),
        )
        assert told.sentence == "90 户，38,714.60 元"
        with override("en"):
            assert told.sentence == "90 households, 38,714.60 yuan"
        assert [person for person in homes if person.head.nickname in str(told)] == []
        assert report_aid(by=aid.gao, funding=gift, number="2027-03", first=WINTER, last=MARCH, on=MARCH) == 90
        one = Aid.objects.get(pk=lines[0].pk)
        assert (one.state, one.report_no, one.reported_on) == (AidState.REPORTED, "2027-03", MARCH)
        assert follow_up_aid(by=aid.cast.xiaomei, aid=one, words="都到家了", on=MARCH).followed_up_on == MARCH
