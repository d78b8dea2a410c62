"""Nothing that identifies a child leaves the house in a text without consent (CHD-4), wherever the text leaves."""

from datetime import date

import pytest

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.own_side import agrees, guarded
from xiezuo.common.errors import RuleBroken
from xiezuo.insight.actions import write_text
from xiezuo.insight.vocab import ReportPart
from xiezuo.people.disclosing import Names, must_name_no_minor
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def child(cast: Cast) -> Person:
    return cast.person("小雨", cast.east, full_name="王小雨", born_on=date(2015, 5, 1))


def test_a_childs_full_name_is_found_and_a_grown_ups_is_not(cast: Cast, child: Person) -> None:
    cast.person("阿莲", cast.east, full_name="赵阿莲", born_on=date(1990, 1, 1))
    names = Names(DAY)
    assert names.in_text("王小雨和赵阿莲领到冬衣") == [child]
    assert names.in_text("赵阿莲领到冬衣") == []
    assert names.in_text("那天下着小雨") == []


def test_of_those_who_were_there_the_nickname_counts_too(cast: Cast, child: Person) -> None:
    names = Names(DAY)
    assert (names.may_leave("小雨的生日", [child]), names.may_leave("小雨的生日")) == ("", "小雨的生日")
    assert names.left_out == 1


def test_on_the_18th_birthday_they_decide_alone_what_is_said(cast: Cast, child: Person) -> None:
    assert [Names(date(2033, 4, 30)).in_text("王小雨") == [child], Names(date(2033, 5, 1)).in_text("王小雨")] == [
        True,
        [],
    ]


def test_with_the_consent_of_child_and_guardian_the_name_may_be_said(cast: Cast, child: Person) -> None:
    mother = cast.person("小雨妈妈", cast.east)
    cast.check(cast.xiaomei, DAY)
    guarded(Cast(**{**vars(cast), "xiaomei": cast.chenli}), child, mother)
    with pytest.raises(RuleBroken):
        must_name_no_minor(cast.chenli, "王小雨的画", DAY)
    agrees(cast.chenli, child, ConsentPurpose.PUBLISH, DAY, by=mother)
    must_name_no_minor(cast.chenli, "王小雨的画", DAY)


def test_the_annual_report_refuses_it_and_tells_nobody_of_a_child_they_do_not_know(cast: Cast, child: Person) -> None:
    with pytest.raises(RuleBroken, match="小雨") as refused:
        write_text(by=cast.chenli, year=2026, part=ReportPart.STORIES, text="王小雨学会了游泳")
    assert (refused.value.facts["rule"], refused.value.field) == ("CHD-4", ReportPart.STORIES)
    with pytest.raises(RuleBroken) as elsewhere:
        must_name_no_minor(cast.haiyan, "王小雨学会了游泳", DAY)
    assert "小雨" not in str(elsewhere.value)
    write_text(by=cast.chenli, year=2026, part=ReportPart.STORIES, text="一个女孩学会了游泳")
