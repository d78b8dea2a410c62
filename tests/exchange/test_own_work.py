"""What someone takes along of the work that was done with them; and what stands in no copy."""

import json
import uuid
import zipfile
from datetime import date, time
from io import BytesIO
from typing import Any

import pytest

from tests.factories.cases import told
from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.own_side import guarded, member, moment
from xiezuo.exchange.own_copy import copy_file, own_record
from xiezuo.forms.definitions import form_definition
from xiezuo.people.actions import assign, name_collector
from xiezuo.people.models import Person
from xiezuo.people.vocab import AssignedFor, Relation
from xiezuo.service.actions import Filling, check_in, submit_form
from xiezuo.service.actions.entrusted import entrust, note_contact
from xiezuo.service.actions.labour import MatterFacts, write_matter
from xiezuo.service.actions.leaving import Going, allow_alone, let_go, turn_away
from xiezuo.service.actions.risks import flag_risk
from xiezuo.service.models import ChildAttendance
from xiezuo.service.vocab import InTouch, LabourKind, LeftWith, WhichParent

NOW = moment(DAY, 20)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def mother(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", born_on=date(1988, 5, 4), phone="15412342764")


@pytest.fixture
def child(cast: Cast, mother: Person) -> Person:
    """小雨 of nine, whom her mother answers for, came on this day and was collected."""
    cast.check(cast.xiaomei, DAY)
    child = cast.person("小雨", cast.east, full_name="王小雨", born_on=date(2016, 6, 1))
    assign(by=cast.chenli, person=child, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    guarded(cast, child, mother)
    collector = name_collector(
        by=cast.xiaomei, child=child, name="张外婆", phone="15400000001", relation=Relation.GRANDPARENT, on=DAY
    )
    check_in(by=cast.xiaomei, site=cast.east, on=DAY, person=child, at=time(15, 30))
    row = ChildAttendance.objects.get()
    turn_away(by=cast.xiaomei, row=row, name="赵大勇", at=time(17, 0), on=DAY)
    let_go(
        by=cast.xiaomei, row=row, facts=Going(how=LeftWith.COLLECTOR, at=time(17, 30), collector=collector.pk), on=DAY
    )
    return child


def taken(cast: Cast, subject: Person, looker: Person) -> dict[str, Any]:
    packed = copy_file(member(cast, subject, looker, NOW), NOW)
    with zipfile.ZipFile(BytesIO(packed)) as file:
        return dict(json.loads(file.read("record.json")))


def test_a_case_stands_with_its_state_and_what_was_said_and_agreed_and_no_word_of_the_worker(cast: Cast) -> None:
    one = told(cast, "王姐").intervening(reflection="我觉得她在隐瞒", said="她哭了")
    (case,) = taken(cast, one.person, one.person)["cases"]
    assert (case["number"], case["state"], case["who"]) == (one.case.case_no, "intervening", "周晓梅")
    assert (case["own_words"], case["aim"]) == ("老板两个月没发钱了", "生活稳下来")
    everything = json.dumps(taken(cast, one.person, one.person), ensure_ascii=False)
    assert [words in everything for words in ("隐瞒", "她哭了", "没有别的收入")] == [False, False, False]


def test_a_matter_at_work_stands_with_the_limits_of_today(cast: Cast, mother: Person) -> None:
    assign(by=cast.chenli, person=mother, user=cast.xiaomei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    facts = MatterFacts(kind=LabourKind.LEFT, happened_on=date(2025, 12, 31), words="还欠我两个月")
    write_matter(by=cast.xiaomei, person=mother, facts=facts, on=DAY)
    (matter,) = taken(cast, mother, mother)["labour"]
    assert (matter["own_words"], matter["limits"]) == ("还欠我两个月", ["LAB-2: 2026-12-31"])


def test_what_she_asked_at_the_desk_is_hers(cast: Cast, mother: Person) -> None:
    answers = {"visitor": "王姐", "channel": "walk_in", "question": "孩子上学要什么材料", "answer": "先看户口"}
    filling = Filling(form=form_definition("enquiry"), answers=answers, person=mother, site=cast.east)
    submit_form(by=cast.xiaomei, filling=filling, on=DAY, key=uuid.uuid4())
    assert [(row["kind"], row["own_words"]) for row in taken(cast, mother, mother)["asked"]] == [
        ("enquiry", "孩子上学要什么材料")
    ]


def test_a_childs_days_say_when_and_what_the_collector_is_and_name_nobody(
    cast: Cast, mother: Person, child: Person
) -> None:
    entrust(by=cast.xiaomei, child=child, carer="张外婆", from_on=DAY, on=DAY)
    note_contact(by=cast.xiaomei, child=child, who=WhichParent.MOTHER, how=InTouch.VIDEO, day=DAY, on=DAY)
    allow_alone(by=cast.xiaomei, child=child, guardian=mother.pk, source="电话里说的", from_on=DAY)
    found = taken(cast, child, mother)
    assert [(row["in_at"], row["out_at"], row["left_with"]) for row in found["days"]] == [
        ("15:30:00", "17:30:00", "collector")
    ]
    assert sorted(row["kind"] for row in found["care"]) == ["alone", "contact", "entrusted"]
    everything = json.dumps(found, ensure_ascii=False)
    assert [name in everything for name in ("张外婆", "赵大勇", "15400000001")] == [False, False, False]


def test_what_a_child_confided_is_not_the_guardians(cast: Cast, mother: Person, child: Person) -> None:
    one = told(cast, "小雨")
    one.person = child
    one.intake()
    (case,) = taken(cast, child, mother)["cases"]
    assert (case["state"], case["own_words"], case["aim"]) == ("intake", "", "")


def test_that_somebody_was_worried_stands_in_no_copy_and_nothing_tells_of_it(
    cast: Cast, mother: Person, child: Person
) -> None:
    one = told(cast, "小雨")
    one.person = child
    one.intake()
    flag_risk(by=cast.xiaomei, facts="胳膊上有新伤", found_at=NOW, at=NOW, person=child.pk)
    for looker in (mother,):
        found = own_record(member(cast, child, looker, NOW))
        assert (found.cases, found.visits) == ([], [])
        everything = json.dumps(taken(cast, child, looker), ensure_ascii=False, default=str)
        assert [words in everything for words in ("新伤", "risk", "R2026")] == [False, False, False]
        assert "reporters" in found.withheld
