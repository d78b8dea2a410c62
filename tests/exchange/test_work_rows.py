"""Sign-in lists, hours, visits, contacts and intake forms become records with people; what has no place yet waits."""

from datetime import date, timedelta

import pytest

from tests.exchange.rows import brought, imported, record
from tests.factories.cast import Cast
from tests.factories.facts import known
from xiezuo.common.days import today
from xiezuo.exchange.access import rows_kept_aside
from xiezuo.exchange.actions.applying import apply_batch, begin_apply, one_step
from xiezuo.exchange.actions.undoing import undo_import
from xiezuo.exchange.models import ImportedRow
from xiezuo.exchange.sheets import Record
from xiezuo.exchange.vocab import RowState
from xiezuo.people.models import Assignment, Household, Person, Relationship
from xiezuo.people.vocab import Relation, Role
from xiezuo.service.access import records_for
from xiezuo.service.indicators import counted, values
from xiezuo.service.models import Case, FilledForm, Participation, ServiceRecord, VolunteerPart
from xiezuo.service.vocab import Method

ASKED = ("headcount", "person_times", "event_count", "volunteer_hours")


def numbers(cast: Cast) -> list[object]:
    return list(values(counted(records_for(cast.chenli)), ASKED).values())


def helped() -> list[tuple[str, int | None]]:
    parts = VolunteerPart.objects.order_by("record__service_date", "id").select_related("person")
    return [(str(part.person or part.label), part.minutes) for part in parts]


def signin(row: int = 1, day: str = "2024-03-02", **facts: object) -> list[Record]:
    """An activity with three names, one of them helping, a nickname, and three who were only counted."""
    head = str(row)
    return [
        record("activity", row, name="亲子阅读", date=day, centre="东区", stated_count=8, **facts),
        record("attendance", row + 1, part_of=head, name="付小雨", sex="女"),
        record("attendance", row + 2, part_of=head, name="王浩然"),
        record("attendance", row + 3, part_of=head, name="赵敏", role="志愿者"),
        record("attendance", row + 4, part_of=head, nickname="小红"),
        record("attendance", row + 5, part_of=head, nickname="小红"),
        record("counted", row + 6, part_of=head, text="等3人", count=3),
    ]


def test_a_volunteer_list_becomes_people_who_volunteer_and_stated_hours_count_nowhere(cast: Cast) -> None:
    sheet = [
        record(
            "volunteer",
            3,
            name="赵敏",
            volunteer_no="VL1",
            registered_on="2016-02-29",
            hours=620.5,
            interest="绘画",
            star=3,
        ),
        record("volunteer", 4, name="钱红"),
    ]
    batch = imported(cast.xiaomei, sheet, site=cast.east)
    zhao = Person.objects.get(full_name="赵敏")
    assert known(zhao).note.splitlines() == [
        "志愿者编号（原表）：VL1",
        "特长与意向（原表）：绘画",
        "累计时数（原表，不计入）：620.5",
        "星级（原表）：3",
    ]
    periods = {str(p.person): (p.role, p.from_on) for person in Person.objects.all() for p in person.role_periods.all()}
    assert periods == {"赵敏": (Role.VOLUNTEER, date(2016, 2, 29)), "钱红": (Role.VOLUNTEER, today())}
    assert (batch.summary["people"], numbers(cast)) == (2, [0, 0, 0, 0])


def test_hours_of_one_thing_and_day_are_one_record_with_everyone_who_helped(cast: Cast) -> None:
    sheet = [
        record("volunteer", 3, name="赵敏"),
        record("volunteer", 4, name="钱红"),
        record("service_hours", 13, part_of="3", date="2023-09-02", hours=2.5),
        record("service_hours", 14, part_of="4", date="2023-09-02", hours=1, comment="早退"),
        record("service_hours", 15, part_of="3", date="2023-09-09", hours=3),
        record("service_hours", 16, part_of="4", date="2023-09-16"),
    ]
    batch = imported(cast.xiaomei, sheet, site=cast.east)
    assert (batch.summary["people"], batch.summary["services"]) == (2, 3)
    assert helped() == [("赵敏", 150), ("钱红", 60), ("赵敏", 180), ("钱红", None)]
    assert {record.method for record in ServiceRecord.objects.all()} == {Method.VOLUNTEERING}
    assert numbers(cast) == [0, 0, 0, 390]
    assert ServiceRecord.objects.get(service_date="2023-09-02").note == "早退"


