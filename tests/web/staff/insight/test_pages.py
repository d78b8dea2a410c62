"""Breakdowns, the year report, the ledger and targets as pages: every number a way to its rows, for whom, at what cost."""

import re
import uuid
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.factories.march import COUNTED, named, written
from tests.web.staff.service.conftest import logged_in
from xiezuo.forms.models import Draft
from xiezuo.insight.actions import promise
from xiezuo.insight.dimensions import DIMENSIONS
from xiezuo.insight.models import Framework, ReportText
from xiezuo.orgs.models import Project, Site
from xiezuo.people.models import Person
from xiezuo.service.actions import Taking
from xiezuo.service.indicators import INDICATORS
from xiezuo.service.vocab import Method

REPORT, LEDGER, BY = "/insight/report/2026/", "/insight/ledger/2026/3/", "/insight/breakdown/2026/"
PAGES = [REPORT, LEDGER, BY, "/insight/report/", "/insight/ledger/", "/insight/targets/", "/insight/releases/"]


def links_to_rows(html: str) -> dict[str, str]:
    """Address of rows → the number that leads there."""
    found = re.findall(r'<a href="([^"]*/rows/[^"]*)"[^>]*>(?:<b>)?([\d,.]+)', html)
    return {unescape(url): number for url, number in found}


def open_all(client: Client, html: str) -> int:
    links = links_to_rows(html)
    for url, number in links.items():
        assert client.get(url).context["total"].words == number, url
    return len(links)


@pytest.mark.parametrize("of", ["headcount", "person_times", "event_count", "volunteer_hours"])
@pytest.mark.parametrize("rows", sorted(DIMENSIONS))
def test_every_number_of_a_breakdown_opens_rows_with_the_same_number(march: Cast, of: str, rows: str) -> None:
    client = logged_in(march.chenli)
    hong = Person.objects.get(nickname="红")
    written(march.chenli, Method.VISIT, date(2025, 12, 31), named(hong), site=march.east)
    html = client.get(f"{BY}?of={of}&rows={rows}").content.decode()
    if rows == "year":  # the whole of several years has no page of rows of its own
        html = html.replace('<tr class="sum">', "\0").split("\0")[0]
    assert open_all(client, html) > 0


def test_two_things_crossed_open_rows_too(march: Cast) -> None:
    client = logged_in(march.chenli)
    hong = Person.objects.get(nickname="红")
    Person.objects.filter(pk=hong.pk).update(sex="2", born_on=date(2016, 1, 1), born_precision="day")
    html = client.get(f"{BY}?of=headcount&rows=age&across=sex").content.decode()
    assert open_all(client, html) > 10
    rows = client.get("/service/figures/2026/rows/?indicator=headcount&age=6-11&sex=2")
    assert [str(row.person) for row in rows.context["rows"]] == ["红"]


def test_the_sentence_says_who_is_counted_at_two_sites(march: Cast) -> None:
    client = logged_in(march.chenli)
    html = client.get(f"{BY}?of=headcount&rows=site&across=method&method=activity").content.decode()
    assert "东区童缘 3 + 西区童缘 3：合起来是 5 人，不是 6；其中 1 人到过不止一个站点。" in html


def test_events_have_no_age_and_the_page_falls_back_to_sites(march: Cast) -> None:
    page = logged_in(march.chenli).get(f"{BY}?of=event_count&rows=age&across=sex")
    assert (page.context["question"].rows, page.context["question"].across) == ("site", "")


@pytest.mark.parametrize("query", ["of=happiness", "rows=height", "across=height"])
def test_what_no_page_links_to_is_not_there(march: Cast, query: str) -> None:
    assert logged_in(march.chenli).get(f"{BY}?{query}").status_code == 404


def test_every_number_of_the_report_opens_rows_with_the_same_number(march: Cast) -> None:
    client = logged_in(march.chenli)
    assert open_all(client, client.get(REPORT).content.decode()) > 60


def test_the_report_for_publication_covers_small_numbers_and_links_none_of_them(march: Cast) -> None:
    html = logged_in(march.chenli).get(REPORT + "?publish=1").content.decode()
    small = [url for url, number in links_to_rows(html).items() if number in {"1", "2", "3", "4"}]
    people = {"headcount", "person_times", "unnamed", "stated_heads", "volunteer_count", "served_first"}
    assert [url for url in small if any(f"indicator={code}" in url for code in people)] == []
    assert "·" in html


def test_a_sentence_about_those_counted_twice_does_not_tell_what_is_covered(march: Cast) -> None:
    plain = logged_in(march.chenli).get(f"{BY}?of=headcount&rows=site").content.decode()
    covered = logged_in(march.chenli).get(f"{BY}?of=headcount&rows=site&publish=1").content.decode()
    assert "到过不止一个站点" in plain
    assert "到过不止一个站点" not in covered


def test_the_ledger_of_a_month_has_a_row_for_each_activity_and_links_its_sums(march: Cast) -> None:
    client = logged_in(march.chenli)
    page = client.get(LEDGER)
    assert [line.numbers[0] for line in page.context["lines"]] == ["3", "2", "3", "2", "2", "4"]
    assert open_all(client, page.content.decode()) == 6
    assert [page.context[name] for name in ("before_url", "after_url")] == [
        "/insight/ledger/2026/2/",
        "/insight/ledger/2026/4/",
    ]


