"""A child leaves with somebody who may take them: listed, a guardian, agreed by phone, or alone where that is allowed."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.own_side import guarded, moment
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.forms.definitions import form_definition
from xiezuo.people.actions import Given, merge_people, name_collector, note_consent
from xiezuo.people.actions.erasing import erase_person
from xiezuo.people.models import Collector, Person
from xiezuo.people.vocab import ConsentPurpose, ConsentState, ConsentWay, Relation, Withhold
from xiezuo.service.access.leaving import attendance_for, children_at
from xiezuo.service.actions import Filling, check_in, submit_form
from xiezuo.service.actions.leaving import Going, allow_alone, end_alone, let_go, turn_away, whom_to_phone
from xiezuo.service.leaving import at_the_door, in_and_out, is_closing_time, leaves_with_somebody
from xiezuo.service.models import ChildAttendance, FilledForm, GoesAlone, TurnedAway
from xiezuo.service.vocab import LeftWith

pytestmark = pytest.mark.django_db
FOUR, SIX = time(16), time(18)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    found.check(found.xiaomei, DAY)
    return found


@pytest.fixture
def mother(cast: Cast) -> Person:
    return cast.person("王姐", cast.east, full_name="王素芬", phone="13911112222")


@pytest.fixture
def child(cast: Cast, mother: Person) -> Person:
    found = cast.person("小宇", cast.east, full_name="王小宇", born_on=date(2015, 5, 1))
    guarded(Cast(**{**vars(cast), "xiaomei": cast.chenli}), found, mother)
    return found


def came(cast: Cast, child: Person, at: time = FOUR, on: date = DAY) -> ChildAttendance:
    check_in(by=cast.xiaomei, site=cast.east, on=on, person=child, at=at)
    return ChildAttendance.objects.get(child=child, on=on, left_with="")


def listed(cast: Cast, child: Person, name: str = "张外婆", until: date | None = None) -> Collector:
    return name_collector(
        by=cast.chenli,
        child=child,
        name=name,
        phone="15400000001",
        relation=Relation.GRANDPARENT,
        on=DAY - timedelta(days=30),
        until=until,
    )


def goes(cast: Cast, row: ChildAttendance, how: LeftWith, at: time = SIX, **more: Any) -> ChildAttendance:
    return let_go(by=cast.xiaomei, row=row, facts=Going(how=how, at=at, **more), on=DAY)


def test_a_child_who_comes_is_there_and_a_grown_up_or_a_second_press_adds_nothing(
    cast: Cast, child: Person, mother: Person
) -> None:
    row = came(cast, child)
    check_in(by=cast.xiaomei, site=cast.east, on=DAY, person=child, at=time(16, 5))
    check_in(by=cast.xiaomei, site=cast.east, on=DAY, person=mother, at=FOUR)
    assert [(one.child, one.in_at, one.is_there) for one in ChildAttendance.objects.all()] == [(child, FOUR, True)]
    assert (in_and_out(cast.east, DAY).came, in_and_out(cast.east, DAY).there) == (1, 1)
    listing = goes(cast, row, LeftWith.GUARDIAN, guardian=mother.pk)
    assert (listing.collected_by, listing.agreed_by) == ("王素芬", mother)
    assert came(cast, child, time(18, 30)).in_at == time(18, 30)
    assert (in_and_out(cast.east, DAY).came, in_and_out(cast.east, DAY).left) == (2, 1)


@pytest.mark.parametrize(("born", "somebody"), [(date(2008, 3, 3), True), (date(2008, 3, 2), False)])
def test_until_the_18th_birthday_somebody_takes_them(cast: Cast, born: date, somebody: bool) -> None:
    assert leaves_with_somebody(cast.person("小红", cast.east, born_on=born), DAY) is somebody


def test_somebody_of_the_list_takes_the_child_on_a_day_on_which_they_are_listed(cast: Cast, child: Person) -> None:
    row, one = came(cast, child), listed(cast, child)
    over = listed(cast, child, "李叔", until=DAY - timedelta(days=1))
    of_another = listed(cast, cast.person("小雨", cast.east, born_on=date(2016, 1, 1)))
    for wrong in (over, of_another):
        with pytest.raises(RuleBroken, match="Phone 王素芬 13911112222"):
            goes(cast, row, LeftWith.COLLECTOR, collector=wrong.pk)
    left = goes(cast, row, LeftWith.COLLECTOR, collector=one.pk)
    assert (left.collected_by, left.relation, left.let_go_by) == ("张外婆", Relation.GRANDPARENT, cast.xiaomei.user)
    with pytest.raises(RuleBroken, match="has left already"):
        goes(cast, row, LeftWith.COLLECTOR, collector=one.pk)
    assert Event.objects.filter(code="service.child.left").count() == 1


def test_who_asks_and_is_not_listed_is_written_down_and_whom_to_phone_is_told(cast: Cast, child: Person) -> None:
    row = came(cast, child)
    listed(cast, child)
    assert turn_away(by=cast.xiaomei, row=row, name=" 张 外婆 ", at=SIX, on=DAY) is None
    assert turn_away(by=cast.xiaomei, row=row, name="王素芬", at=SIX, on=DAY) is None
    away = turn_away(by=cast.xiaomei, row=row, name="李大军", at=time(17, 40), on=DAY)
    assert away is not None and (away.name, away.noted_by) == ("李大军", cast.xiaomei.user)
    assert [(one.name, one.at) for one in TurnedAway.objects.all()] == [("李大军", time(17, 40))]
    words = whom_to_phone(at_the_door([row])[0])
    assert words == "Phone 王素芬 13911112222; the child stays until they agree."
    assert ChildAttendance.objects.get().is_there


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"name": " "}, "name"),
        ({"phoned_at": None}, "phoned_at"),
        ({"phoned_at": time(18, 1)}, "phoned_at"),
        ({"words": " "}, "words"),
        ({"guardian": None}, "guardian"),
    ],
)
def test_what_a_guardian_says_on_the_phone_is_written_down_whole(
    cast: Cast, child: Person, mother: Person, missing: dict[str, Any], field: str
) -> None:
    row = came(cast, child)
    told = {"guardian": mother.pk, "phoned_at": time(17, 44), "name": "李大军", "words": "让他接"}
    with pytest.raises(RuleBroken) as refused:
        goes(cast, row, LeftWith.PHONE, **(told | missing))
    assert (refused.value.field, ChildAttendance.objects.get().is_there) == (field, True)
    left = goes(cast, row, LeftWith.PHONE, **told)
    assert (left.collected_by, left.agreed_by, left.phoned_at, str(left.words)) == (
        "李大军",
        mother,
        time(17, 44),
        "让他接",
    )


def test_alone_only_where_a_guardian_said_so_and_only_in_those_days(cast: Cast, child: Person, mother: Person) -> None:
    row = came(cast, child)
    with pytest.raises(RuleBroken, match="No guardian has allowed that 王小宇 goes alone"):
        goes(cast, row, LeftWith.ALONE)
    stranger = cast.person("路人", cast.east)
    with pytest.raises(RuleBroken):
        allow_alone(by=cast.chenli, child=child, guardian=stranger.pk, source="说的", from_on=DAY)
    with pytest.raises(RuleBroken):
        allow_alone(by=cast.chenli, child=child, guardian=mother.pk, source=" ", from_on=DAY)
    allowed = allow_alone(by=cast.chenli, child=child, guardian=mother.pk, source="签了纸", from_on=DAY)
    left = goes(cast, row, LeftWith.ALONE)
    assert (left.collected_by, left.agreed_by) == ("", mother)
    end_alone(by=cast.chenli, row=allowed, on=DAY)
    tomorrow = DAY + timedelta(days=1)
    again = came(cast, child, on=tomorrow)
    with pytest.raises(RuleBroken):
        let_go(by=cast.xiaomei, row=again, facts=Going(how=LeftWith.ALONE, at=SIX), on=tomorrow)


def test_whoever_may_not_be_told_is_neither_listed_nor_phoned(cast: Cast, child: Person, mother: Person) -> None:
    father = cast.person("王大力", cast.east, full_name="王大力", phone="13900009999")
    guarded(Cast(**{**vars(cast), "xiaomei": cast.chenli}), child, father)
    listed(cast, child, "王大力")
    note_consent(
        by=cast.chenli,
        person=child,
        purpose=ConsentPurpose.SERVICE,
        state=ConsentState.GIVEN,
        way=ConsentWay.VERBAL,
        at=moment(DAY),
        given=Given(by=mother, withhold_from="孩子的父亲王大力", withhold_why=Withhold.FEAR_OF_HARM),
    )
    row = came(cast, child)
    door = at_the_door([row])[0]
    assert (door.careful, door.collectors, door.guardians) == (True, [], [mother])
    assert "13900009999" not in whom_to_phone(door)
    with pytest.raises(RuleBroken):
        goes(cast, row, LeftWith.GUARDIAN, guardian=father.pk)
    assert turn_away(by=cast.xiaomei, row=row, name="王大力", at=SIX, on=DAY) is not None
    with pytest.raises(RuleBroken, match="may not be told"):
        goes(cast, row, LeftWith.PHONE, guardian=mother.pk, phoned_at=SIX, name="王大力", words="让他接")


def test_a_child_written_down_by_mistake_counts_nowhere_and_the_row_stays(cast: Cast, child: Person) -> None:
    row = came(cast, child)
    with pytest.raises(RuleBroken):
        goes(cast, row, LeftWith.NOT_HERE)
    goes(cast, row, LeftWith.NOT_HERE, words="点错了，来的是小雨")
    assert (in_and_out(cast.east, DAY).came, in_and_out(cast.east, DAY).there) == (0, 0)
    assert str(ChildAttendance.objects.get().words) == "点错了，来的是小雨"


def test_a_child_of_another_site_is_not_ours_to_let_go(cast: Cast, child: Person) -> None:
    row = came(cast, child)
    assert children_at(cast.haiyan, cast.east, DAY) == []
    with pytest.raises(NotAllowed):
        attendance_for(cast.haiyan, row.pk)
    with pytest.raises(NotAllowed):
        let_go(by=cast.haiyan, row=row, facts=Going(how=LeftWith.ALONE, at=SIX), on=DAY)
    with pytest.raises(NotAllowed):
        turn_away(by=cast.zhiyuan, row=row, name="李大军", at=SIX, on=DAY)


def test_the_door_asks_as_often_for_three_children_as_for_one(cast: Cast, child: Person) -> None:
    def asked() -> int:
        rows = children_at(cast.xiaomei, cast.east, DAY)
        with CaptureQueriesContext(connection) as queries:
            at_the_door(rows)
        return len(queries)

    came(cast, child)
    one = asked()
    for name in ("小雨", "小雪"):
        came(cast, cast.person(name, cast.east, born_on=date(2016, 1, 1)))
    assert (one, asked()) == (4, 4)


@pytest.mark.parametrize(
    ("on", "clock", "late"),
    [(DAY, time(17, 59), False), (DAY, SIX, True), (DAY - timedelta(days=1), time(9), True)],
)
def test_from_closing_time_on_whoever_is_there_is_missed(on: date, clock: time, late: bool) -> None:
    assert is_closing_time(on, DAY, clock) is late


@pytest.mark.parametrize(
    "wrong",
    [
        {"left_with": LeftWith.COLLECTOR},
        {"left_with": LeftWith.COLLECTOR, "out_at": SIX},
        {"out_at": SIX},
        {"in_at": SIX, "out_at": FOUR, "left_with": LeftWith.ALONE},
    ],
)
def test_the_database_keeps_that_a_child_left_with_somebody(cast: Cast, child: Person, wrong: dict[str, Any]) -> None:
    row = came(cast, child)
    more = {"let_go_by": cast.xiaomei.user} if len(wrong) > 2 else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildAttendance.objects.filter(pk=row.pk).update(**wrong, **more)


def test_two_records_of_one_child_came_once_and_left_with_whom_either_says(
    cast: Cast, child: Person, mother: Person
) -> None:
    other = cast.person("小宇宙", cast.east, born_on=date(2015, 5, 1))
    came(cast, child, time(16, 10))
    row = came(cast, other, FOUR)
    one = listed(cast, other)
    goes(cast, row, LeftWith.COLLECTOR, collector=one.pk)
    merge_people(by=cast.chenli, kept=child, other=other)
    assert [(r.child, r.in_at, r.collected_by) for r in ChildAttendance.objects.all()] == [(child, FOUR, "张外婆")]


def test_erasing_the_child_keeps_that_one_came_and_left_and_covers_with_whom(
    cast: Cast, child: Person, mother: Person
) -> None:
    row = came(cast, child)
    turn_away(by=cast.xiaomei, row=row, name="李大军", at=SIX, on=DAY)
    told = {"guardian": mother.pk, "phoned_at": time(17, 44), "name": "李大军", "words": "让他接"}
    goes(cast, row, LeftWith.PHONE, **told)
    allow_alone(by=cast.chenli, child=child, guardian=mother.pk, source="签了纸", from_on=DAY)
    erase_person(by_id=None, person=child.pk, on=DAY)
    kept = ChildAttendance.objects.get()
    assert (kept.collected_by, str(kept.words), kept.out_at) == ("—", "—", SIX)
    assert (TurnedAway.objects.count(), GoesAlone.objects.count()) == (0, 0)
    assert in_and_out(cast.east, DAY).left == 1


def test_in_a_house_that_only_warns_somebody_unlisted_may_take_the_child_and_it_is_said(
    cast: Cast, child: Person, tmp_path: Path, settings: Any
) -> None:
    row = came(cast, child)
    with pytest.raises(RuleBroken):
        goes(cast, row, LeftWith.UNLISTED, name="李大军")
    folder = tmp_path / "packs"
    folder.mkdir()
    lines = ['id = "rules-national"', '[rules.CHD-6]\nact = "warn"\nzh = "提醒"\nen = "Warn"\nmark = "unverified"']
    lines += ['source = "我们"\nsource_en = "ours"\ntrigger_zh = "离开"\ntrigger_en = "leaves"']
    (folder / "rules-national.toml").write_text("\n".join(lines), encoding="utf-8")
    settings.XIEZUO_HOUSE = replace(settings.XIEZUO_HOUSE, folder=tmp_path)
    left = goes(cast, row, LeftWith.UNLISTED, name="李大军")
    assert (left.left_with, left.collected_by) == (LeftWith.UNLISTED, "李大军")


def sheet(cast: Cast, child: Person, *out: str, closed: str = "18:10") -> FilledForm:
    rows = [{"child": child.pk, "in_at": "16:00"} | ({"out_at": at} if at else {}) for at in out]
    answers = {"centre": cast.east.pk, "service_date": DAY.isoformat(), "opened_at": "15:00", "attendance": rows}
    answers |= {"on_duty": [child.pk]} | ({"closed_at": closed} if closed else {})
    filling = Filling(form=form_definition("centre_day"), answers=answers, site=cast.east)
    return submit_form(by=cast.chenli, filling=filling, on=DAY, key=uuid.uuid4())


def test_the_day_is_not_closed_while_one_more_came_than_left(cast: Cast, child: Person, mother: Person) -> None:
    with pytest.raises(RuleBroken, match="1 child has come and not left") as refused:
        sheet(cast, child, *["17:30"] * 22, "")
    assert (refused.value.code, refused.value.field) == ("service.day_not_even", "closed_at")
    row = came(cast, child)
    with pytest.raises(RuleBroken, match="1 child has come and not left"):
        sheet(cast, child, "17:30")
    assert sheet(cast, child, "17:30", "", closed="").pk
    goes(cast, row, LeftWith.GUARDIAN, guardian=mother.pk)
    assert sheet(cast, child, "17:30").pk
