"""Who comes first, and that finding costs the same for one as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import DAY, Cast
from tests.people.finding.conftest import Find
from xiezuo.people.access import people_for
from xiezuo.people.actions import PersonFacts, register_people
from xiezuo.people.finding import found as ranking
from xiezuo.people.finding import newest
from xiezuo.people.search import found, ranked
from xiezuo.people.vocab import Role


def names(hits: list[tuple[str, str]]) -> list[str]:
    return [name for name, _reason in hits]


def test_a_whole_name_comes_before_its_beginning_a_part_a_sound_and_a_place(cast: Cast, find: Find) -> None:
    for name in ("林立", "王林立", "林立夏", "琳丽"):
        cast.person(name, cast.east)
    cast.person("付晓燕", cast.east, address="高楼林立街")
    assert names(find("林立")) == ["林立", "林立夏", "王林立", "琳丽", "付晓燕"]
    assert names(find("linli"))[:2] == ["琳丽", "林立"]


def test_ones_own_people_come_before_those_of_the_site_and_those_before_the_others(cast: Cast) -> None:
    own = cast.person("王一", cast.east)
    near = cast.person("王二", cast.east)
    near.assignments.filter(user__isnull=False).delete()
    cast.person("王三", cast.west)
    later = cast.person("王四", cast.east)
    assert names_of(cast, "王") == [str(later), str(own), str(near)]


def names_of(cast: Cast, scrap: str) -> list[str]:
    return [str(hit.person) for hit in found(cast.xiaomei, people_for(cast.xiaomei), scrap)]


def test_who_sees_everyone_finds_everyone_the_newest_first(cast: Cast) -> None:
    cast.person("王一", cast.east)
    cast.person("王二", cast.west)
    hits = found(cast.chenli, people_for(cast.chenli), "王")
    assert [str(hit.person) for hit in hits] == ["王二", "王一"]
    assert found(cast.zhiyuan, people_for(cast.zhiyuan), "王") == []


@pytest.mark.parametrize("scrap", ["王", "w", "素芬", "wangsufen", "王素芬", "2764", "皮村", "王姐", "764", "无人"])
def test_three_cost_as_many_queries_as_one(cast: Cast, scrap: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            found(cast.xiaomei, people_for(cast.xiaomei), scrap, 8)
        return len(queries)

    facts = {"full_name": "王素芬", "phone": "15412342764", "address": "皮村"}
    cast.person("王姐", cast.east, **facts)
    one = cost()
    for _n in range(2):
        cast.person("王姐", cast.east, **facts)
    assert cost() == one <= 11


def test_of_very_many_the_newest_are_told_and_that_there_are_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    everyone = [(PersonFacts(nickname=f"王{number}"), DAY) for number in range(60)]
    register_people(by=cast.xiaomei, everyone=everyone, site=cast.east, role=Role.PARTICIPANT)
    cast.person("隔壁老王", cast.east)
    assert (len(ask(cast, "王").ids), ask(cast, "王").more) == (61, False)
    monkeypatch.setattr(ranking, "LARGE", 10)
    monkeypatch.setattr(newest, "NEWEST", 20)
    few = ask(cast, "王")
    assert 20 <= len(few.ids) <= 21
    assert few.more is True
    assert ask(cast, "王59").more is False


def ask(cast: Cast, scrap: str) -> ranking.Found:
    return ranked(cast.xiaomei, people_for(cast.xiaomei), scrap)
