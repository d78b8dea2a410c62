"""What people write in a cell, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xiezuo.exchange.sheets.cells import CellError
from xiezuo.exchange.sheets.values.births import parse_birth
from xiezuo.exchange.sheets.values.dates import parse_date, resolved, resolved_end
from xiezuo.exchange.sheets.values.guardians import parse_guardian
from xiezuo.exchange.sheets.values.identity import birth_of, checks, parse_id, sex_of
from xiezuo.exchange.sheets.values.names import parse_name, split_names
from xiezuo.exchange.sheets.values.numbers import parse_number
from xiezuo.exchange.sheets.values.phones import parse_phone


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2023.1.5", "2023-01-05", None),
        ("2023-01-05", "2023-01-05", None),
        ("2023/1/5", "2023-01-05", None),
        ("2023年1月5日", "2023-01-05", None),
        ("二〇二三年一月五日", "2023-01-05", None),
        ("23.1.5", "2023-01-05", None),
        ("1月5日", "2022-01-05", None),
        ("1.5", "2022-01-05", None),
        ("１．５", "2022-01-05", None),
        ("1.5（周三）", "2022-01-05", None),
        ("2023.10.25 下午", "2023-10-25", None),
        ("2023.5.6 9:00-11:00", "2023-05-06", None),
        ("20230105", "2023-01-05", None),
        ("2023.1.17—2.5", "2023-01-17", "2023-02-05"),
        ("2023.12.28—1.3", "2023-12-28", "2024-01-03"),
        ("1.26-2.7", "2022-01-26", "2022-02-07"),
        ("12.26-1.7", "2022-12-26", "2023-01-07"),
        ("1月5日-12日", "2022-01-05", "2022-01-12"),
        ("1月5日至1月12日", "2022-01-05", "2022-01-12"),
        ("2023-3-1~2023-3-5", "2023-03-01", "2023-03-05"),
        (20220226.0, "2022-02-26", None),
        (44944.0, "2023-01-18", None),
        (1.15, "2022-01-15", None),
        (2.3, "2022-02-03", None),
        (dt.date(2023, 5, 6), "2023-05-06", None),
        (dt.datetime(2023, 5, 6, 14, 30), "2023-05-06", None),
    ],
)
def test_a_date_is_read_whatever_its_form_with_2022_as_the_year_of_the_sheet(
    written: Any, start: str, end: str | None
) -> None:
    read = parse_date(written)
    assert read.problem is None and read.start
    day = resolved(read.start, 2022)
    assert day and day.isoformat() == start
    last = resolved_end(read.end, day) if read.end else None
    assert (last.isoformat() if last else None) == end


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("6月底", "date_vague"),
        ("6月中旬", "date_vague"),
        ("6月份", "date_vague"),
        ("6月 周六", "date_vague"),
        ("暑假", "date_vague"),
        ("2.30", "date_impossible"),
        ("13月5日", "date_impossible"),
        ("2023-06-31", "date_impossible"),
        (13.5, "date_impossible"),
        (1.2, "date_ambiguous"),
        (4.3, "date_ambiguous"),
        (11.1, "date_ambiguous"),
        ("看通知", "value_unreadable"),
        (CellError("#REF!"), "formula_error"),
    ],
)
def test_a_date_that_is_not_certain_is_not_guessed(written: Any, problem: str) -> None:
    read = parse_date(written)
    assert (read.problem, read.start) == (problem, None)


@pytest.mark.parametrize("written", [None, "", " ", "/", "—", "无", "待补"])
def test_a_cell_without_a_date_is_no_problem_of_the_date(written: Any) -> None:
    assert parse_date(written) == parse_date(None)


@pytest.mark.parametrize(
    ("written", "unit", "value", "problem"),
    [
        (12.0, "people", 12, None),
        (2.5, "hours", 2.5, None),
        (0.0, "people", 0, None),
        ("12", "people", 12, "number_as_text"),
        (" 12 ", "people", 12, "number_as_text"),
        ("１２", "people", 12, "number_as_text"),
        ("12人", "people", 12, "number_as_text"),
        ("十二人", "people", 12, "number_as_text"),
        ("1,200", "people", 1200, "number_as_text"),
        ("2h", "hours", 2, "number_as_text"),
        ("2小时", "hours", 2, "number_as_text"),
        ("2个小时", "hours", 2, "number_as_text"),
        ("2小时30分", "hours", 2.5, "number_as_text"),
        ("30分钟", "hours", 0.5, "number_as_text"),
        ("9:00-11:30", "hours", 2.5, "number_as_text"),
        ("9:00~11:00", "hours", 2, "number_as_text"),
        ("约30", "people", 30, "number_approximate"),
        ("30余", "people", 30, "number_approximate"),
        ("30多人", "people", 30, "number_approximate"),
        ("30+", "people", 30, "number_approximate"),
        ("近百人", "people", 100, "number_approximate"),
        ("2*3", "hours", 6, "expression_in_cell"),
        ("2×3", "hours", 6, "expression_in_cell"),
        ("1+1", "people", 2, "expression_in_cell"),
        ("2*3+1", "hours", 7, "expression_in_cell"),
        ("若干", "people", None, "value_unreadable"),
        (CellError("#REF!"), "people", None, "formula_error"),
        ("#REF!", "people", None, "formula_error"),
        ("—", "people", None, None),
        ("无", "people", None, None),
        ("/", "people", None, None),
        (None, "people", None, None),
        (dt.date(2023, 1, 2), "people", None, "value_unreadable"),
    ],
)
def test_a_figure_keeps_its_value_and_says_how_it_was_written(
    written: Any, unit: str, value: float | None, problem: str | None
) -> None:
    read = parse_number(written, unit)
    assert (read.value, read.problem) == (value, problem)


@pytest.mark.parametrize(
    ("written", "value"),
    [("￥1,200.00", 1200), ("500元", 500), ("伍佰元整", 500), ("壹仟贰佰元", 1200), ("¥80.5", 80.5)],
)
def test_money_loses_its_sign_and_unit(written: str, value: float) -> None:
    assert parse_number(written, "money", text_is_normal=True).value == value


@pytest.mark.parametrize(
    ("written", "values", "problem"),
    [
        ("2015年3月4日", {"birth_date": "2015-03-04"}, None),
        (20150304.0, {"birth_date": "2015-03-04"}, None),
        (33486.0, {"birth_date": "1991-09-05"}, None),
        ("2015.3", {"birth_month": "2015-03"}, "date_partial"),
        ("2015年3月", {"birth_month": "2015-03"}, "date_partial"),
        ("2015年", {"birth_year": 2015}, "date_partial"),
        (2015.0, {"birth_year": 2015}, "date_partial"),
        ("95年", {"birth_year": 1995}, "date_partial"),
        ("5岁", {"age": 5}, "date_partial"),
        (9.0, {"age": 9}, "date_partial"),
        ("2015年农历八月十五", {"birth_year": 2015}, "date_lunar"),
        ("腊月初八", {}, "date_lunar"),
        ("不详", {}, None),
        ("属兔", {}, "value_unreadable"),
    ],
)
def test_a_birth_is_kept_as_exactly_as_it_is_known(written: Any, values: dict[str, Any], problem: str | None) -> None:
    read = parse_birth(written)
    assert (read.values, read.problem) == (values, problem)


def test_an_age_in_a_column_for_ages_is_no_problem() -> None:
    assert parse_birth("5岁", is_age_column=True).problem is None


@pytest.mark.parametrize(
    ("written", "value", "problem"),
    [
        ("11010519491231002X", "11010519491231002X", None),
        ("11010519491231002x", "11010519491231002X", None),
        ("110105 19491231 002X", "11010519491231002X", None),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", None),
        ("'11010519491231002X", "11010519491231002X", None),
        ("11010519491231002×", "11010519491231002X", None),
        ("110105194912310021", "110105194912310021", "id_checksum"),
        ("11010519491231002", "11010519491231002", "id_length"),
        ("4.1E+17", None, "id_precision_lost"),
        (4.10421199906089e17, None, "id_precision_lost"),
        ("110105194912310000", None, "id_precision_lost"),
        ("未带", None, None),
        ("/", None, None),
    ],
)
def test_an_identity_number_is_cleaned_and_a_damaged_one_stays_lost(
    written: Any, value: str | None, problem: str | None
) -> None:
    read = parse_id(written)
    assert (read.value, read.problem) == (value, problem)


def test_a_valid_identity_number_tells_birth_and_sex() -> None:
    assert checks("11010519491231002X")
    assert (birth_of("11010519491231002X"), sex_of("11010519491231002X")) == ("1949-12-31", "女")


@pytest.mark.parametrize(
    ("written", "value", "problem"),
    [
        ("15412345678", "15412345678", None),
        (15412345678.0, "15412345678", None),
        ("15412345678.0", "15412345678", None),
        ("154-1234-5678", "15412345678", None),
        ("154 1234 5678", "15412345678", None),
        ("+8615412345678", "15412345678", None),
        ("１５４１２３４５６７８", "15412345678", None),
        ("15412345678（打不通）", "15412345678", None),
        ("1541234567", "1541234567", "phone_length"),
        ("154****5678", None, "phone_masked"),
        ("1.54E+10", None, "phone_precision_lost"),
        ("〃", None, "ditto_mark"),
        ("同上", None, "ditto_mark"),
        ("无", None, None),
        ("不详", None, None),
    ],
)
def test_a_telephone_is_digits_only(written: Any, value: str | None, problem: str | None) -> None:
    read = parse_phone(written)
    assert (read.value, read.problem) == (value, problem)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("张  三", {"name": "张三"}),
        ("张三（新）", {"name": "张三"}),
        ("张三\u3000", {"name": "张三"}),
        ("阿依・古丽", {"name": "阿依·古丽"}),
        ("陳思遠", {"name": "陳思遠"}),
        ("小王", {"nickname": "小王"}),
        ("李姐", {"nickname": "李姐"}),
        ("张师傅", {"nickname": "张师傅"}),
        ("妞妞", {"nickname": "妞妞"}),
        ("韩亮亮", {"name": "韩亮亮"}),
        ("Maria Lopez", {"name": "Maria Lopez"}),
        ("/", {}),
        ("不详", {}),
    ],
)
def test_a_name_is_cleaned_and_a_form_of_address_is_no_name(written: str, values: dict[str, str]) -> None:
    assert parse_name(written).values == values


def test_a_substitute_character_in_a_name_is_kept_and_noticed() -> None:
    assert (parse_name("张□").name, parse_name("张□").illegible) == ("张□", True)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("张一、张二", ["张一", "张二"]),
        ("张一\n张二", ["张一", "张二"]),
        ("张一/张二", ["张一", "张二"]),
        ("张小一 李小二", ["张小一", "李小二"]),
        ("张  三", ["张  三"]),
    ],
)
def test_several_names_in_one_cell_are_parted(written: str, names: list[str]) -> None:
    assert split_names(written) == names


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("张强 15412345678", {"name": "张强", "phone": "15412345678"}),
        (
            "张强15412345678 11010519491231002X",
            {"name": "张强", "phone": "15412345678", "id_number": "11010519491231002X"},
        ),
        (
            "张强\n154 1234 5678\n110105 19491231 002X",
            {"name": "张强", "phone": "15412345678", "id_number": "11010519491231002X"},
        ),
        ("张强 电话：+8615412345678 身份证号:未带", {"name": "张强", "phone": "15412345678"}),
        ("爷爷：张老大，15412345678（妈妈）", {"name": "张老大", "phone": "15412345678", "relation": "爷爷"}),
        ("张  强/15412345678", {"name": "张强", "phone": "15412345678"}),
        ("张强无 无", {"name": "张强"}),
        ("张强、不详、11010519491231002X", {"name": "张强", "id_number": "11010519491231002X"}),
        ("李师傅 在外打工", {"nickname": "李师傅"}),
        ("失联", {}),
        ("在老家", {}),
        ("离异", {}),
    ],
)
def test_a_guardian_written_into_one_cell_is_taken_apart(written: str, values: dict[str, str]) -> None:
    assert parse_guardian(written).values == values
