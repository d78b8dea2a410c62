"""What was decided about a problem holds for the rows it concerns when they are taken in."""

from datetime import date
from typing import Any

import pytest

from tests.exchange.books import CHILDREN, FAMILIES, LEDGER, workbook
from tests.exchange.conftest import understood
from tests.factories.cast import Cast
from tests.factories.facts import known
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.exchange.actions.answers import give_answer, take_answers_back
from xiezuo.exchange.actions.applying import apply_batch, begin_apply
from xiezuo.exchange.actions.centres import centres_in
from xiezuo.exchange.actions.decided import EFFECTS, WHOLE_ROW
from xiezuo.exchange.answers import allowed, kinds_with_answers
from xiezuo.exchange.models import ImportBatch, ImportedRow, ProblemAnswer
from xiezuo.exchange.sheets import PROBLEM_KINDS
from xiezuo.exchange.vocab import RowState
from xiezuo.people.models import Household, Person
from xiezuo.service.models import ServiceRecord

COUNTED = (
    "序号",
    "活动日期",
    "服务中心",
    "项目领域",
    "活动类型",
    "活动名称",
    "成人男",
    "成人女",
    "受益人数",
    "受益人次",
    "备注",
)
Row = tuple[Any, ...]


def activity(
    day: Any, *, no: int = 1, name: str = "亲子阅读", men: int = 2, women: int = 3, all_: Any = 5, times: int = 9
) -> Row:
    return (no, day, "东区童缘", "社区照护", "亲子", name, men, women, all_, times, "")


def brought(cast: Cast, *rows: Row, head: Row = COUNTED) -> ImportBatch:
    return understood(cast.chenli, workbook(("2023年", [("2023年活动统计表",), head, *rows])))


def decide(cast: Cast, batch: ImportBatch, kind: str, answer: str, *, cell: str = "", value: str = "") -> None:
    sheet = batch.sheets.select_related("batch").get()
    give_answer(by=cast.chenli, sheet=sheet, kind=kind, answer=answer, cell=cell, value=value)


def take_in(cast: Cast, batch: ImportBatch) -> ImportBatch:
    centres = {centre.core: centre.site for centre in centres_in(batch)}
    begin_apply(by=cast.chenli, batch=batch, site=cast.east, centres=centres)
    return apply_batch(batch.pk)


def days() -> list[tuple[date | None, str]]:
    return list(ServiceRecord.objects.order_by("pk").values_list("service_date", "date_precision"))


def test_every_answer_belongs_to_a_kind_of_problem_and_does_something() -> None:
    assert set(kinds_with_answers()) <= set(PROBLEM_KINDS)
    given = {answer for kind in kinds_with_answers() for answer in allowed(kind)}
    assert given == {*EFFECTS, *WHOLE_ROW}


def test_6_3_is_the_third_for_all_and_the_thirtieth_in_one_place(cast: Cast) -> None:
    batch = brought(cast, activity(6.3), activity(6.3, no=2, name="讲堂"), activity(date(2023, 7, 1), no=3))
    decide(cast, batch, "date_ambiguous", "day_as_written")
    decide(cast, batch, "date_ambiguous", "day_with_zero", cell="B4")
    take_in(cast, batch)
    assert days() == [(date(2023, 6, 3), "day"), (date(2023, 6, 30), "day"), (date(2023, 7, 1), "day")]


def test_nobody_decided_and_the_date_is_known_to_the_month(cast: Cast) -> None:
    take_in(cast, brought(cast, activity(6.3), activity(date(2023, 7, 1), no=2)))
    assert days() == [(date(2023, 6, 1), "month"), (date(2023, 7, 1), "day")]


@pytest.mark.parametrize(("answer", "day"), [("sheet_year", date(2023, 3, 5)), ("date_as_written", date(2022, 3, 5))])
def test_a_date_of_another_year_is_taken_as_written_or_into_the_year_of_the_sheet(
    cast: Cast, answer: str, day: date
) -> None:
    batch = brought(cast, activity("2022-3-5"), activity(date(2023, 7, 1), no=2))
    decide(cast, batch, "date_outside_period", answer)
    take_in(cast, batch)
    assert days()[0] == (day, "day")


def test_the_same_row_twice_is_taken_in_once_and_counted_as_left_out(cast: Cast) -> None:
    batch = brought(cast, activity(date(2023, 3, 4)), activity(date(2023, 3, 4)))
    decide(cast, batch, "duplicate_row", "once")
    batch = take_in(cast, batch)
    assert (batch.summary["services"], batch.summary["left_out"]) == (1, 1)
    assert [row.state for row in ImportedRow.objects.order_by("row")] == [RowState.ARRIVED, RowState.LEFT_OUT]


@pytest.mark.parametrize(("answer", "heads"), [("parts", [2, 3]), ("sum", [7])])
def test_of_a_sum_and_its_parts_the_one_that_was_said_counts(cast: Cast, answer: str, heads: list[int]) -> None:
    batch = brought(cast, activity(date(2023, 3, 4), all_=7))
    decide(cast, batch, "row_sum_mismatch", answer)
    take_in(cast, batch)
    record = ServiceRecord.objects.get()
    assert [p.stated_heads for p in record.participations.exclude(stated_heads=None).order_by("pk")] == heads


def test_person_times_below_people_are_left_out_on_a_word(cast: Cast) -> None:
    batch = brought(cast, activity(date(2023, 3, 4), times=1))
    decide(cast, batch, "heads_gt_attendances", "leave_out")
    take_in(cast, batch)
    assert sum(p.count for p in ServiceRecord.objects.get().participations.all()) == 5


