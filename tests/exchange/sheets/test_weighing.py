"""A sheet that is taken for what it is not: where the reading gives next to nothing, another one holds."""

from __future__ import annotations

from xiezuo.exchange.sheets.layouts import Layouts, SheetLayout, TableLayout
from xiezuo.exchange.sheets.reading import read_workbook

from .helpers import read, values, xlsx

N = None
# What is spoken of, in words that forms print as labels.
TOPICS = [
    "就业情况",
    "健康状况",
    "住房情况",
    "婚姻状况",
    "心理状况",
    "医保情况",
    "学习情况",
    "社保情况",
    "子女情况",
    "人际关系",
]
NAMES = "张王李赵钱孙周吴郑冯"


def _street() -> list[list[str | None]]:
    rows = [["日期", "地点", "称呼", "谈话内容", "线索"]]
    return rows + [[f"2025-03-{i:02}", "桥头", f"老{name}", topic, N] for i, (name, topic) in pairs()]  # type: ignore[list-item]


def pairs() -> list[tuple[int, tuple[str, str]]]:
    """Day, and who spoke of what."""
    return list(enumerate(zip(NAMES, TOPICS, strict=True), start=1))


def test_a_list_whose_cells_are_words_of_forms_is_still_a_list() -> None:
    sheet = read(_street(), name="3月外展")
    assert (sheet.role, sheet.kind, sheet.header_rows) == ("data", "outreach_list", (1, 1))
    assert values(sheet, "contact")[1] == {"called": "老王", "date": "2025-03-02", "place": "桥头", "talk": "健康状况"}
    assert len(sheet.records) == 10
    assert sheet.cells == {"imported": 40, "classified": 5, "reported": 0, "total": 45}
    assert sheet.grid.region(1, 1) == "header"
    assert sheet.grid.region(2, 4) == "data"


def test_a_list_of_volunteers_with_such_words_is_no_form_of_one() -> None:
    rows = [["姓名", "电话", "服务意向", "备注"]]
    rows += [[f"{name}小明", f"139000000{i:02}", topic, TOPICS[-i]] for i, (name, topic) in pairs()]
    sheet = read(rows, name="志愿者")
    assert (sheet.role, sheet.kind) == ("data", "volunteer_list")
    assert [one["name"] for one in values(sheet, "volunteer")] == [f"{name}小明" for name in NAMES]


def test_a_wide_ledger_under_three_rows_of_headings_is_no_sign_in_sheet() -> None:
    groups = [N] * 4 + ["成人", N, "儿童", N, "家长义工", N, "学生义工", N, N]
    parts = [N] * 4 + ["男", "女", "男", "女", "人数", "时数", "人数", "时数", N]
    rows: list[list[object]] = [
        ["阳光服务中心2025年服务统计表"],
        ["序号", "开展日期", "形式", "服务对象", "服务人数", N, N, N, "义工", N, N, N, "活动主题"],
        groups,  # type: ignore[list-item]
        parts,  # type: ignore[list-item]
    ]
    rows += [
        [i, f"2025-03-{i:02}", ("社区活动", "小组")[i % 2], "亲子家庭", 1, 2, 3, 4, 2, 3, 1, 1.5, f"手工{name}"]
        for i, (name, _) in pairs()
    ]
    merges = ("A2:A4", "B2:B4", "C2:C4", "D2:D4", "E2:H2", "I2:L2", "M2:M4", "E3:F3", "G3:H3", "I3:J3", "K3:L3")
    sheet = read(rows, merges=merges, name="2025")
    assert (sheet.role, sheet.kind, sheet.header_rows) == ("data", "activity_ledger", (2, 4))
    assert values(sheet, "activity")[0] == {
        "seq": 1,
        "date": "2025-03-01",
        "activity_type": "小组",
        "target_group": "亲子家庭",
        "heads_adult_m": 1,
        "heads_adult_f": 2,
        "heads_child_m": 3,
        "heads_child_f": 4,
        "vol_parent_n": 2,
        "vol_parent_h": 3,
        "vol_student_n": 1,
        "vol_student_h": 1.5,
        "name": "手工张",
    }


def test_a_card_with_few_labels_is_a_form_where_no_table_explains_it() -> None:
    rows = [
        ["个案登记卡"],
        ["姓名", "冯小雨", "性别", "女"],
        ["主要问题", "丈夫失业，房租交不上，孩子下学期学费没有着落"],
        ["处理意见", "先联系街道申请临时救助"],
    ]
    sheet = read(rows, merges=("A1:D1", "B3:D3", "B4:D4"), name="卡片")
    assert (sheet.role, sheet.kind) == ("form", "case_forms")
    assert values(sheet, "case") == [
        {
            "name": "冯小雨",
            "sex": "女",
            "problem": "丈夫失业，房租交不上，孩子下学期学费没有着落",
            "plan": "先联系街道申请临时救助",
        }
    ]


def test_a_sheet_that_no_reading_explains_stays_unknown_and_is_reported() -> None:
    rows = [["甲项", "乙项", "丙项"], *[["桥头", i, TOPICS[i]] for i in range(5)]]
    sheet = read(rows)
    assert (sheet.kind, sheet.records) == ("unknown", [])
    assert sheet.cells["total"] == 18


def test_what_people_said_of_a_sheet_is_not_doubted() -> None:
    left_out = dict.fromkeys("ABDE", "")
    table = TableLayout("outreach_list", (1, 1), left_out)
    said = Layouts({0: SheetLayout(tables={0: table})})
    sheet = read_workbook(xlsx({"3月外展": _street()}), "表.xlsx", said).sheets[0]
    assert (sheet.kind, len(sheet.records), sheet.cells["imported"]) == ("outreach_list", 10, 10)
