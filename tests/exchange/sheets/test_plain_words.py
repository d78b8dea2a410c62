"""Headings as people say them, and columns that only look like something else."""

from __future__ import annotations

from xiezuo.exchange.sheets.layout.measures import measure_field

from .helpers import problems, read, values

LEDGER = ["日期", "星期", "活动名称", "参加人次", "志工", None, "备注"]


def test_weekdays_are_nobodys_names_so_a_ledger_with_volunteers_in_its_title_stays_a_ledger() -> None:
    days = [("1.5", "周五"), ("1.6", "周六"), ("1.7", "周日"), ("1.8", "周一"), ("1.9", "周二")]
    rows = [[day, weekday, "亲子阅读", 20, 3, 6, None] for day, weekday in days]
    title = ["2024年活动及志工工时"]
    sheet = read([title, LEDGER, [None, None, None, None, "人数", "时数"], *rows], merges=("E2:F2",))
    assert sheet.kind == "activity_ledger"
    assert values(sheet, "activity")[0] == {
        "date": "2024-01-05",
        "name": "亲子阅读",
        "att_total": 20,
        "vol_total_n": 3,
        "vol_total_h": 6,
    }


def test_whoever_gives_hours_is_a_volunteer_and_hours_may_be_headed_by_one_character() -> None:
    head = ["日期", "活动内容", "在哪办的", "人次", "大学生志愿者", None, "社会人士", None, "牵头"]
    units = [None, None, None, None, "人", "时", "人", "时", None]
    rows = [["3.5", "义诊", "小广场", 30, 2, 4, 1, 2, "何田"], ["3.6", "讲座", "站内", 12, 1, 2, 2, 4, "何田"]]
    sheet = read([["2024年"], head, units, *rows], merges=("E2:F2", "G2:H2"))
    assert values(sheet, "activity")[0] == {
        "date": "2024-03-05",
        "name": "义诊",
        "place": "小广场",
        "att_total": 30,
        "vol_student_n": 2,
        "vol_student_h": 4,
        "vol_public_n": 1,
        "vol_public_h": 2,
        "organiser": "何田",
    }


def test_a_list_of_hours_in_plain_words_is_read() -> None:
    head = ["日子", "谁去的", "去哪、干什么", "几点到几点", "算几小时", "电话", "站长签"]
    rows = [
        ["9.3", "何田", "送餐", "9:00-11:00", 2, "15411112222", "赵敏"],
        ["9.14", "林小舟", "理发", "13:30至15:00", 2, None, "赵敏"],
    ]
    sheet = read([["志愿者外出登记 2024"], head, *rows])
    assert sheet.kind == "volunteer_hours_list"
    assert values(sheet, "service_hours")[0] == {
        "date": "2024-09-03",
        "name": "何田",
        "activity": "送餐",
        "start": "09:00",
        "end": "11:00",
        "hours": 2,
        "phone": "15411112222",
        "confirmer": "赵敏",
    }
    assert problems(sheet) == {("E4", "hours_interval_mismatch")}


def test_the_number_for_emergencies_is_not_the_volunteers_own() -> None:
    head = ["义工证号", "姓名", "花名", "手提电话", "职业／院校", "兴趣", "紧急联络人", "紧急联络电话"]
    rows = [["01", "何田", "田姐", "15411112222", "文员", "英语", "林小舟", "15433334444"]]
    sheet = read([["义工名册"], head, *rows])
    assert values(sheet, "volunteer") == [
        {
            "volunteer_no": "01",
            "name": "何田",
            "nickname": "田姐",
            "phone": "15411112222",
            "work": "文员",
            "interest": "英语",
        }
    ]


def test_an_answered_questionnaire_tells_when_it_was_sent_and_how_people_heard() -> None:
    head = ["序号", "提交答卷时间", "1、您的姓名", "2、手机号码", "3、您的特长", "4、从哪里看到招募"]
    sheet = read([["志愿者招募"], head, [1, "2024/11/4 11:49:51", "何田", "15411112222", "唱歌", "朋友圈"]])
    found = values(sheet, "volunteer")[0]
    assert (found["registered_on"], found["source"]) == ("2024-11-04", "朋友圈")


def test_a_list_of_hours_whose_start_holds_the_day_is_no_ledger_of_activities() -> None:
    head = ["志愿者姓名", "身份证号", "项目名称", "服务开始时间", "服务结束时间", "服务时长（小时）", "录入人"]
    rows = [
        ["何田", None, "敬老", "2024-03-05 09:00", "2024-03-05 11:30", 2.5, "赵敏"],
        ["林小舟", None, "敬老", "2024年3月6日 14:00", "2024年3月6日 16:00", 3, "赵敏"],
    ]
    sheet = read([["志愿服务时长录入表"], head, *rows])
    assert sheet.kind == "volunteer_hours_list"
    assert values(sheet, "service_hours") == [
        {"name": "何田", "date": "2024-03-05", "start": "09:00", "end": "11:30", "activity": "敬老", "hours": 2.5},
        {"name": "林小舟", "date": "2024-03-06", "start": "14:00", "end": "16:00", "activity": "敬老", "hours": 3},
    ]
    assert problems(sheet) == {("F4", "hours_interval_mismatch")}


