"""Ledgers in the asker's own layout: what is written can be read back, and every figure stands where it belongs."""

from datetime import date
from typing import Any

import pytest
from xlsxwriter.utility import xl_cell_to_rowcol

from tests.factories.cast import Cast, make_cast
from tests.factories.march import COUNTED, named, tell_march, written
from xiezuo.common.days import Precision
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.models import Event
from xiezuo.exchange.actions.releasing import LedgerFile, release_ledger
from xiezuo.exchange.ledgers.layout import ledger_layout, ledger_layouts
from xiezuo.exchange.ledgers.rows import numbers_now, rows_of
from xiezuo.exchange.promote.activities import activity_facts
from xiezuo.exchange.sheets import SheetReading, read_workbook
from xiezuo.insight.codes import code_of, number_of
from xiezuo.insight.dimensions import Period, year_of
from xiezuo.insight.models import Release
from xiezuo.insight.scopes import released
from xiezuo.people.vocab import Sex
from xiezuo.service.access import records_for
from xiezuo.service.actions import Helping, Taking
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import AgeGroup, Method

pytestmark = pytest.mark.django_db
STATISTICS, RETURN = "ledger-activity-statistics", "ledger-monthly-return"
YEAR = year_of(2026)


@pytest.fixture
def march(db: None) -> Cast:
    return tell_march(make_cast())


def stated(heads: int, age: AgeGroup, sex: Sex) -> Taking:
    return Taking(mode=COUNTED, count=0, stated_heads=heads, age=age, sex=sex)


@pytest.fixture
def told(db: None) -> Cast:
    """Activities as ledgers tell them: heads by age and sex, person-times by age, helpers by group, in both halves."""
    cast = make_cast()
    by = cast.chenli
    adult, child = AgeGroup.ADULT, AgeGroup.CHILD
    summer = [
        stated(4, adult, Sex.MALE),
        stated(9, adult, Sex.FEMALE),
        stated(6, child, Sex.MALE),
        stated(7, child, Sex.FEMALE),
        Taking(mode=COUNTED, count=15, age=adult),
        Taking(mode=COUNTED, count=20, age=child),
    ]
    helping = [Helping(label="大学生", count=3, minutes=450), Helping(label="家长", count=2, minutes=120)]
    more: dict[str, Any] = {"site": cast.east, "service_line": "care"}
    written(by, Method.ACTIVITY, date(2026, 2, 3), summer, title="亲子阅读", helping=helping, **more)
    heads = [stated(12, adult, Sex.FEMALE), Taking(mode=COUNTED, count=12, age=adult)]
    times, whole = [Taking(mode=COUNTED, count=30)], [Helping(label="", count=5, minutes=600)]
    street: dict[str, Any] = {"site": cast.west, "service_line": "rights", "title": "宿舍巷外展"}
    for month in (1, 3, 5):
        written(by, Method.COURSE, date(2025, month, 4), times, title="电脑班", helping=whole, **more)
        written(by, Method.OUTREACH, date(2025, month + 6, 9), heads, **street)
    return cast


def out(cast: Cast, layout: str, period: Period = YEAR, **more: Any) -> LedgerFile:
    return release_ledger(by=cast.chenli, layout=layout, period=period, reason="街道办要", **more)


def sheet(file: LedgerFile) -> SheetReading:
    return read_workbook(file.content, file.name).sheets[0]


def cell(reading: SheetReading, at: str) -> object:
    row, column = xl_cell_to_rowcol(at)
    return reading.grid.rows.get(row + 1, {}).get(column + 1)


def codes(file: LedgerFile) -> dict[int, str]:
    """Line of the first sheet → code, as the last sheet has them."""
    rows = read_workbook(file.content, file.name).sheets[-1].grid.rows
    return {int(row[2]): str(row[4]) for at, row in rows.items() if at > 3}  # type: ignore[call-overload]