def test_a_list_of_hours_names_each_helper_once_however_often_they_came(cast: Cast) -> None:
    sheet = [
        record("service_hours", 3, name="赵敏", phone="15412340001", activity="周末阅读", date="2023-09-02", hours=2),
        record("service_hours", 4, name="赵敏", phone="15412340001", activity="周末阅读", date="2023-09-02", hours=1),
        record("service_hours", 5, name="赵敏", phone="15412340001", activity="家访", date="2023-09-02", hours=1),
        record("service_hours", 6, nickname="小钱", activity="周末阅读", date="2023-09-02", hours=4),
    ]
    imported(cast.xiaomei, sheet, site=cast.east)
    assert [person.nickname for person in Person.objects.all()] == ["赵敏"]
    assert [(r.title, r.method) for r in ServiceRecord.objects.order_by("id")] == [
        ("周末阅读", Method.VOLUNTEERING),
        ("家访", Method.VISIT),
    ]
    assert sorted(helped(), key=str) == [("小钱", 240), ("赵敏", 180), ("赵敏", 60)]


def test_hours_of_one_day_stay_one_record_across_steps(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiezuo.exchange.actions.applying.STEP_ROWS", 2)
    sheet = [
        record("service_hours", n, name=name, activity="周末阅读", date=f"2023-09-0{1 + n % 2}", hours=1)
        for n, name in enumerate(["赵敏", "钱红", "孙丽", "李娜", "周杰"])
    ]
    imported(cast.xiaomei, sheet, site=cast.east)
    assert [record.volunteer_parts.count() for record in ServiceRecord.objects.order_by("service_date")] == [3, 2]


def test_a_row_with_only_a_month_and_volunteers_carries_their_hours_and_no_event(cast: Cast) -> None:
    sheet = [record("volunteer_hours_row", 3, month=6, vol_student_n=4, vol_student_h=10, note="暑期")]
    imported(cast.xiaomei, sheet, year=2023, site=cast.east)
    made = ServiceRecord.objects.get()
    assert (str(made.service_date), made.date_precision, made.method, made.note) == (
        "2023-06-01",
        "month",
        Method.VOLUNTEERING,
        "暑期",
    )
    assert [(p.label, p.count, p.minutes) for p in made.volunteer_parts.all()] == [("大学生", 4, 600)]
    assert numbers(cast) == [0, 0, 0, 600]


def test_a_sign_in_list_is_one_record_with_named_listed_and_counted_people(cast: Cast) -> None:
    batch = imported(cast.xiaomei, signin(heads_child_total=7, att_total=8), centres={"东区": cast.east})
    who = [(p.mode, str(p.person or p.label), p.count, p.stated_heads) for p in Participation.objects.order_by("id")]
    assert who == [
        ("named", "付小雨", 1, None),
        ("named", "王浩然", 1, None),
        ("listed", "小红", 1, None),
        ("listed", "小红（2）", 1, None),
        ("counted", "", 3, None),
        ("counted", "", 0, 7),
    ]
    assert helped() == [("赵敏", None)]
    assert (batch.summary["services"], batch.summary["people"], batch.rows_done) == (1, 3, 7)
    assert numbers(cast)[:3] == [4, 7, 1]
    sites = Assignment.objects.values_list("person__nickname", "site__name").order_by("person__nickname")
    assert list(sites) == [("付小雨", "东区童缘"), ("王浩然", "东区童缘"), ("赵敏", "东区童缘")]


def test_whoever_signs_in_twice_in_one_file_is_one_person(cast: Cast) -> None:
    both = [*signin(), *signin(row=21, day="2024-03-09")]
    batch = imported(cast.xiaomei, both, centres={"东区": cast.east})
    assert (batch.summary["services"], batch.summary["people"]) == (2, 3)
    assert Person.objects.get(nickname="付小雨").participations.count() == 2


def test_a_name_in_another_file_is_proposed_and_not_taken_for_the_same(cast: Cast) -> None:
    imported(cast.xiaomei, signin(), centres={"东区": cast.east})
    batch = imported(cast.xiaomei, signin(day="2024-03-09"), centres={"东区": cast.east})
    assert (batch.summary["people"], batch.summary["already_here"]) == (3, 0)
    assert sorted(match.row.matches.get().reason for match in batch_matches(batch)) == ["name_same"] * 3


def batch_matches(batch: object) -> list[object]:
    from xiezuo.exchange.models import PossibleMatch

    return list(PossibleMatch.objects.filter(row__sheet__batch=batch, certain=False))


def test_the_same_sign_in_list_in_another_file_adds_nothing(cast: Cast) -> None:
    imported(cast.xiaomei, signin(), centres={"东区": cast.east})
    before = numbers(cast)
    batch = imported(cast.xiaomei, signin(), centres={"东区": cast.east})
    assert (batch.summary["services"], batch.summary["people"], batch.summary["already_here"]) == (0, 0, 7)
    assert numbers(cast) == before


def test_a_home_visit_names_the_visited_and_the_colleague_and_keeps_the_story(cast: Cast) -> None:
    coming = (today() + timedelta(days=5)).isoformat()
    sheet = [
        record(
            "visit", 3, name="付小雨", date="2024-03-02", address="皮村12号", visitors=["周晓梅", "赵老师"],
            narrative="母亲住院", problem="无人接送", plan="联系学校", next_visit=coming,
        ),
        record("visit", 4, nickname="李姐", date="2024-03-03", narrative="一切都好", next_visit="2024-04-01"),
    ]  # fmt: skip
    imported(cast.xiaomei, sheet, site=cast.east)
    first, second = ServiceRecord.objects.order_by("service_date")
    assert (first.method, first.note.splitlines()) == (
        Method.VISIT,
        ["探访人：赵老师", "探访内容：母亲住院", "问题：无人接送", "计划：联系学校", f"下次探访：{coming}"],
    )
    assert (first.next_step, str(first.next_on), list(first.staff.all())) == ("联系学校", coming, [cast.xiaomei.user])
    assert [str(p.person) for p in first.participations.all()] == ["付小雨"]
    assert (second.next_step, second.next_on, second.note) == ("", None, "探访内容：一切都好\n下次探访：2024-04-01")
    assert [(p.mode, p.label) for p in second.participations.all()] == [("listed", "李姐")]
    assert numbers(cast)[:3] == [2, 2, 2]


def test_contacts_at_one_place_on_one_day_are_one_round(cast: Cast) -> None:
    sheet = [
        record("contact", 3, date="2024-03-02", place="桥下", called="李姐", sex="女", job="保洁", talk="欠薪两个月"),
        record("contact", 4, date="2024-03-02", place="桥下", called="李姐", sex="女"),
        record("contact", 5, date="2024-03-02", place="桥下", called="张师傅", sex="男"),
        record("contact", 6, date="2024-03-02", place="车站", called="李姐"),
    ]
    batch = imported(cast.xiaomei, sheet, site=cast.east)
    rounds = {r.place_text: [p.label for p in r.participations.order_by("id")] for r in ServiceRecord.objects.all()}
    assert rounds == {"桥下": ["李姐", "李姐（2）", "张师傅"], "车站": ["李姐"]}
    assert ServiceRecord.objects.get(place_text="桥下").note == "李姐：保洁；欠薪两个月"
    assert (batch.summary["people"], numbers(cast)[:3]) == (0, [4, 4, 2])


def case() -> list[Record]:
    return [
        record(
            "case",
            1,
            name="陈桂英",
            sex="女",
            phone="15412340001",
            problem="丈夫工伤",
            needs=["法律援助"],
            address="皮村",
        ),
        record("family_member", 9, part_of="1", name="刘大海", relation="丈夫"),
        record("family_member", 10, part_of="1", name="刘小海", relation="儿子", age=9),
    ]


def test_an_intake_form_becomes_a_family(cast: Cast) -> None:
    batch = imported(cast.xiaomei, case(), site=cast.east)
    chen = Person.objects.get(nickname="陈桂英")
    home = Household.objects.get()
    assert (home.head, batch.summary["people"], batch.summary["households"]) == (chen, 3, 1)
    assert {str(m.person): m.relation for m in home.members.all()} == {
        "陈桂英": Relation.SELF,
        "刘大海": Relation.SPOUSE,
        "刘小海": Relation.CHILD,
    }
    assert {(str(t.person), t.relation, str(t.other)) for t in Relationship.objects.all()} == {
        ("刘大海", Relation.SPOUSE, "陈桂英"),
        ("刘小海", Relation.CHILD, "陈桂英"),
    }
    assert known(chen).note == ""


def test_stock_and_cash_wait_for_their_ledger_and_so_does_aid_without_a_day(cast: Cast) -> None:
    number = "11010519491231002X"
    here = cast.person("王桂花", cast.east, full_name="王桂花", id_number=number, id_type="resident_id")
    sheet = [
        record("aid", 3, recipient="王桂花", id_number=number, item="大米", amount=120),
        record("aid", 4, recipient="付小雨家", item="大米", amount=120),
        record("stock", 9, item="大米", qty_in=10),
        record("cash", 10, text="车票", expense=40),
    ]
    batch = imported(cast.xiaomei, sheet, site=cast.east)
    assert batch.summary["kinds"] == {
        "aid": {"kept_aside": 2},
        "cash": {"kept_aside": 1},
        "stock": {"kept_aside": 1},
    }
    assert {row.row: row.person for row in rows_kept_aside(batch)} == {3: here, 4: None, 9: None, 10: None}
    assert (Person.objects.count(), ServiceRecord.objects.count()) == (1, 0)
    undo_import(by=cast.xiaomei, batch=batch)
    assert Person.objects.get() == here


EVERYTHING = ("signin", "hours", "visits", "contacts", "case")


def everything() -> list[list[Record]]:
    hours = [record("service_hours", 3, name="钱红", date="2023-09-02", hours=2)]
    visits = [record("visit", 3, name="付小雨", date="2024-05-02", narrative="…")]
    contacts = [record("contact", 3, date="2024-03-02", place="桥下", called="李姐")]
    return [signin(), hours, visits, contacts, case()]


def test_undoing_takes_back_records_homes_and_people_of_every_kind(cast: Cast) -> None:
    here = cast.person("老朋友", cast.east)
    batch = imported(cast.xiaomei, *everything(), centres={"东区": cast.east}, site=cast.east)
    assert (batch.summary["services"], batch.summary["people"], batch.summary["households"]) == (5, 7, 1)
    assert undo_import(by=cast.xiaomei, batch=batch).summary["kept_people"] == 0
    left = (Person, Household, Relationship, ServiceRecord, Participation, VolunteerPart, Case, FilledForm)
    assert [model.objects.count() for model in left] == [1, 0, 0, 0, 0, 0, 0, 0]  # type: ignore[attr-defined]
    assert (Person.objects.get(), Assignment.objects.count()) == (here, 2)
    assert {row.state for row in ImportedRow.objects.all()} == {RowState.UNDONE}


def test_nothing_of_any_kind_counts_before_the_last_step(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiezuo.exchange.actions.applying.STEP_ROWS", 1)
    batch = brought(cast.xiaomei, *everything())
    begin_apply(by=cast.xiaomei, batch=batch, site=cast.east, centres={"东区": cast.east})
    while one_step(batch.pk):
        assert numbers(cast) == [0, 0, 0, 0]
    batch = apply_batch(batch.pk)
    assert numbers(cast) == [6, 10, 3, 120]
    assert (batch.rows_done, batch.rows_total) == (13, 13)
