"""A clerk brings a file whose headings nobody could guess; the next one of that kind needs no word."""

import io
import re
from pathlib import Path

import xlsxwriter
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter

HEADINGS = ("代号", "那天", "名目", "来的")
FIRST = [("1", "3月4日", "亲子阅读", 12), ("2", "3月11日", "讲堂", 30), ("3", "4月8日", "厨房里的科学", 9)]
SECOND = [(7, "读书会", "5月6日", "1"), (8, "看电影", "5月20日", "2")]


def book(path: Path, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> Path:
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = made.add_worksheet("2024年")
    for number, row in enumerate([headings, *rows]):
        sheet.write_row(number, 0, row)
    made.close()
    path.write_bytes(stream.getvalue())
    return path


def bring(page: Page, path: Path) -> None:
    page.goto("/exchange/imports/")
    page.locator("#files").set_input_files(path)
    page.get_by_role("button", name="带入").click()
    expect(page.locator("#layout")).to_be_visible(timeout=20_000)


def found(page: Page) -> str:
    return page.locator("table.understood").inner_text()


def test_a_corrected_column_changes_the_count_and_the_next_file_is_understood(enter: Enter, tmp_path: Path) -> None:
    page = enter("chenli")
    bring(page, book(tmp_path / "甲.xlsx", HEADINGS, list(FIRST)))
    expect(page.get_by_text("没认出这是什么表，所以什么也不收。")).to_be_visible()

    page.get_by_label("这是什么表").select_option("activity_ledger")
    page.get_by_label(re.compile("那天")).select_option("date")
    expect(page.locator(".xl .means", has_text="日期")).to_be_visible()
    page.get_by_label(re.compile("名目")).select_option("name")
    page.get_by_label(re.compile("来的")).select_option("heads_total")
    expect(page.locator(".xl .means", has_text="全部")).to_be_visible()
    expect(page.locator("table.understood")).to_contain_text(re.compile(r"活动\s*3"))
    expect(page.get_by_text("已更正。")).to_be_visible()

    page.locator("#confirm button.main").click()
    expect(page.get_by_text("已经导入，从现在起计入数字。")).to_be_visible(timeout=20_000)

    bring(page, book(tmp_path / "乙.xlsx", (HEADINGS[3], HEADINGS[2], HEADINGS[1], HEADINGS[0]), list(SECOND)))
    expect(page.get_by_text("按版式“代号、那天、名目、来的”读的")).to_be_visible()
    assert re.search(r"活动\s*2", found(page))

    page.goto("/exchange/layouts/")
    expect(page.get_by_role("heading", name="代号、那天、名目、来的")).to_be_visible()