def test_the_headings_of_the_statistics_are_read_as_what_they_are(march: Cast) -> None:
    reading = sheet(out(march, STATISTICS))
    assert (reading.kind, reading.role, reading.header_rows) == ("activity_ledger", "data", (2, 4))
    named_so = {
        column.letter: reading.columns.get(column.letter) for column in ledger_layout(STATISTICS).parts[0].columns
    }
    assert {letter for letter, name in named_so.items() if name is None} == set()
    assert [named_so[letter] for letter in ("L", "M", "N", "O", "P", "Q", "R")] == [
        "heads_adult_m",
        "heads_adult_f",
        "heads_adult_total",
        "heads_child_m",
        "heads_child_f",
        "heads_child_total",
        "heads_total",
    ]
    assert [named_so[letter] for letter in ("S", "T", "AC", "AD", "AE", "AF", "AG")] == [
        "vol_child_n",
        "vol_child_h",
        "vol_total_n",
        "vol_total_h",
        "att_adult",
        "att_child",
        "att_total",
    ]


def test_the_total_stands_under_the_headings_and_the_halves_below_their_rows(told: Cast) -> None:
    reading = sheet(out(told, STATISTICS, year_of(2025)))
    assert (reading.total_rows, cell(reading, "H5"), cell(reading, "AG5")) == ([5], "总合计", 126)
    assert [cell(reading, at) for at in ("H6", "H9", "H10", "H13")] == [
        "电脑班",
        "上半年合计",
        "宿舍巷外展",
        "下半年合计",
    ]
    assert [cell(reading, f"AG{row}") for row in (6, 9, 10, 13)] == [30, 90, 12, 36]
    assert [p.kind for p in reading.problems] == []


def facts_of(record: ServiceRecord) -> dict[str, object]:
    """What a ledger can tell of a record: head, people by kind, helpers by group."""
    people = record.participations.order_by("pk").values_list("stated_heads", "count", "age_guess", "sex_guess")
    helpers = record.volunteer_parts.order_by("pk").values_list("label", "count", "minutes")
    return {
        "head": (record.service_date, record.method, record.service_line, record.title, str(record.site)),
        "people": sorted(people, key=str),
        "helpers": sorted(helpers, key=str),
    }


@pytest.mark.parametrize("year", [2025, 2026])
def test_activities_that_were_written_out_come_back_as_the_same_records(told: Cast, year: int) -> None:
    reading = sheet(out(told, STATISTICS, year_of(year)))
    sites = {site.name: site for site in (told.east, told.west)}
    before = [facts_of(r) for r in ServiceRecord.objects.filter(service_date__year=year).order_by("service_date")]
    back = []
    for record in reading.records:
        facts = activity_facts(record.values, site=sites[record.values["centre"]], candidates=[])
        people = [(t.stated_heads, t.count, t.age, t.sex) for t in facts.taking]
        back.append(
            {
                "head": (facts.service_date, facts.method, facts.service_line, facts.title, str(facts.site)),
                "people": sorted(people, key=str),
                "helpers": sorted([(h.label, h.count, h.minutes) for h in facts.helping], key=str),
            }
        )
    assert back == before


def test_an_activity_with_named_people_shows_how_many_were_there_by_age_and_sex(db: None) -> None:
    cast = make_cast()
    girl = cast.person("小雨", cast.east, born_on=date(2016, 5, 1), born_precision="day", sex=Sex.FEMALE)
    father = cast.person("老陈", cast.east, born_on=date(1985, 5, 1), born_precision="day", sex=Sex.MALE)
    helping = [Helping(person=girl.pk, minutes=60), Helping(person=father.pk, minutes=90)]
    both = [*named(girl, father), Taking(mode=COUNTED, count=2)]
    written(cast.chenli, Method.ACTIVITY, date(2026, 3, 1), both, site=cast.east, helping=helping)
    row = sheet(out(cast, STATISTICS)).records[0].values
    wanted = ("heads_adult_m", "heads_adult_f", "heads_child_f", "heads_total", "att_adult", "att_total")
    assert [row.get(name) for name in wanted] == [1, None, 1, 2, 1, 4]
    assert [row.get(name) for name in ("vol_child_n", "vol_child_h", "vol_public_n", "vol_public_h")] == [1, 1, 1, 1.5]
    assert row["note"] == "未具名 2 人次"


