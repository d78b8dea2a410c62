"""The copy that someone takes along: what the page shows, nothing of anybody else, readable by machines."""

import csv
import json
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.own_side import agrees, guarded, member, moment, notice
from xiezuo.exchange.own_copy import SCHEMA, copy_file, own_record
from xiezuo.forms.measures import measure
from xiezuo.people.actions import (
    add_to_household,
    correct_person,
    facts_of,
    found_household,
    note_read,
    receive_request,
    relate,
    take_step,
)
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose, DataRequestKind, JourneyStep, Relation, Role
from xiezuo.service.actions import Helping, ServiceFacts, Taking, record_service
from xiezuo.service.actions.measuring import Answered, score_goal, set_goal, take_measure
from xiezuo.service.own_record import held_by_rule
from xiezuo.service.vocab import Method, Occasion, ParticipationMode

TODAY = date(2026, 3, 31)
NOW = moment(TODAY)
NAMED = ParticipationMode.NAMED
OTHERS = ["赵大勇", "大勇", "张玉兰", "玉兰", "小雨", "王小雨", "槐柏树街", "15499990000"]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def mother(cast: Cast) -> Person:
    return cast.person(
        "王姐", cast.east, full_name="王素芬", born_on=date(1988, 5, 4), phone="15412342764", note="和赵大勇吵过"
    )


@pytest.fixture
def many(cast: Cast, mother: Person) -> Person:
    """Her life among others: a household, a child, a neighbour, services together with them, and what others said."""
    husband = cast.person("大勇", cast.east, full_name="赵大勇", phone="15499990000")
    child = cast.person("小雨", cast.east, full_name="王小雨", born_on=date(2016, 6, 1))
    friend = cast.person("玉兰", cast.east, full_name="张玉兰")
    guarded(cast, child, mother)
    home = found_household(by=cast.xiaomei, head=husband, on=TODAY, address="槐柏树街 3 号")
    add_to_household(by=cast.xiaomei, household=home, person=mother, relation=Relation.SPOUSE, on=TODAY)
    relate(by=cast.xiaomei, person=mother, other=child, relation=Relation.PARENT, on=TODAY)
    for title, method, who in (
        ("读书会", Method.ACTIVITY, [mother, friend]),
        ("陪张玉兰读书", Method.ACTIVITY, [mother, friend]),
        ("去赵大勇家", Method.VISIT, [mother]),
    ):
        facts = ServiceFacts(
            method=method,
            title=title,
            service_date=date(2026, 3, 5),
            site=cast.east,
            note="玉兰说她怕丈夫",
            own_words="我想带大家一起读" if len(who) == 1 else "玉兰说的话",
            taking=[Taking(mode=NAMED, person=person.pk) for person in who],
            helping=[Helping(person=mother.pk, minutes=90)],
        )
        record_service(by=cast.xiaomei, facts=facts, on=TODAY)
    take_step(
        by=cast.xiaomei,
        person=mother,
        role=Role.VOLUNTEER,
        step=JourneyStep.BEGINS,
        on=date(2026, 3, 10),
        own_words="我也想帮别人",
        note="是大勇劝她来的",
    )
    notice(cast, ConsentPurpose.SERVICE)
    agrees(cast.xiaomei, mother, ConsentPurpose.SERVICE, TODAY)
    note_read(by=cast.chenli, person=mother, what="person")
    return mother


def files(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(packed)) as file:
        return {name: file.read(name).decode("utf-8-sig") for name in file.namelist()}


def record(packed: bytes) -> dict[str, Any]:
    return dict(json.loads(files(packed)["record.json"]))


def test_the_copy_names_nobody_but_the_person_and_colleagues(cast: Cast, many: Person) -> None:
    packed = copy_file(member(cast, many, many, NOW), NOW)
    everything = "".join(files(packed).values())
    assert [name for name in OTHERS if name in everything] == []
    assert "王素芬" in everything and "周晓梅" in everything and "我也想帮别人" in everything


def test_the_copy_holds_what_the_page_holds(cast: Cast, many: Person) -> None:
    reader = member(cast, many, many, NOW)
    shown, taken = own_record(reader), record(copy_file(reader, NOW))
    assert taken["schema"] == SCHEMA == "xiezuo-own-record/1.3"
    assert {name: len(rows) for name, rows in vars(shown).items()} == {name: len(taken[name]) for name in vars(shown)}
    assert [fact["value"] for fact in taken["facts"] if fact["name"] == "born_on"] == ["1988-05-04"]
    assert taken["household"] == [{"relation": "spouse", "words": "配偶", "from_on": "2026-03-31", "to_on": None}]


def test_a_service_says_the_day_what_and_where_and_its_title_only_where_it_names_nobody(
    cast: Cast, many: Person
) -> None:
    taken = record(copy_file(member(cast, many, many, NOW), NOW))
    assert sorted((row["method"], row["title"], row["where"], row["own_words"]) for row in taken["services"]) == [
        ("activity", "", "东区童缘", ""),
        ("activity", "读书会", "东区童缘", ""),
        ("visit", "", "东区童缘", "我想带大家一起读"),
    ]
    assert sum(row["minutes"] for row in taken["helped"]) == 270


