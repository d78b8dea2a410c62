"""The words are data, and the data is sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xiezuo.exchange.sheets as package
from xiezuo.exchange.sheets import PROBLEM_KINDS
from xiezuo.exchange.sheets.layout.measures import measure_field
from xiezuo.exchange.sheets.layout.roles import role_field
from xiezuo.exchange.sheets.layout.totals import total_kind
from xiezuo.exchange.sheets.vocabulary import table
from xiezuo.exchange.sheets.years import year_in

SOURCE = Path(package.__file__).parent


def test_every_field_of_every_kind_has_words_and_every_piece_of_evidence_is_a_concept() -> None:
    concepts = set(table("concepts")) | {"measure", "days_across", "goods", "members"}
    for kind, spec in table("kinds").items():
        assert set(spec["fields"].values()) <= concepts, kind
        assert set(spec["evidence"]) <= concepts, kind
        assert {concept for one_of in spec["needs"] for concept in one_of} <= concepts, kind


def test_every_problem_that_the_readers_note_is_in_the_table_of_kinds() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    noted = set(re.findall(r'problem\([^"{\n]*"([a-z_]+)"', written)) | set(re.findall(r'problem="([a-z_]+)"', written))
    assert noted <= set(PROBLEM_KINDS)
    assert {kind.severity for kind in PROBLEM_KINDS.values()} <= {"error", "warning", "info"}
    assert {kind.concerns for kind in PROBLEM_KINDS.values()} <= {"cell", "row", "column"}


def test_the_library_imports_no_django() -> None:
    written = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")]
    assert not [text for text in written if re.search(r"^\s*(?:from|import) django", text, re.MULTILINE)]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("受益人数", "成人", "男"), "heads_adult_m"),
        (("受益人数", "儿童", "女童"), "heads_child_f"),
        (("服务人数", "合计"), "heads_total"),
        (("成人数",), "heads_adult_total"),
        (("男童",), "heads_child_m"),
        (("参加人数", "家长"), "heads_adult_total"),
        (("受益人次", "总合计"), "att_total"),
        (("儿童人次",), "att_child"),
        (("志愿者", "大学生", "小时"), "vol_student_h"),
        (("志愿者", "合计", "人数"), "vol_total_n"),
        (("志愿服务时长",), "vol_total_h"),
        (("义工人数",), "vol_total_n"),
        (("Volunteers", "Hours"), "vol_total_h"),
        (("参加人数", "老人"), "heads_adult_total"),
        (("18岁以上女",), "heads_adult_f"),
        (("6-17岁\n男",), "heads_child_m"),
        (("志愿者（高校学生）", "小时"), "vol_student_h"),
        (("小小志愿者\n(h)",), "vol_child_h"),
        (("其中：老人",), None),
        (("志愿者人次",), None),
        (("志愿者姓名",), None),
        (("活动名称",), None),
    ],
)
def test_a_heading_of_figures_is_put_together_from_its_words(path: tuple[str, ...], field: str | None) -> None:
    assert measure_field(path) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("父亲（姓名、电话、身份证号）", "father"),
        ("父亲姓名", "father_name"),
        ("妈妈手机", "mother_phone"),
        ("监护人信息", "guardian"),
        ("家长电话", "guardian_phone"),
        ("其他照顾者", "carer"),
        ("家庭住址", None),
        ("姓名", None),
    ],
)
def test_a_heading_about_a_guardian_says_who_and_what(heading: str, field: str | None) -> None:
    assert role_field((heading,)) == field


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("合计", "grand_total"),
        ("总 合 计：", "grand_total"),
        ("2023年合计", "grand_total"),
        ("全年总计", "grand_total"),
        ("Total", "grand_total"),
        ("小计", "subtotal"),
        ("上半年合计", "subtotal"),
        ("3月小计", "subtotal"),
        ("第二季度合计", "subtotal"),
        ("本页小计", "subtotal"),
        ("东区小计", "subtotal"),
        ("人次按每天累计", None),
        ("会计培训", None),
        ("计划讨论会", None),
        ("", None),
    ],
)
def test_the_label_of_a_total_row_is_told_from_other_text(text: str, kind: str | None) -> None:
    assert total_kind(text) == kind


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["2023年"], 2023),
        (["Sheet1", "2022年度统计表"], 2022),
        (["二〇二三年活动"], 2023),
        (["23年活动"], 2023),
        (["2015-2024总表"], None),
        (["总表", "2015—2024年", "2023"], None),
        (["活动"], None),
    ],
)
def test_the_year_of_a_sheet_is_the_only_one_that_its_title_names(texts: list[str], year: int | None) -> None:
    assert year_in(texts) == year
