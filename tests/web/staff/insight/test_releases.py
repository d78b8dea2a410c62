"""A file leaves the house, and a code typed from it opens the records behind its numbers."""

import re
from datetime import UTC, date, datetime

import pytest

from tests.factories.cast import Cast
from tests.factories.march import COUNTED, named, written
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import at
from xiezuo.exchange.actions.releasing import release_ledger
from xiezuo.exchange.sheets import read_workbook
from xiezuo.insight.codes import code_of
from xiezuo.insight.dimensions import year_of
from xiezuo.insight.models import Release, ReleasedRow
from xiezuo.orgs.models import Site
from xiezuo.people.actions import merge_people, unmerge_people
from xiezuo.people.models import Person
from xiezuo.service.actions import Taking, cancel_service
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import Method

STATISTICS, RETURN = "ledger-activity-statistics", "ledger-monthly-return"
BEGIN = "/insight/releases/begin/"
ASKED = {
    "layout": RETURN,
    "from_on": "2026-01-01",
    "to_on": "2026-12-31",
    "reason": "街道办第一季度报表",
    "shape": "xlsx",
}


def release(cast: Cast, layout: str = RETURN, site: Site | None = None) -> ReleasedRow:
    """The last row of a file: its total; of the statistics, where it stands on top, the first."""
    file = release_ledger(by=cast.chenli, layout=layout, period=year_of(2026), reason="街道办要", site=site)
    rows = file.release.rows.order_by("row")
    total = rows.first() if layout == STATISTICS else rows.last()
    assert total
    return total


def test_asking_writes_nothing_and_sending_hands_over_the_file(march: Cast) -> None:
    client = logged_in(march.chenli)
    assert client.get(BEGIN).status_code == 200
    assert Release.objects.count() == 0
    answer = client.post(BEGIN, ASKED)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert read_workbook(answer.content, "x.xlsx").sheets[0].name == "月报"
    assert Release.objects.get().reason == "街道办第一季度报表"
    assert "街道办第一季度报表" in client.get("/insight/releases/").content.decode()


@pytest.mark.parametrize(
    "change",
    [{"reason": ""}, {"layout": "places-cn"}, {"to_on": "2025-01-01"}, {"layout": STATISTICS, "publish": "on"}],
)
def test_a_request_that_is_not_whole_comes_back_and_nothing_leaves(march: Cast, change: dict[str, str]) -> None:
    page = logged_in(march.chenli).post(BEGIN, ASKED | change)
    assert (page.status_code, Release.objects.count()) == (422, 0)


def test_a_worker_lets_only_her_own_sites_figures_leave(march: Cast) -> None:
    client = logged_in(march.xiaomei)
    assert client.post(BEGIN, ASKED).status_code == 422
    assert client.post(BEGIN, ASKED | {"site": str(march.west.pk)}).status_code == 422
    assert client.post(BEGIN, ASKED | {"site": str(march.east.pk)}).status_code == 200


def test_the_search_box_understands_a_code(march: Cast) -> None:
    code = code_of(release(march).pk)
    answer = logged_in(march.chenli).get("/people/search/", {"q": code.lower()})
    assert (answer.status_code, answer["Location"]) == (302, f"/insight/codes/{code}/")


def test_a_mistyped_code_says_so(march: Cast) -> None:
    code = code_of(release(march).pk)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    page = logged_in(march.chenli).get(f"/insight/codes/{wrong}/")
    assert page.status_code == 403
    assert "打错了一个字符" in page.content.decode()


def test_a_code_opens_the_numbers_as_they_were_and_are(march: Cast) -> None:
    row = release(march)
    page = logged_in(march.chenli).get(f"/insight/codes/{code_of(row.pk)}/")
    figures = {figure.label: (figure.then, figure.now) for figure in page.context["figures"]}
    assert figures["服务对象 / 人次"] == ("44", "44")
    assert figures["服务对象 / 人数（不重复）"] == ("9", "9")
    assert page.context["changed"] == []


def test_behind_each_number_of_a_code_stand_its_rows(march: Cast) -> None:
    client = logged_in(march.chenli)
    row = release(march)
    url = f"/insight/codes/{code_of(row.pk)}/"
    people = client.get(url + "?column=F").context["rows"]
    assert {str(one.person or one.label) for one in people} == {*"红浩静兰宝", "四川小伙", "大个", "小李", "阿涛"}
    assert len(people) == 9
    records = client.get(url + "?column=G").context["rows"]
    assert sum(int(one.part) for one in records) == 44
    heads = release(march, STATISTICS)
    shown = client.get(f"/insight/codes/{code_of(heads.pk)}/?column=R").context["rows"]
    assert [one.part for one in shown] == ["4", "2", "2", "3", "17", "3"]
    assert client.get(url + "?column=ZZ").status_code == 404