def test_no_name_of_a_family_no_note_and_no_place_leaves_with_the_ledger(march: Cast) -> None:
    private = {"title": "王家的事", "note": "家里的情况", "place_text": "皮村 9 号"}
    written(march.chenli, Method.VISIT, date(2026, 3, 3), [], site=march.east, **private)
    grid = sheet(out(march, STATISTICS)).grid
    words = " ".join(str(value) for row in grid.rows.values() for value in row.values())
    assert [word for word in (*private.values(), "红", "阿涛") if word in words] == []
    assert "家访" in words


def test_the_return_has_every_figure_of_every_line_and_month(march: Cast) -> None:
    reading = sheet(out(march, RETURN))
    assert [cell(reading, at) for at in ("A3", "C3", "C4", "F4", "J4")] == [
        "服务领域",
        "开展服务",
        "场次",
        "人数（不重复）",
        "服务小时",
    ]
    part = ledger_layout(RETURN).parts[0]
    rows = rows_of(part, records_for(march.chenli), YEAR)
    for at, row in enumerate(rows, start=5):
        for column in part.counting:
            minutes = column.letter in {"E", "J"}
            expected = (row.numbers[column.letter] or 0) / (60 if minutes else 1)
            assert cell(reading, f"{column.letter}{at}") == pytest.approx(expected, abs=0.0001), (column.letter, at)
    assert cell(reading, f"A{4 + len(rows)}") == "总计"
    assert [rows[-1].numbers[column.letter] for column in part.counting] == [4, 2, 155, 9, 44, 28, 1, 300]


def test_people_of_a_line_are_counted_once_and_not_added_up_from_its_months(march: Cast) -> None:
    hong = march.person("阿红", march.east)
    for month in (1, 2):
        written(
            march.chenli, Method.ACTIVITY, date(2026, month, 5), named(hong), site=march.east, service_line="rights"
        )
    reading = sheet(out(march, RETURN))
    rights = [at for at, row in reading.grid.rows.items() if row.get(1) == "权益保护"]
    assert [cell(reading, f"F{at}") for at in rights[:3]] == [1, 1, 0]
    assert [cell(reading, f"{letter}{rights[-1]}") for letter in "BFG"] == ["小计", 1, 2]


def test_a_record_known_only_to_the_year_has_a_row_of_its_own_in_the_return(march: Cast) -> None:
    ten = [Taking(mode=COUNTED, count=10)]
    written(march.chenli, Method.ACTIVITY, date(2026, 1, 1), ten, precision=Precision.YEAR, service_line="rights")
    rows = rows_of(ledger_layout(RETURN).parts[0], records_for(march.chenli), YEAR)
    told = [(row.facts, row.numbers["G"], row.scope) for row in rows if row.numbers["G"] == 10 and row.kind == "data"]
    assert told == [({"line": "权益保护", "month": "月份不详"}, 10, {"line": "rights", "unknown_month": True})]
    assert rows[-1].numbers["G"] == 54


@pytest.mark.parametrize("layout", [STATISTICS, RETURN])
def test_every_row_leads_back_to_the_same_numbers(march: Cast, layout: str) -> None:
    file = out(march, layout)
    part, visible = ledger_layout(layout).parts[0], records_for(march.chenli)
    for row in file.release.rows.all():
        now = numbers_now(part, released(visible, file.release), row.scope)
        assert {letter: now[letter] or 0 for letter in row.figures} == row.figures, row.row
    assert {number_of(code) for code in codes(file).values()} == {row.pk for row in file.release.rows.all()}
    assert {line: code_of(row.pk) for row in file.release.rows.all() for line in [row.row]} == codes(file)