def test_a_month_that_is_none_is_not_there(march: Cast) -> None:
    assert logged_in(march.chenli).get("/insight/ledger/2026/13/").status_code == 404


@pytest.mark.parametrize("url", [REPORT, LEDGER, BY])
def test_pages_ask_the_database_as_often_for_three_sites_as_for_one(march: Cast, url: str) -> None:
    client = logged_in(march.chenli)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    few = queries()
    for name in ("南区童缘", "北区童缘"):
        five = [Taking(mode=COUNTED, count=5)]
        written(march.chenli, Method.ACTIVITY, date(2026, 3, 3), five, site=Site.objects.create(name=name))
    assert (few, queries()) == (few, few)


@pytest.mark.parametrize("url", PAGES)
def test_an_empty_house_shows_every_page(cast: Cast, url: str) -> None:
    assert logged_in(cast.chenli).get(url).status_code == 200


@pytest.mark.parametrize("url", [*PAGES, "/insight/releases/begin/"])
def test_who_runs_the_system_sees_targets_and_no_figures(march: Cast, url: str) -> None:
    expected = 200 if url == "/insight/targets/" else 403
    assert logged_in(march.zhiyuan).get(url).status_code == expected


@pytest.mark.parametrize(
    "who, report, texts, set_targets",
    [("chenli", 200, 302, 200), ("xiaomei", 200, 403, 403), ("zhiyuan", 403, 403, 200)],
)
def test_who_opens_what(march: Cast, who: str, report: int, texts: int, set_targets: int) -> None:
    client = logged_in(getattr(march, who))
    found = [client.get(url).status_code for url in (REPORT, REPORT + "texts/", "/insight/targets/begin/")]
    assert found == [report, texts, set_targets]


def test_own_words_keep_themselves_and_stand_in_the_report(cast: Cast) -> None:
    client, key = logged_in(cast.chenli), uuid.uuid4()
    url = f"{REPORT}texts/?draft={key}"
    kept = client.post(f"{REPORT}texts/{key}/keep/", {"opening": "开门的一年"})
    assert (kept.status_code, Draft.objects.count(), ReportText.objects.count()) == (200, 1, 0)
    assert "开门的一年" in client.get(url).content.decode()
    assert client.post(url, {"opening": "开门的一年。", "ahead": ""}).status_code == 302
    assert (Draft.objects.count(), ReportText.objects.get().text) == (0, "开门的一年。")
    assert "开门的一年。" in client.get(REPORT).content.decode()


def test_hours_are_promised_as_hours_and_counted_in_minutes(march: Cast) -> None:
    client = logged_in(march.chenli)
    given = {"name": "合同", "from_on": "2026-01-01", "to_on": "2026-12-31", "volunteer_hours": "10"}
    assert client.post("/insight/targets/begin/", given).status_code == 302
    target = Framework.objects.get().targets.get()
    assert (target.indicator, target.amount) == ("volunteer_hours", 600)
    told = client.get("/insight/targets/").context["over"] + client.get("/insight/targets/").context["running"]
    assert [(t.value, t.amount, t.progress.percent) for t in told[0].targets] == [("5.0", "10.0", 50)]
    form = client.get(f"/insight/targets/{target.framework_id}/correct/").content.decode()
    assert 'value="10"' in form and 'value="2026-12-31"' in form


def test_targets_that_make_no_sense_come_back_with_what_was_typed(cast: Cast) -> None:
    given = {"name": "合同", "from_on": "2026-12-31", "to_on": "2026-01-01", "headcount": "5"}
    page = logged_in(cast.chenli).post("/insight/targets/begin/", given)
    assert (page.status_code, Framework.objects.count()) == (422, 0)
    assert 'value="5"' in page.content.decode()


def test_a_project_shows_how_far_its_targets_are(march: Cast) -> None:
    project = Project.objects.create(name="陪伴成长", from_on=date(2026, 1, 1))
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31)}
    promise(by=march.chenli, name="资助协议", project=project, targets={"event_count": 4}, **days)
    html = logged_in(march.chenli).get(f"/orgs/projects/{project.pk}/").content.decode()
    assert "资助协议" in html and "0 / 4" in html


def test_english_speaks_english(march: Cast) -> None:
    client = logged_in(march.chenli)
    client.cookies["django_language"] = "en"
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31)}
    promise(by=march.chenli, name="Plan", targets={"event_count": 40}, **days)
    for url in PAGES:
        main = client.get(url).content.decode().split('<main id="main"')[1].split("</main>")[0]
        for name in ("东区童缘", "西区童缘", "新手妈妈互助小组", "北京市协作者社会工作发展中心", "宿舍巷"):
            main = main.replace(name, "")
        assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<[^>]*>", " ", main)) == [], url


def test_the_indicators_a_breakdown_offers_are_all_there_are(march: Cast) -> None:
    page = logged_in(march.chenli).get(BY)
    assert {one.code for one in page.context["indicators"]} == {*INDICATORS}