def test_rows_without_a_date_stay_out_on_a_word(cast: Cast) -> None:
    batch = brought(cast, activity(""), activity(date(2023, 3, 4), no=2, name="讲堂"))
    decide(cast, batch, "date_missing", "row_out")
    take_in(cast, batch)
    assert [record.title for record in ServiceRecord.objects.all()] == ["讲堂"]


def lines(cast: Cast) -> ImportBatch:
    """An activity whose service line is not in the list that stands beside the table."""
    codes = ("", "项目领域"), ("", "社区照护"), ("", "能力建设")
    body = [LEDGER, (1, date(2023, 3, 4), "东区童缘", "社区照料", "亲子", "亲子阅读", 12, 15, "")]
    more = [(n, date(2023, 4, n), "东区童缘", "能力建设", "培训", f"讲堂{n}", 9, 9, "") for n in range(2, 9)]
    rows = [("2023年活动统计表",), *(tuple(row) for row in (*body, *more))]
    beside = [rows[0], *((*row, *(codes[i] if i < 3 else ())) for i, row in enumerate(rows[1:]))]
    return understood(cast.chenli, workbook(("2023年", beside)))


@pytest.mark.parametrize(
    ("answer", "value", "line"),
    [("leave_empty", "", ""), ("nearest", "", "care"), ("choose", "rights", "rights")],
)
def test_an_unknown_service_line_is_left_empty_or_chosen(cast: Cast, answer: str, value: str, line: str) -> None:
    batch = lines(cast)
    decide(cast, batch, "code_unknown", answer, value=value)
    take_in(cast, batch)
    assert ServiceRecord.objects.get(title="亲子阅读").service_line == line


def test_a_damaged_number_is_left_out_of_the_person_whose_it_is_and_of_nobody_else(cast: Cast) -> None:
    heads = ("序号", "儿童姓名", "性别", "身份证号", "父亲（姓名、电话）", "家庭住址")
    rows = [
        ("服务对象登记表",),
        heads,
        (1, "付小雨", "女", "11010120150302", "付国强 1541234", "皮村12号"),
        (2, "王浩然", "男", "", "王强 15412340003", "皮村9号"),
    ]
    batch = understood(cast.chenli, workbook(("登记表", rows)))
    decide(cast, batch, "id_length", "leave_out")
    take_in(cast, batch)
    child, father = Person.objects.get(full_name="付小雨"), Person.objects.get(full_name="付国强")
    assert (known(child).id_number, father.phone) == ("", "1541234")


def twice(cast: Cast) -> ImportBatch:
    again = (4, "付小雨", "女", date(2015, 3, 2), "付国强 15412340001", "", "皮村12号")
    return understood(cast.chenli, workbook(("登记表", [("服务对象登记表",), FAMILIES, *CHILDREN, again])))


def test_a_child_registered_twice_is_taken_in_once_with_her_family(cast: Cast) -> None:
    batch = twice(cast)
    decide(cast, batch, "duplicate_person", "once")
    batch = take_in(cast, batch)
    assert Person.objects.filter(full_name="付小雨").count() == 1
    assert Person.objects.filter(full_name="付国强").count() == 1
    assert (Household.objects.count(), batch.summary["left_out"]) == (3, 3)


def test_without_a_word_both_stay(cast: Cast) -> None:
    take_in(cast, twice(cast))
    assert Person.objects.filter(full_name="付小雨").count() == 2


def test_an_answer_is_kept_with_who_and_when_and_can_be_taken_back(cast: Cast) -> None:
    batch = brought(cast, activity(6.3), activity(date(2023, 7, 1), no=2))
    decide(cast, batch, "date_ambiguous", "day_as_written")
    given = ProblemAnswer.objects.get()
    assert (given.by, given.cell, given.position) == (cast.chenli.user, "", 0)
    sheet = batch.sheets.select_related("batch").get()
    assert take_answers_back(by=cast.chenli, sheet=sheet, kind="date_ambiguous") == 1
    take_in(cast, batch)
    assert days()[0] == (date(2023, 6, 1), "month")


def test_a_word_for_all_goes_over_those_for_single_places(cast: Cast) -> None:
    batch = brought(cast, activity(6.3), activity(6.3, no=2))
    decide(cast, batch, "date_ambiguous", "day_with_zero", cell="B4")
    decide(cast, batch, "date_ambiguous", "day_as_written")
    assert list(ProblemAnswer.objects.values_list("cell", "answer")) == [("", "day_as_written")]


def test_answers_that_are_none_are_refused(cast: Cast) -> None:
    batch = lines(cast)
    for kind, answer, cell, value in [
        ("code_unknown", "once", "", ""),
        ("code_unknown", "choose", "", "magic"),
        ("code_unknown", "nearest", "A1", ""),
        ("date_ambiguous", "day_as_written", "", ""),
    ]:
        with pytest.raises(RuleBroken):
            decide(cast, batch, kind, answer, cell=cell, value=value)
    assert ProblemAnswer.objects.count() == 0


def test_a_colleague_decides_nothing_about_a_file_and_nobody_after_it_was_taken_in(cast: Cast) -> None:
    batch = brought(cast, activity(6.3), activity(date(2023, 7, 1), no=2))
    sheet = batch.sheets.select_related("batch").get()
    with pytest.raises(NotAllowed):
        give_answer(by=cast.haiyan, sheet=sheet, kind="date_ambiguous", answer="as_known")
    take_in(cast, batch)
    with pytest.raises(RuleBroken):
        take_answers_back(by=cast.chenli, sheet=batch.sheets.get(), kind="date_ambiguous")