def test_what_a_fact_was_before_and_who_works_with_her_stands_in_it(cast: Cast, mother: Person) -> None:
    facts = replace(facts_of(mother), phone="13900001111")
    correct_person(by=cast.chenli, person=mother, facts=facts, on=TODAY, changed_on=TODAY)
    mother.refresh_from_db()
    taken = record(copy_file(member(cast, mother, mother, NOW), NOW))
    assert [(row["name"], row["value"], row["source"]["who"]) for row in taken["earlier"]] == [
        ("phone", "15412342764", "陈立")
    ]
    assert sorted((row["who"], row["why"]) for row in taken["workers"]) == [
        ("东区童缘", "registered"),
        ("周晓梅", "registered"),
    ]


def test_what_is_left_out_is_said_with_its_reason(cast: Cast, many: Person) -> None:
    taken = record(copy_file(member(cast, many, many, NOW), NOW))
    assert [row["code"] for row in taken["withheld"]] == ["notes", "others", "reporters"]
    assert all(row["what"] and row["why"] for row in taken["withheld"])


def test_each_part_is_a_table_that_a_spreadsheet_reads(cast: Cast, many: Person) -> None:
    found = files(copy_file(member(cast, many, many, NOW), NOW))
    assert sorted(found) == [
        *("changes.csv", "consents.csv", "facts.csv", "helped.csv", "household.csv", "path.csv", "reads.csv"),
        *("record.json", "roles.csv", "services.csv", "withheld.csv", "workers.csv"),
    ]
    rows = list(csv.DictReader(StringIO(found["facts.csv"])))
    assert [(row["value"], row["source_who"]) for row in rows if row["name"] == "phone"] == [("15412342764", "周晓梅")]


def test_a_cell_never_begins_a_formula(cast: Cast) -> None:
    odd = cast.person("=1+1", cast.east)
    rows = csv.DictReader(StringIO(files(copy_file(member(cast, odd, odd, NOW), NOW))["facts.csv"]))
    assert [row["value"] for row in rows if row["name"] == "nickname"] == ["'=1+1"]


def test_a_guardian_takes_the_copy_of_a_child_and_stands_in_it_as_guardian_only(cast: Cast, many: Person) -> None:
    child = Person.objects.get(nickname="小雨")
    agrees(cast.xiaomei, child, ConsentPurpose.SERVICE, TODAY, by=many)
    packed = copy_file(member(cast, child, many, NOW), NOW)
    assert [row["by"] for row in record(packed)["consents"]] == ["guardian"]
    assert "王素芬" not in "".join(files(packed).values())


def test_what_was_asked_stands_in_it(cast: Cast, mother: Person) -> None:
    asked = {"kind": DataRequestKind.COPY, "scope": "全部", "verified_by": "认识", "on": TODAY}
    receive_request(by=cast.xiaomei, requester=mother, subject=mother, **asked)  # type: ignore[arg-type]
    taken = record(copy_file(member(cast, mother, mother, NOW), NOW))
    assert [(row["kind"], row["due_on"], row["state"]) for row in taken["requests"]] == [("copy", "2026-04-30", "open")]


def helped_in(cast: Cast, person: Person, day: date) -> None:
    taking = [Taking(mode=ParticipationMode.COUNTED, count=3)]
    help_ = [Helping(person=person.pk, minutes=120)]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=day, site=cast.east, taking=taking, helping=help_)
    record_service(by=cast.xiaomei, facts=facts, on=TODAY)


def test_hours_of_four_years_ago_are_only_stored_until_ten_years_are_over(cast: Cast, mother: Person) -> None:
    helped_in(cast, mother, date(2022, 3, 31))
    assert [(row.until, row.source) for row in held_by_rule(mother, TODAY)] == [
        (date(2032, 3, 31), "GB/T 40143-2021 5.2.2")
    ]
    assert held_by_rule(mother, date(2032, 3, 30)) != []
    assert held_by_rule(mother, date(2032, 3, 31)) == []


def test_who_never_helped_is_kept_by_no_such_rule(cast: Cast, mother: Person) -> None:
    assert held_by_rule(mother, TODAY) == []


def test_what_she_wants_and_answered_is_hers_to_take_along(cast: Cast, mother: Person) -> None:
    goal = set_goal(
        by=cast.xiaomei, person=mother, text="自己去银行", measured_by="一个人去", baseline="要女儿陪", on=TODAY
    )
    score_goal(by=cast.xiaomei, goal=goal, score=1, note="", day=TODAY, on=TODAY)
    of = measure("phq-9")
    answers = {item.key: 1 for item in of.items}
    asked = Answered(occasion=Occasion.BEGINNING, taken_on=TODAY, answers=answers)
    take_measure(by=cast.xiaomei, person=mother, of=of, facts=asked, on=TODAY)
    taken = record(copy_file(member(cast, mother, mother, NOW), NOW))
    assert [(row["text"], row["baseline"], row["scores"]) for row in taken["goals"]] == [
        ("自己去银行", "要女儿陪", [f"{TODAY.isoformat()}: +1"])
    ]
    said = "".join(taken["measured"][0]["answers"])
    assert ("心情低落" in said, "不如死了" in said, len(taken["measured"][0]["answers"])) == (True, False, 8)
    child = cast.person("小宇", cast.east, born_on=date(2016, 1, 1))
    set_goal(by=cast.chenli, person=child, text="想住校", measured_by="住了", baseline="走读", on=TODAY)
    guarded(cast, child, mother)
    of_child = record(copy_file(member(cast, child, mother, NOW), NOW))
    assert (of_child["goals"], "confided" in [row["code"] for row in of_child["withheld"]]) == ([], True)