def test_a_number_that_changed_says_what_it_was_what_it_is_and_why(march: Cast) -> None:
    row = release(march)
    url = f"/insight/codes/{code_of(row.pk)}/"
    hong = Person.objects.get(nickname="红")
    late = written(march.chenli, Method.ACTIVITY, date(2026, 3, 30), named(hong), site=march.east, title="补写的一场")
    page = logged_in(march.chenli).get(url)
    changed = {figure.label: (figure.then, figure.now) for figure in page.context["changed"]}
    assert changed == {"开展服务 / 场次": ("4", "5"), "服务对象 / 人次": ("44", "45")}
    assert (page.context["since"].written, page.context["since"].cancelled) == ([late], [])
    assert "补写的一场" in page.content.decode()
    cancel_service(by=march.chenli, record=late, why="写了两遍")
    family_day = ServiceRecord.objects.get(site=march.west, method=Method.ACTIVITY)
    cancel_service(by=march.chenli, record=family_day, why="没有办成")
    page = logged_in(march.chenli).get(url)
    assert page.context["since"].cancelled == [family_day, late]
    assert "没有办成" in page.content.decode()


def test_a_change_outside_the_row_does_not_touch_it(march: Cast) -> None:
    row = release(march, site=march.east)
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 30), [Taking(mode=COUNTED, count=8)], site=march.west)
    page = logged_in(march.chenli).get(f"/insight/codes/{code_of(row.pk)}/")
    assert page.context["changed"] == []


def test_a_row_of_one_activity_leads_to_its_record(march: Cast) -> None:
    first = release(march, STATISTICS).release.rows.order_by("row")[1]
    page = logged_in(march.chenli).get(f"/insight/codes/{code_of(first.pk)}/")
    assert page.context["record"] == ServiceRecord.objects.earliest("service_date")


@pytest.mark.parametrize(
    "who, where, status",
    [
        ("chenli", None, 200),
        ("chenli", "east", 200),
        ("xiaomei", "east", 200),
        ("xiaomei", "west", 403),
        ("xiaomei", None, 403),
        ("haiyan", "west", 200),
        ("zhiyuan", None, 403),
        ("zhiyuan", "east", 403),
    ],
)
def test_who_may_open_a_code(march: Cast, who: str, where: str | None, status: int) -> None:
    row = release(march, site=getattr(march, where) if where else None)
    assert logged_in(getattr(march, who)).get(f"/insight/codes/{code_of(row.pk)}/").status_code == status


def test_a_code_that_was_never_given_out_answers_like_one_of_others(march: Cast) -> None:
    never, west = code_of(10**6), code_of(release(march, site=march.west).pk)
    client = logged_in(march.xiaomei)
    told = [client.get(f"/insight/codes/{code}/") for code in (never, west)]
    words = [re.sub(r'value="\w{64}"', "", page.content.decode()) for page in told]
    assert (told[0].status_code, words[0].replace(never, "")) == (403, words[1].replace(west, ""))


def test_the_list_shows_only_files_one_might_have_written(march: Cast) -> None:
    for site in (None, march.east, march.west):
        release(march, site=site)
    counts = [len(logged_in(who).get("/insight/releases/").context["rows"]) for who in (march.chenli, march.xiaomei)]
    assert counts == [3, 1]


def test_a_number_that_changed_because_two_records_were_one_person_says_so_and_so_does_the_way_back(
    march: Cast,
) -> None:
    row = release(march)
    url = f"/insight/codes/{code_of(row.pk)}/"
    hong, jing = Person.objects.get(nickname="红"), Person.objects.get(nickname="静")
    merge = merge_people(by=march.chenli, kept=hong, other=jing)
    page = logged_in(march.chenli).get(url)
    changed = {figure.label: (figure.then, figure.now) for figure in page.context["changed"]}
    assert changed["服务对象 / 人数（不重复）"] == ("9", "8")
    assert [one for one, _kept, _other in page.context["merged_since"].merges] == [merge]
    assert f"/people/merges/{merge.pk}/" in page.content.decode()
    unmerge_people(by=march.chenli, merge=merge)
    page = logged_in(march.chenli).get(url)
    assert page.context["changed"] == []


def test_a_release_after_the_merge_does_not_tell_of_it(march: Cast) -> None:
    hong, jing = Person.objects.get(nickname="红"), Person.objects.get(nickname="静")
    merge = merge_people(by=march.chenli, kept=hong, other=jing)
    row = release(march)
    page = logged_in(march.chenli).get(f"/insight/codes/{code_of(row.pk)}/")
    assert page.context["merged_since"].merges == []
    unmerge_people(by=march.chenli, merge=merge)
    page = logged_in(march.chenli).get(f"/insight/codes/{code_of(row.pk)}/")
    assert [one for one, _kept, _other in page.context["merged_since"].merges] == [merge]
    assert {f.label for f in page.context["changed"]} >= {"服务对象 / 人数（不重复）"}


def test_the_figures_of_a_year_that_is_over_tell_of_merges_since(march: Cast) -> None:
    addresses = ["/service/figures/2026/", "/insight/report/2026/"]
    hong, jing = Person.objects.get(nickname="红"), Person.objects.get(nickname="静")
    with at(datetime(2027, 2, 3, tzinfo=UTC)):
        before = [logged_in(march.chenli).get(address).context["merged_since"].merges for address in addresses]
        merge = merge_people(by=march.chenli, kept=hong, other=jing)
        after = [logged_in(march.chenli).get(address).context["merged_since"].merges for address in addresses]
    assert (before, [[told[0] for told in merges] for merges in after]) == ([[], []], [[merge], [merge]])