def test_a_list_of_hours_may_give_month_and_day_in_columns_of_their_own() -> None:
    head = ["月", "日", "星期", "姓名", "服务项目", "时间", "时数", "义工签名", "职员签署"]
    rows = [[3, day, "周二", "何田", "敬老", "9:00-11:00", 2, "何田", "赵敏"] for day in (5, 6, 7)]
    sheet = read([["2024年义工服务登记簿"], head, *rows])
    assert sheet.kind == "volunteer_hours_list"
    assert [found["date"] for found in values(sheet, "service_hours")] == ["2024-03-05", "2024-03-06", "2024-03-07"]
    assert values(sheet, "service_hours")[0]["confirmer"] == "赵敏"
    assert problems(sheet) == {("C4", "weekday_mismatch"), ("C5", "weekday_mismatch")}


def test_days_under_a_heading_about_activities_are_no_names_of_activities() -> None:
    head = ["序", "活动日", "做什么", "何地", "受益人数", "志愿者数"]
    sheet = read([["活动登记"], head, [1, "2024/3/5", "剪纸", "站内", 13, 2], [2, "2024/3/6", "义诊", "广场", 9, 1]])
    assert values(sheet, "activity")[1] == {
        "seq": 2,
        "date": "2024-03-06",
        "name": "义诊",
        "place": "广场",
        "heads_total": 9,
        "vol_total_n": 1,
    }


def test_minutes_that_only_the_heading_names_become_hours_and_the_total_is_compared_in_minutes() -> None:
    head = ["活动名称", "活动日期", "志愿者", "到", "离", "时长（分钟）"]
    rows = [
        ["敬老", "2024-03-05", "何田", "9:00", "10:30", 90],
        ["敬老", "2024-03-06", "赵敏", "9:00", "10:00", 60],
        ["合计", None, None, None, None, 150],
    ]
    sheet = read([["志愿服务明细"], head, *rows])
    assert [(found["start"], found["hours"]) for found in values(sheet, "service_hours")] == [
        ("09:00", 1.5),
        ("09:00", 1),
    ]
    assert problems(sheet) == set()


def test_minutes_of_volunteers_in_a_ledger_become_hours() -> None:
    head = ["日期", "活动名称", "参加人数", "志愿者人数", "志愿服务时长（分钟）"]
    rows = [["3.5", "义诊", 30, 2, 240], ["3.6", "讲座", 12, 1, 90], ["合计", None, 42, 3, 330]]
    sheet = read([["2024年活动"], head, *rows])
    assert [found["vol_total_h"] for found in values(sheet, "activity")] == [4, 1.5]
    assert problems(sheet) == set()


def test_the_questions_of_a_questionnaire_are_headings() -> None:
    head = [
        "用户ID",
        "提交时间",
        "姓名（必填）",
        "手机号（必填）",
        "您目前的职业？",
        "您的特长有哪些？（多选）",
        "您是怎么知道我们的",
    ]
    rows = [
        [str(i), "2024-05-01 10:00", name, None, "学生", "唱歌", "公众号"] for i, name in enumerate(["何田", "赵敏"])
    ]
    sheet = read([head, *rows], name="志愿者报名")
    assert values(sheet, "volunteer") == [
        {"registered_on": "2024-05-01", "name": name, "work": "学生", "interest": "唱歌", "source": "公众号"}
        for name in ("何田", "赵敏")
    ]


def test_men_and_women_boys_and_girls_are_counted_in_english_too() -> None:
    head = ["No.", "Date", "Activity", "Men", "Women", "Boys", "Girls", "Total"]
    sheet = read(
        [
            ["Activity log 2024"],
            head,
            [1, "2024-03-05", "Paper", 3, 4, 5, 6, 18],
            [2, "2024-03-06", "Tea", 1, 2, 0, 1, 4],
        ]
    )
    assert values(sheet, "activity")[1] == {
        "seq": 2,
        "date": "2024-03-06",
        "name": "Tea",
        "heads_adult_m": 1,
        "heads_adult_f": 2,
        "heads_child_m": 0,
        "heads_child_f": 1,
        "heads_total": 4,
    }


def test_a_column_of_days_takes_the_month_that_the_title_names() -> None:
    head = ["日", "活动名称", "成人", "儿童", "人数"]
    sheet = read([["2024年3月活动明细"], head, [5, "手工", 3, 4, 7], [19, "义诊", 2, 1, 3], [23, "讲座", 1, 1, 2]])
    assert [found["date"] for found in values(sheet, "activity")] == ["2024-03-05", "2024-03-19", "2024-03-23"]
    assert problems(sheet) == set()


def test_what_was_planned_is_not_taken_for_what_was_done() -> None:
    head = ["序号", "活动名称", "计划时间", "实际时间", "计划人数", "实际人数", "服务人次"]
    rows = [[i, "手工", "3月", f"2024-03-0{i}", 30, 28, 29] for i in (1, 2, 3)]
    sheet = read([["项目活动指标完成表"], head, *rows])
    assert values(sheet, "activity")[0] == {
        "seq": 1,
        "date": "2024-03-01",
        "name": "手工",
        "heads_total": 28,
        "att_total": 29,
    }


def test_one_character_for_hours_counts_only_under_a_heading_that_says_whose() -> None:
    assert measure_field(("大学生志愿者", "时")) == "vol_student_h"
    assert measure_field(("时",)) is None
