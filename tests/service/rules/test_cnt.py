"""Counting (CNT-1 to CNT-9): the worked March, and one sentence for each rule."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from tests.factories.cast import Cast
from tests.factories.march import COUNTED, LISTED, TODAY, named, tell_march, written
from xiezuo.insight.breakdown import breakdown
from xiezuo.insight.dimensions import month_of
from xiezuo.orgs.models import Project
from xiezuo.people.actions import merge_people
from xiezuo.people.models import Person
from xiezuo.service.access import records_for
from xiezuo.service.actions import ServiceFacts, Taking, cancel_service, record_service
from xiezuo.service.indicators import INDICATORS, counted, values
from xiezuo.service.models import Participation, Series, ServiceRecord
from xiezuo.service.vocab import Method, SeriesKind

MARCH = month_of(2026, 3)


@pytest.fixture
def march(cast: Cast) -> Cast:
    return tell_march(cast)


def asked(cast: Cast, code: str) -> list[int]:
    """East, West, the street, the whole organisation."""
    records = counted(records_for(cast.chenli))
    parts = [{"site": cast.east}, {"site": cast.west}, {"method": Method.OUTREACH}, {}]
    return [values(records.filter(**part), [code])[code] for part in parts]


def test_cnt_1_headcount_is_named_people_and_nicknames_within_one_series(march: Cast) -> None:
    assert asked(march, "headcount") == [3, 4, 4, 9]
    area = Series.objects.create(kind=SeriesKind.OUTREACH_AREA, name="建材市场")
    again = Series.objects.get(name="宿舍巷")
    for series, more in ((area, 1), (again, 0)):
        before = asked(march, "headcount")[-1]
        facts = ServiceFacts(
            method=Method.OUTREACH,
            service_date=date(2026, 3, 27),
            series=series,
            taking=[Taking(mode=LISTED, label="阿涛")],
        )
        record_service(by=march.chenli, facts=facts, on=TODAY)
        assert asked(march, "headcount")[-1] == before + more


def test_cnt_2_person_times_are_all_participations_and_counts(march: Cast) -> None:
    assert asked(march, "person_times") == [7, 7, 30, 44]


def test_cnt_3_events_and_sessions_are_never_mixed(march: Cast) -> None:
    assert asked(march, "event_count") == [2, 1, 1, 4]
    assert asked(march, "session_count") == [0, 2, 0, 2]
    assert asked(march, "group_count") == [0, 1, 0, 1]


def test_cnt_4_who_is_only_counted_enters_person_times_and_is_told_as_unnamed(march: Cast, client: Client) -> None:
    assert asked(march, "unnamed") == [2, 0, 26, 28]
    client.force_login(march.chenli.user)
    tile = client.get("/service/figures/2026/").context["tiles"][0]
    assert (tile.now.code, tile.now.value, tile.unnamed.value) == ("headcount", 9, 28)


def test_cnt_5_the_headcounts_of_sites_are_never_added(march: Cast) -> None:
    records = counted(records_for(march.chenli).filter(site__isnull=False))
    table = breakdown(records, "headcount", "site", "", period=MARCH)
    assert (sum(row[-1] for row in table.numbers()[:-1]), table.whole) == (7, 5)


def test_cnt_6_no_shows_cancelled_and_tests_never_count_and_a_merge_recounts(march: Cast) -> None:
    records = {record.title or record.pk: record for record in ServiceRecord.objects.all()}
    first, second, family, *_others = sorted(records.values(), key=lambda record: record.pk)
    Participation.objects.filter(record=first, person__nickname="静").update(came=False)
    assert asked(march, "person_times") == [6, 7, 30, 43]
    cancel_service(by=march.chenli, record=family, why="写了两遍")
    ServiceRecord.objects.filter(pk=second.pk).update(for_testing=True)
    assert asked(march, "person_times") == [2, 4, 30, 36]
    people = {person.nickname: person for person in Person.objects.all()}
    assert asked(march, "headcount")[-1] == 8
    merge_people(by=march.chenli, kept=people["浩"], other=people["宝"])
    assert asked(march, "headcount")[-1] == 7


def test_cnt_7_two_projects_count_it_each_and_the_total_once_and_say_so(march: Cast) -> None:
    both = [Project.objects.create(name=name, from_on=date(2026, 1, 1)) for name in ("陪伴成长", "新市民")]
    ServiceRecord.objects.earliest("service_date").projects.set(both)
    table = breakdown(counted(records_for(march.chenli)), "person_times", "project", "", period=MARCH)
    assert table.rows is not None
    told = {str(spot.label): table.rows.total(spot) for spot in table.rows.spots}
    assert (told["陪伴成长"], told["新市民"], table.whole, table.rows.extra) == (3, 3, 44, 3)


def test_cnt_8_every_number_shows_its_unit_its_period_its_scope_and_its_rule(march: Cast, client: Client) -> None:
    client.force_login(march.chenli.user)
    page = client.get("/service/figures/2026/")
    scope, html = page.context["scope"], unescape(page.content.decode())
    assert (scope.whole, scope.first, scope.last) == (True, date(2026, 1, 1), date(2026, 12, 31))
    with override("zh-hans"):
        for tile in page.context["tiles"]:
            indicator = INDICATORS[tile.now.code]
            for words in (str(indicator.unit), str(indicator.rule)):
                assert words and words in html, tile.now.code


def test_cnt_9_heads_stated_in_a_ledger_stand_beside_and_are_never_added(march: Cast, client: Client) -> None:
    client.force_login(march.chenli.user)
    tile = client.get("/service/figures/2026/").context["tiles"][0]
    assert (tile.now.value, tile.stated.value) == (9, 17)
    more = [Taking(mode=COUNTED, count=0, stated_heads=3), *named()]
    written(march.chenli, Method.ACTIVITY, date(2026, 3, 28), more, site=march.east)
    assert asked(march, "headcount") == [3, 4, 4, 9]