def test_for_publication_small_numbers_of_people_are_covered_and_cannot_be_worked_out(march: Cast) -> None:
    for day in range(1, 8):
        crowd = [Taking(mode=COUNTED, count=20)]
        written(march.chenli, Method.ACTIVITY, date(2026, 2, day), crowd, site=march.east, service_line="rights")
    file = out(march, RETURN, publish=True)
    reading = sheet(file)
    row = {str(r.get(2)): at for at, r in reading.grid.rows.items() if r.get(1) == "社区照护"}
    assert cell(reading, f"F{row['3月']}") == "·"
    kept = file.release.rows.get(row=row["3月"])
    assert "F" not in kept.figures and "C" in kept.figures
    assert file.release.k == 5
    numbers = {r.row: r.figures for r in file.release.rows.all()}
    groups = [at for at in numbers if cell(reading, f"B{at}") == "小计"]
    for letter in ("F", "G", "H"):
        for first, end in zip([5, *(g + 1 for g in groups)], groups, strict=False):
            covered = [at for at in range(first, end + 1) if letter not in numbers[at]]
            assert len(covered) != 1, (letter, first, end)


def test_what_an_earlier_publication_covered_stays_covered(march: Cast) -> None:
    first = out(march, RETURN, publish=True)
    covered = {str(row.scope) for row in first.release.rows.all() if "G" not in row.figures}
    crowd = [Taking(mode=COUNTED, count=50)]
    for line in ("care", "capacity"):
        written(march.chenli, Method.ACTIVITY, date(2026, 3, 30), crowd, site=march.east, service_line=line)
    again = out(march, RETURN, publish=True)
    assert covered
    assert covered <= {str(row.scope) for row in again.release.rows.all() if "G" not in row.figures}


def test_a_list_of_single_activities_is_not_for_publication(march: Cast) -> None:
    with pytest.raises(RuleBroken):
        out(march, STATISTICS, publish=True)
    assert Release.objects.count() == 0


def test_figures_leave_with_a_reason_and_an_event_and_nothing_of_a_person_in_it(march: Cast) -> None:
    with pytest.raises(RuleBroken):
        release_ledger(by=march.chenli, layout=RETURN, period=YEAR, reason="  ")
    file = out(march, RETURN)
    event = Event.objects.filter(code="insight.figures.released").get()
    assert (event.by_id, event.subject_id) == (march.chenli.id, file.release.pk)
    assert event.facts["sha256"] == file.release.sha256
    assert "街道" not in str(event.facts)


@pytest.mark.parametrize(
    "who, where, may",
    [
        ("xiaomei", "east", True),
        ("xiaomei", "west", False),
        ("xiaomei", None, False),
        ("haiyan", "west", True),
        ("chenli", None, True),
        ("chenli", "east", True),
        ("zhiyuan", None, False),
        ("zhiyuan", "east", False),
    ],
)
def test_who_may_let_which_figures_leave(march: Cast, who: str, where: str | None, may: bool) -> None:
    site = getattr(march, where) if where else None
    ask: dict[str, Any] = {
        "by": getattr(march, who),
        "layout": RETURN,
        "period": YEAR,
        "reason": "街道办要",
        "site": site,
    }
    if may:
        assert release_ledger(**ask).release.site == site
    else:
        with pytest.raises(NotAllowed):
            release_ledger(**ask)


def test_figures_of_a_site_are_the_same_whoever_writes_them(march: Cast) -> None:
    files = [
        release_ledger(by=by, layout=RETURN, period=YEAR, reason="街道办要", site=march.east)
        for by in (march.xiaomei, march.chenli)
    ]
    first, second = ([(r.row, r.figures) for r in file.release.rows.order_by("row")] for file in files)
    assert first == second
    assert first[-1][1]["G"] == 7


def test_an_empty_house_writes_an_empty_form(db: None) -> None:
    cast = make_cast()
    for layout in ledger_layouts():
        reading = sheet(out(cast, layout.id))
        assert str(cell(reading, "A1")).startswith(
            ("北京市协作者", "社会工作服务情况", "各类服务统计", "各维度服务统计")
        )


def test_an_unknown_layout_is_refused(march: Cast) -> None:
    with pytest.raises(KeyError):
        out(march, "places-cn")
