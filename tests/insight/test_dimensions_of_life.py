"""Figures by the four dimensions: an activity of two stands in each, and in the total once."""

import io
import json
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from docx import Document

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.grouped import ACTIVITY, AT, an_activity, an_open_activity
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.walls import all_opened
from xiezuo.exchange.actions.releasing import Shape, release_ledger
from xiezuo.exchange.sheets import read_workbook
from xiezuo.insight.breakdown import Breakdown, breakdown
from xiezuo.insight.dimensions import year_of
from xiezuo.service.access import filled_for, records_for
from xiezuo.service.actions import Filling, correct_form
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more, tick
from xiezuo.service.filling.contents import form_of_submission
from xiezuo.service.indicators import counted
from xiezuo.service.models import Activity, ActivityDimension

BY = "ledger-by-dimension"
YEAR = year_of(2026)


def held(cast: Cast, names: list[str], dimensions: list[str], unnamed: int = 0) -> Activity:
    activity = an_open_activity(cast, name="、".join(names), dimensions=dimensions)
    day = activity.days.get()
    for name in names:
        tick(by=cast.xiaomei, day=day, at=AT, person=cast.person(name, cast.east))
    count_more(by=cast.xiaomei, day=day, n=unnamed)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    return activity


@pytest.fixture
def cast(db: None) -> Cast:
    """One evening for oneself and the family with two people and three unnamed, one for the community, one for nothing."""
    cast = make_cast()
    held(cast, ["小红", "阿涛"], ["self", "family"], unnamed=3)
    held(cast, ["李建国"], ["community"])
    held(cast, ["赵桂芝"], [])
    return cast


def table(cast: Cast, code: str) -> Breakdown:
    return breakdown(counted(records_for(cast.chenli)), code, "dimension", period=YEAR)


def told(found: Breakdown) -> dict[str, int]:
    return {spot.param: found.rows.total(spot) for spot in found.rows.spots}


def test_an_activity_of_two_dimensions_counts_once_in_each_and_once_in_the_total(cast: Cast) -> None:
    events, people, times = (table(cast, code) for code in ("event_count", "headcount", "person_times"))
    assert told(events) == {"self": 1, "family": 1, "community": 1, "society": 0, "none": 1}
    assert (events.whole, events.rows.extra, events.rows.several) == (3, 1, 1)
    assert told(people) == {"self": 2, "family": 2, "community": 1, "society": 0, "none": 1}
    assert (people.whole, people.rows.several) == (4, 2)
    assert told(times) == {"self": 5, "family": 5, "community": 1, "society": 0, "none": 1}
    assert (times.whole, times.rows.extra) == (7, 5)


def test_dimensions_crossed_with_sites_add_up_to_the_same(cast: Cast) -> None:
    found = breakdown(counted(records_for(cast.chenli)), "person_times", "dimension", "site", period=YEAR)
    assert found.numbers()[0] == [5, 5]
    assert found.numbers()[-1] == [7, 7]


@pytest.mark.both_engines
def test_the_page_says_that_some_stand_in_several_dimensions_and_opens_the_rows_of_one(cast: Cast) -> None:
    client = logged_in(cast.chenli)
    page = client.get("/insight/breakdown/2026/", {"of": "person_times", "rows": "dimension"}).content.decode()
    said = "自我 5 + 家庭 5 + 社区 1 + 没有写维度 1：合起来是 7 人次，不是 12，因为有的属于不止一个维度。"
    assert said in page
    rows = client.get(
        "/service/figures/2026/rows/", {"indicator": "person_times", "dimension": "family"}
    ).content.decode()
    assert "小红、阿涛" in rows
    assert "李建国" not in rows
    assert client.get("/service/figures/2026/", {"dimension": "x" * 31}).status_code == 404


def test_excel_word_and_programs_have_the_same_numbers_and_say_why_rows_add_up_to_more(cast: Cast) -> None:
    def file(shape: Shape) -> bytes:
        return release_ledger(by=cast.chenli, layout=BY, period=YEAR, reason="街道要", shape=shape).content

    sheet = read_workbook(file(Shape.EXCEL), "x.xlsx").sheets[0]
    rows = {line.get(1): line.get(3) for line in sheet.grid.rows.values()}
    assert [rows[name] for name in ("自我", "家庭", "社区", "社会", "没有写维度", "总计")] == [1, 1, 1, 0, 1, 3]
    words = "\n".join(p.text for p in Document(io.BytesIO(file(Shape.WORD))).paragraphs)
    assert "各行相加可能大于总计" in words
    data = json.loads(file(Shape.DATA))
    assert "自我" in json.dumps(data, ensure_ascii=False)


def test_a_number_of_one_dimension_leads_back_to_its_records(cast: Cast) -> None:
    release = release_ledger(by=cast.chenli, layout=BY, period=YEAR, reason="街道要").release
    assert {"dimension": "family"} in [row.scope for row in release.rows.all()]


def test_correcting_the_plan_corrects_what_it_serves(cast: Cast) -> None:
    activity = an_activity(cast, name="夜校", dimensions=["self"])
    plan = filled_for(cast.xiaomei, activity.plan_id)
    again = ACTIVITY | {"name": "夜校", "service_date": DAY.isoformat(), "dimensions": ["society", "self"]}
    filling = Filling(form=form_of_submission(plan), answers=again, site=activity.site)
    revision, draft = plan.submission.revision, uuid.uuid4()
    correct_form(by=cast.xiaomei, filled=plan, filling=filling, revision=revision, on=DAY, draft=draft)
    assert [row.code for row in activity.dimensions.all()] == ["society", "self"]


@pytest.fixture
def newest() -> Iterator[None]:
    """Whatever happens, the tables are of this version afterwards."""
    yield
    moved_to(*MigrationExecutor(connection).loader.graph.leaf_nodes())


def moved_to(*targets: tuple[str, str]) -> None:
    with all_opened(why="a test moves the tables"):
        MigrationExecutor(connection).migrate(list(targets))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("newest")
def test_activities_that_were_there_before_have_the_dimensions_of_their_plans() -> None:
    cast = make_cast()
    both = an_activity(cast, name="亲子阅读", dimensions=["family", "community"])
    none = an_activity(cast, name="值班")
    moved_to(("service", "0014_groups_and_activities"))
    moved_to(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    found = ActivityDimension.objects.values_list("activity_id", "code")
    assert list(found) == [(both.pk, "family"), (both.pk, "community")]
    assert not none.dimensions.exists()
