"""The figures of a year: what stands on the page, for whom, and at what cost."""

import re
from datetime import date
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast, make_cast
from tests.factories.march import tell_march
from tests.web.staff.service.conftest import COUNTED, logged_in, named, written
from xiezuo.common.days import Precision
from xiezuo.orgs.models import Project, Site
from xiezuo.service.actions import Helping, Taking
from xiezuo.service.kept import forget_all
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method, RecordState

URL = "/service/figures/2026/"


def tiles(cast: Cast, query: str = "") -> dict[str, int]:
    page = logged_in(cast.chenli).get(URL + query)
    return {tile.now.code: tile.now.value for tile in page.context["tiles"]}


def test_the_tiles_tell_the_worked_example(march: Cast) -> None:
    assert tiles(march) == {
        "headcount": 9,
        "person_times": 44,
        "event_count": 4,
        "session_count": 2,
        "service_hours": 155,
        "volunteer_hours": 300,
        "volunteer_count": 1,
        "served_first": 1,
    }


def test_unnamed_and_stated_heads_stand_beside_the_headcount_and_are_not_added(march: Cast) -> None:
    tile = logged_in(march.chenli).get(URL).context["tiles"][0]
    assert (tile.now.value, tile.unnamed.value, tile.stated.value) == (9, 28, 17)


def test_every_number_on_the_page_opens_rows_with_the_same_number_below(march: Cast) -> None:
    client = logged_in(march.chenli)
    html = client.get(URL).content.decode()
    links = re.findall(r'<a href="([^"]*/rows/[^"]*)"[^>]*>(?:<b>)?([\d,.]+)', html)
    assert len(links) == 70
    for url, number in dict(links).items():
        assert client.get(unescape(url)).context["total"].words == number, url


def test_last_year_stands_beside_this_year(march: Cast) -> None:
    hong = ServiceRecord.objects.earliest("service_date").participations.earliest("pk").person
    assert hong
    written(march.chenli, Method.VISIT, date(2025, 12, 31), named(hong), site=march.east)
    page = logged_in(march.chenli).get(URL)
    assert {t.now.code: (t.now.value, t.before.value) for t in page.context["tiles"]}["person_times"] == (44, 1)
    assert [(row.now.value, row.before.value) for row in page.context["months"].rows][11] == (0, 1)
    assert page.context["years"] == [(2025, "/service/figures/2025/"), (2026, "/service/figures/2026/")]


def test_a_record_known_only_to_the_year_stands_in_no_month(march: Cast) -> None:
    ten = [Taking(mode=COUNTED, count=10)]
    written(march.chenli, Method.ACTIVITY, date(2026, 1, 1), ten, precision=Precision.YEAR, site=march.east)
    written(march.chenli, Method.ACTIVITY, date(2026, 2, 1), ten, precision=Precision.MONTH, site=march.east)
    months = logged_in(march.chenli).get(URL).context["months"]
    assert [row.now.value for row in months.rows] == [0, 10, 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10]
    assert months.total.now.value == 64


def test_a_record_without_any_date_stands_in_no_year_and_the_page_says_so(march: Cast) -> None:
    written(march.chenli, Method.ACTIVITY, None, [Taking(mode=COUNTED, count=10)], precision=Precision.UNKNOWN)
    page = logged_in(march.chenli).get(URL)
    assert page.context["offer"].undated == 1
    assert tiles(march)["person_times"] == 44


def test_sites_by_lines_with_what_states_neither(march: Cast) -> None:
    matrix = logged_in(march.chenli).get(URL).context["matrix"]
    assert {row.label: [cell.value for cell in row.cells] for row in [*matrix.rows, matrix.total]} == {
        "东区童缘": [0, 4, 0, 3, 0, 7],
        "西区童缘": [0, 0, 0, 3, 4, 7],
        "未注明": [0, 0, 0, 0, 30, 30],
        "所有站点": [0, 4, 0, 6, 34, 44],
    }


def test_headcounts_of_sites_are_not_added(march: Cast) -> None:
    matrix = logged_in(march.chenli).get(URL + "?sites=headcount").context["matrix"]
    assert [row.cells[-1].value for row in [*matrix.rows, matrix.total]] == [3, 4, 4, 9]


def test_filters_narrow_every_number(march: Cast) -> None:
    project = Project.objects.create(name="陪伴成长", from_on=date(2026, 1, 1))
    first = ServiceRecord.objects.earliest("service_date")
    first.projects.add(project)
    assert tiles(march, f"?project={project.pk}")["person_times"] == 3
    assert tiles(march, "?method=outreach")["headcount"] == 4
    assert tiles(march, f"?site={march.west.pk}")["headcount"] == 4


def test_records_of_an_unfinished_import_count_nowhere(march: Cast) -> None:
    ServiceRecord.objects.filter(method=Method.OUTREACH).update(state=RecordState.ARRIVING)
    assert tiles(march)["person_times"] == 14


def test_only_a_service_on_a_day_that_was_certainly_earlier_makes_someone_served_first(march: Cast) -> None:
    lan = march.person("后来人", march.west)
    helping = [Helping(person=lan.pk, minutes=60)]
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 1), named(lan), precision=Precision.MONTH, site=march.west)
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 30), [], helping=helping, site=march.west)
    assert tiles(march)["served_first"] == 1
    written(march.chenli, Method.ACTIVITY, date(2026, 2, 1), named(lan), precision=Precision.MONTH, site=march.west)
    assert tiles(march)["served_first"] == 2


def test_a_worker_reads_the_figures_of_her_sites_and_the_page_says_so(march: Cast) -> None:
    page = logged_in(march.xiaomei).get(URL)
    assert {t.now.code: t.now.value for t in page.context["tiles"]}["person_times"] == 7
    assert "东区童缘" in page.content.decode()
    assert page.context["scope"].whole is False


def test_who_runs_the_system_reads_no_figures(march: Cast) -> None:
    assert logged_in(march.zhiyuan).get(URL).status_code == 403


def test_a_year_with_nothing_in_it_shows_noughts(cast: Cast) -> None:
    assert set(tiles(cast).values()) == {0}


def test_the_page_asks_the_database_as_often_for_three_sites_as_for_one(lasting: None) -> None:
    march = tell_march(make_cast())
    client = logged_in(march.chenli)

    def queries() -> int:
        forget_all()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(URL).status_code == 200
        return len(asked)

    ServiceRecord.objects.exclude(site=march.east).update(state=RecordState.CANCELLED, cancelled_why="x")
    one = queries()
    ServiceRecord.objects.update(state=RecordState.RECORDED)
    south = Site.objects.create(name="南区童缘")
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 3), [Taking(mode=COUNTED, count=5)], site=south)
    assert (one, queries()) == (one, one)
    assert one <= 45
