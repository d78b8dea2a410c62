"""Hours of volunteers one service a row, and contacts made in the street."""

from __future__ import annotations

import datetime as dt

from xiezuo.exchange.sheets import read_workbook
from xiezuo.exchange.sheets.values.clock import interval_ends, parse_clock

from .helpers import problems, read, values


def test_each_service_of_a_volunteer_is_a_record_of_hours() -> None:
    rows = [
        ["2023年志愿服务记录"],
        ["序号", "服务日期", "志愿者", "电话", "服务项目", "签到", "签退", "时数", "确认人", "备注"],
        [1, "3月4日", "林小舟", "15411112222", "读书会", "9:00", "11:30", 2.5, "赵敏", None],
        [2, "3.5", "何田", None, "义诊", "14:00", "16:00", "3小时", "赵敏", "第一次"],
        [3, "3.5", "林小舟", "15411112222", "义诊", None, None, "90分钟", None, None],
        ["合计", None, None, None, None, None, None, 7, None, None],
    ]
    sheet = read(rows)
    assert sheet.kind == "volunteer_hours_list"
    assert values(sheet, "service_hours") == [
        {
            "date": "2023-03-04",
            "name": "林小舟",
            "phone": "15411112222",
            "activity": "读书会",
            "start": "09:00",
            "end": "11:30",
            "hours": 2.5,
            "confirmer": "赵敏",
        },
        {
            "date": "2023-03-05",
            "name": "何田",
            "activity": "义诊",
            "start": "14:00",
            "end": "16:00",
            "hours": 3,
            "confirmer": "赵敏",
            "comment": "第一次",
        },
        {"date": "2023-03-05", "name": "林小舟", "phone": "15411112222", "activity": "义诊", "hours": 1.5},
    ]
    assert problems(sheet) == {("H4", "hours_interval_mismatch")}


def test_start_and_end_in_one_column_are_taken_apart() -> None:
    rows = [
        ["义工时数"],
        ["姓名", "日期", "服务时间", "时长"],
        *[["何田", f"2022.5.{d}", "14:00-16:30", 2.5] for d in (3, 4, 5)],
    ]
    assert values(read(rows), "service_hours")[0] == {
        "name": "何田",
        "date": "2022-05-03",
        "start": "14:00",
        "end": "16:30",
        "hours": 2.5,
    }


def test_a_list_of_volunteers_with_the_day_they_joined_is_no_list_of_hours() -> None:
    rows = [["志愿者名单"], ["姓名", "电话", "登记日期", "累计时数"], *[["何田", "15411112222", "2020.5.3", 30]] * 3]
    assert read(rows).kind == "volunteer_list"


def test_times_of_day_as_people_write_them() -> None:
    assert [parse_clock(v) for v in ("9:00", "9点半", "下午2:30", dt.time(8, 5), 0.5, "早上", "25:00")] == [
        "09:00",
        "09:30",
        "14:30",
        "08:05",
        "12:00",
        None,
        None,
    ]
    assert interval_ends("上午9点—11点半") == ("09:00", "11:30")
    assert interval_ends("3-5") is None


def test_people_met_in_the_street_are_contacts_by_the_way_they_are_called() -> None:
    rows = [
        ["2024年外展记录"],
        ["日期", "地点", "称呼", "性别", "大概年龄", "职业", "电话", "交谈内容", "转介线索"],
        ["3.5", "桥底", "四川大叔", "男", "五十多", "拾荒", None, "腰痛，没去看", "卫生服务站"],
        ["3.5", "桥底", "阿玲（推车）", "女", "30+", "摆摊", "1541111222", "孩子转学", None],
    ]
    sheet = read(rows)
    assert sheet.kind == "outreach_list"
    assert values(sheet, "contact") == [
        {
            "date": "2024-03-05",
            "place": "桥底",
            "called": "四川大叔",
            "sex": "男",
            "age_text": "五十多",
            "job": "拾荒",
            "talk": "腰痛，没去看",
            "lead": "卫生服务站",
        },
        {
            "date": "2024-03-05",
            "place": "桥底",
            "called": "阿玲",
            "sex": "女",
            "age_text": "30+",
            "job": "摆摊",
            "phone": "1541111222",
            "talk": "孩子转学",
        },
    ]
    assert [record.cell for record in sheet.records] == ["C3", "C4"]
    assert problems(sheet) == {("G4", "phone_length")}


def test_an_outreach_log_in_english_is_read_with_its_english_dates() -> None:
    text = "When,Site name,Worker (how addressed),M/F,Age,Trade,What was discussed,Lead?\n"
    text += "\n".join(
        f"{day},Bridge,Uncle Li,M,50s,driver,unpaid wages,legal aid"
        for day in ("5 March 2024", "7-Mar-24", "Mar 9, 2024")
    )
    sheet = read_workbook(text.encode(), "street outreach log.csv").sheets[0]
    assert [v["date"] for v in values(sheet, "contact")] == ["2024-03-05", "2024-03-07", "2024-03-09"]
    assert values(sheet, "contact")[0]["place"] == "Bridge"
