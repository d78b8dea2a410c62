"""The clerk's desk as the page shows it: correcting, deciding, looking at any row; also without a script."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.exchange.books import LEDGER, ledger, register, workbook
from tests.factories.cast import Cast
from tests.web.staff.exchange.test_imports import brought, cast, logged_in, words
from xiezuo.exchange.models import ImportBatch, Layout, ProblemAnswer
from xiezuo.exchange.sheets.choices import fields_of, kinds_of_tables
from xiezuo.exchange.vocab import BatchState
from xiezuo.service.models import ServiceRecord
from xiezuo.web.staff.exchange.answer_words import ANSWERS, choices
from xiezuo.web.staff.exchange.sheet_words import FIELDS, KINDS, ROLES, field_words, value_words

__all__ = ["cast"]
ODD = [("甲", "乙", "丙"), ("亲子阅读", "3月4日", 12), ("讲堂", "3月11日", 30)]
WHAT = {"table": "0", "kind": "activity_ledger", "first": "1", "last": "1", "year": "2023"}
COLUMNS = {"col-A": "name", "col-B": "date", "col-C": "heads_total"}


def odd() -> bytes:
    return workbook(("统计", ODD))


def address(what: str, position: int = 0) -> str:
    pk = ImportBatch.objects.order_by("-pk")[0].pk
    return f"/exchange/imports/{pk}/sheets/{position}/{what}"


def corrected(client: Client) -> Any:
    client.post(address("correct/"), WHAT)
    return client.post(address("correct/"), WHAT | COLUMNS, follow=True)


def test_a_correction_shows_its_effect_at_once(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    page = brought(client, ("怪表.xlsx", odd()))
    assert "没认出这是什么表，所以什么也不收。" in words(page)
    page = corrected(client)
    text = words(page)
    assert "2 活动" in text
    assert "共 9 个有内容的格子：收下 6 个，标题、合计和说明 3 个，放不下的 0 个。" in text
    assert "已更正。" in text
    assert '<td class="header">甲</td>' in page.content.decode()


def test_a_column_told_only_by_its_cells_is_marked_until_someone_says_what_it_is(cast: Cast) -> None:
    children = [("姓名", "甲", "出生日期", "联系电话")]
    names, days = "芳明文军伟", ("2010-01-05", "2012-03-06", "2014-05-07", "2016-07-08", "2018-09-09")
    schools = ["东街小学", "东街小学", "晨光学校", "育星小学", "东街小学"]
    for name, day, school, n in zip(names, days, schools, range(5), strict=True):
        children.append((f"王小{name}", school, day, f"1541234000{n}"))
    client = logged_in(cast.chenli)
    page = words(brought(client, ("学生名单.xlsx", workbook(("学生名单", children)))))
    assert "1 列只凭内容判断" in page
    assert "表头看不懂，是按下面的内容判断的，请再看一眼。" in page
    said = {"table": "0", "kind": "client_list", "first": "1", "last": "1", "year": "", "col-B": "note"}
    again = words(client.post(address("correct/"), said, follow=True))
    assert "只凭内容判断" not in again


def test_after_a_yes_the_next_file_of_that_shape_says_how_it_was_read(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("怪表.xlsx", odd()))
    corrected(client)
    client.post(f"/exchange/imports/{ImportBatch.objects.get().pk}/confirm/", {"site": "none"})
    assert ServiceRecord.objects.count() == 2
    page = brought(client, ("下一个2024.xlsx", workbook(("五月", [("丙", "甲", "乙"), (7, "读书会", "5月1日")]))))
    text = words(page)
    assert "按版式“甲、乙、丙”读的" in text
    assert re.search("按陈立在.*年.*月.*日 ?更正的读。", text)
    page = client.post(address("correct/"), {"do": "anew"}, follow=True)
    assert "按版式" not in words(page)
    assert Layout.objects.count() == 1


def test_a_sheet_is_left_out_and_taken_in_after_all(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", ledger()))
    page = client.post(address("correct/"), {"do": "leave_out"}, follow=True)
    assert "这张表不导入，里面的内容都不收。" in words(page)
    assert ImportBatch.objects.get().rows_total == 0
    page = client.post(address("correct/"), {"do": "take_in"}, follow=True)
    assert ImportBatch.objects.get().rows_total == 5


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"year": "23"}, "请写四位数的年份"),
        ({"first": "99", "last": "99"}, "这张表到第 3 行就结束了"),
        ({"kind": "spells"}, "没有这种表。"),
        ({"col-A": "date"}, ""),
        ({"col-A": "place", "col-C": "place"}, "两列不能是同一个项目"),
    ],
)
def test_what_cannot_be_is_said_where_it_was_typed(cast: Cast, typed: dict[str, str], says: str) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("怪表.xlsx", odd()))
    corrected(client)
    page = client.post(address("correct/"), WHAT | COLUMNS | typed)
    assert page.status_code == (422 if says else 302)
    if says:
        assert says in words(page).split("读作")[1]


def test_moving_one_end_of_the_headings_past_the_other_moves_both(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", ledger()))
    page = client.post(address("correct/"), WHAT | {"first": "3", "last": "2"}, follow=True)
    assert page.context["shown"].tables[0].header == (3, 3)


def long_ledger() -> bytes:
    rows = [
        (n, 6.3 if n == 150 else date(2023, 3, 4), "东区童缘", "", "亲子", f"第{n}次", 5, 5, "") for n in range(1, 200)
    ]
    return workbook(("2023年", [("2023年活动统计表",), LEDGER, *rows]))


def test_a_problem_far_down_is_a_link_that_shows_its_rows_and_marks_the_cell(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    page = brought(client, ("活动.xlsx", long_ledger()))
    assert "第 1 到 60 行，共 201 行" in words(page)
    link = re.search(r'<a href="(\?sheet=0&amp;cell=B152)#c-B152"', page.content.decode())
    assert link
    page = client.get(page.request["PATH_INFO"] + link[1].replace("&amp;", "&"))
    html = page.content.decode()
    assert "第 121 到 180 行，共 201 行" in words(page)
    assert '<td id="c-B152" tabindex="-1" autofocus class="data question here n">6.3</td>' in html
    assert '<tr class="again"><th scope="row">2</th>' in html


@pytest.mark.parametrize(
    ("asked", "first"), [("row=61", 61), ("row=60", 1), ("row=9999", 181), ("row=x", 1), ("cell=zzz", 1), ("row=-3", 1)]
)
def test_any_row_can_be_gone_to(cast: Cast, asked: str, first: int) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", long_ledger()))
    page = client.get(f"/exchange/imports/{ImportBatch.objects.get().pk}/?sheet=0&{asked}")
    assert page.context["shown"].grid.first == first


def test_a_group_is_decided_with_one_click_and_the_question_opened_again(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", long_ledger()))
    page = client.post(address("problems/date_ambiguous/answer/"), {"answer": "day_as_written"}, follow=True)
    assert re.search(r"6\.3 指 3 日 陈立, .*年.*月.*日", words(page))
    assert '<button class="btn quiet" name="answer" value="" autofocus>' in page.content.decode()
    page = client.post(address("problems/date_ambiguous/answer/"), {"answer": ""}, follow=True)
    assert ProblemAnswer.objects.count() == 0
    assert "末尾丢了 0：6.3 指 30 日" in words(page)


def test_places_are_decided_one_by_one_with_what_stands_there(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", long_ledger()))
    page = client.get(address("problems/date_ambiguous/"))
    assert re.search("B152 6.3 可能是 2023-06-03 / 2023-06-30 .*2023-06-03 2023-06-30", words(page))
    answer = {"answer": "day_with_zero", "cell": "B152", "singly": "1", "page": "1"}
    page = client.post(address("problems/date_ambiguous/answer/"), answer, follow=True)
    assert ProblemAnswer.objects.get().cell == "B152"
    assert page.request["PATH_INFO"] == address("problems/date_ambiguous/")
    assert "修改" in words(page)


def test_an_answer_that_is_none_says_so_and_keeps_nothing(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("活动.xlsx", long_ledger()))
    page = client.post(address("problems/date_ambiguous/answer/"), {"answer": "once"})
    assert page.status_code == 422
    assert "这个疑问已经不在了。" in words(page)
    assert client.get(address("problems/no_such_kind/")).status_code == 302


def test_a_file_that_was_taken_in_meanwhile_is_not_corrected(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    brought(client, ("登记.xlsx", register()))
    client.post(f"/exchange/imports/{ImportBatch.objects.get().pk}/confirm/", {"site": cast.east.pk})
    page = client.post(address("correct/"), {"do": "leave_out"})
    assert page.status_code == 422
    assert "这个文件已经不在等确认" in words(page)
    assert ImportBatch.objects.get().state == BatchState.APPLIED


def test_a_colleague_sees_nothing_of_the_desk(cast: Cast) -> None:
    brought(logged_in(cast.xiaomei), ("活动.xlsx", long_ledger()))
    haiyan = logged_in(cast.haiyan)
    assert haiyan.get(address("problems/date_ambiguous/")).status_code == 403
    for what in ("correct/", "problems/date_ambiguous/answer/"):
        assert haiyan.post(address(what), {"do": "leave_out", "answer": "as_known"}).status_code == 403
    assert (ProblemAnswer.objects.count(), ImportBatch.objects.get().corrections) == (0, {})


def test_forty_sheets_are_chosen_from_a_list_and_walked_through(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    sheets = [(f"{n}月" if n else "说明", ODD) for n in range(40)]
    page = brought(client, ("四十张.xlsx", workbook(*sheets)))
    assert "这个文件有 40 张表" in words(page)
    page = client.get(f"{page.request['PATH_INFO']}?sheet=20")
    assert page.context["shown"].sheet.name == "20月"
    html = page.content.decode()
    assert 'rel="prev" href="?sheet=19"' in html
    assert 'rel="next" href="?sheet=21"' in html


def test_the_next_file_that_waits_is_one_link_away(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    page = brought(client, ("活动.xlsx", ledger()), ("登记.xlsx", register()), ("怪表.xlsx", odd()))
    first, second, third = ImportBatch.objects.order_by("pk")
    assert f'href="/exchange/imports/{first.pk}/">看第一个等着的' in page.content.decode()
    html = client.get(f"/exchange/imports/{second.pk}/").content.decode()
    assert f'rel="prev" href="/exchange/imports/{first.pk}/"' in html
    assert f'rel="next" href="/exchange/imports/{third.pk}/"' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_file_asks_the_database_as_often_for_one_problem_as_for_three(cast: Cast, rows: int) -> None:
    client = logged_in(cast.chenli)
    body = [(n, 6.3, "东区童缘", "", "亲子", f"第{n}次", 5, 5, "") for n in range(1, rows + 1)]
    body.append((9, date(2023, 7, 1), "东区童缘", "", "亲子", "电影", 5, 5, ""))
    brought(client, ("活动.xlsx", workbook(("2023年", [("2023年活动统计表",), LEDGER, *body]))))
    pk = ImportBatch.objects.get().pk
    with CaptureQueriesContext(
        connection,
    ) as page:
        client.get(f"/exchange/imports/{pk}/")
    with CaptureQueriesContext(connection) as places:
        client.get(address("problems/date_ambiguous/"))
    assert (len(page), len(places)) == (15, 9)


def test_every_field_kind_and_answer_has_words_of_its_own() -> None:
    fields = {name for kind in kinds_of_tables() for name in fields_of(kind)}
    assert {name for name in fields if name not in FIELDS and field_words(name, "") == name} == set()
    assert set(kinds_of_tables()) <= set(KINDS)
    assert "left_out" in ROLES
    assert {code for kind in ("code_unknown", "hidden_data", "date_ambiguous") for code, _w in choices(kind)} <= set(
        ANSWERS
    )


def test_what_a_row_says_is_told_in_words() -> None:
    with override("zh-hans"):
        assert [value_words(value) for value in (["入学", "心理"], True, False, 2018)] == [
            "入学、心理",
            "是",
            "否",
            "2018",
        ]
        assert field_words("name", "case") == "姓名"
        assert field_words("goods_大米", "aid_ledger") == "发放：大米"
