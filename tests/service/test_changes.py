"""What changed since someone last looked: all of it, and only what is theirs."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.cast import DAY, Cast, login, make_cast
from tests.factories.filled import talk
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.actions import assign
from xiezuo.people.vocab import AssignedFor
from xiezuo.service.actions import ServiceFacts, Taking, correct_service, record_service
from xiezuo.service.changes import Change, changes
from xiezuo.service.vocab import Method, ParticipationMode
from xiezuo.web.staff.service.changes import grouped

LONG_AGO = timezone.now() - timedelta(days=9000)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def hanlei(cast: Cast) -> Actor:
    return actor_for(login("hanlei", "韩磊", (StaffRole.SOCIAL_WORKER, cast.east)))


def write(by: Actor, cast: Cast, title: str, *people: int, **more: object) -> object:
    taking = [Taking(mode=ParticipationMode.NAMED, person=pk) for pk in people]
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=DAY, site=cast.east, title=title, taking=taking, **more)  # type: ignore[arg-type]
    return record_service(by=by, facts=facts, on=DAY)


def said(found: list[Change]) -> list[tuple[str, str]]:
    return [(change.event.code.removeprefix("service."), change.happening.about) for change in found]


def test_what_colleagues_wrote_is_told_and_ones_own_is_not(cast: Cast, hanlei: Actor) -> None:
    record = write(hanlei, cast, "读书会")
    write(cast.xiaomei, cast, "我的")
    facts = ServiceFacts(method=Method.ACTIVITY, service_date=DAY, site=cast.east, title="读书会（二）")
    correct_service(by=hanlei, record=record, facts=facts, on=DAY)  # type: ignore[arg-type]
    assert said(changes(cast.xiaomei, LONG_AGO, 50)) == [
        ("record.corrected", "读书会（二）"),
        ("record.written", "读书会（二）"),
    ]
    assert changes(cast.haiyan, LONG_AGO, 50) == []


def test_a_form_that_is_open_is_told_of_once_and_one_that_is_closed_is_not(cast: Cast, hanlei: Actor) -> None:
    person = cast.person("阿莲", cast.east)
    assign(by=cast.chenli, person=person, user=hanlei.user, why=AssignedFor.CASE_TEAM, on=DAY)
    talk(hanlei, person, cast.east, said="想上学", felt="急")
    codes = [code for code, _about in said(changes(cast.chenli, LONG_AGO, 50))]
    assert codes.count("record.written") + codes.count("form.filled") == 1
    assert "想上学" not in str(said(changes(cast.xiaomei, LONG_AGO, 50)))


def test_mine_is_what_concerns_my_people_and_my_records(cast: Cast, hanlei: Actor) -> None:
    mine, other = cast.person("阿莲", cast.east), cast.person("小马", cast.east)
    for assignment in other.assignments.filter(user=cast.xiaomei.user):
        assignment.delete()
    write(hanlei, cast, "和阿莲", mine.pk)
    write(hanlei, cast, "和小马", other.pk)
    write(hanlei, cast, "一起", staff=[cast.xiaomei.user])
    found = [(about, change.mine) for change, (_code, about) in _pairs(changes(cast.xiaomei, LONG_AGO, 50))]
    assert found == [("一起", True), ("和小马", False), ("和阿莲", True)]


def _pairs(found: list[Change]) -> list[tuple[Change, tuple[str, str]]]:
    return list(zip(found, said(found), strict=True))


def test_the_same_changes_by_person_by_site_and_by_record(cast: Cast, hanlei: Actor) -> None:
    one, two = cast.person("阿莲", cast.east), cast.person("小马", cast.east)
    write(hanlei, cast, "读书会", one.pk, two.pk)
    write(hanlei, cast, "无名")
    found = changes(cast.xiaomei, LONG_AGO, 50)

    def groups(by: str) -> list[tuple[str, int]]:
        return [(group.title, len(group.changes)) for group in grouped(found, by, "zh-hans")]

    assert sorted(groups("person")[:2]) == [("小马", 1), ("阿莲", 1)]
    assert len(groups("person")) == 3
    assert groups("site") == [("东区童缘", 2)]
    assert [title.split()[-1] for title, _n in groups("record")] == ["无名", "读书会"]


def test_looked_at_it_is_seen_and_what_came_meanwhile_is_not(cast: Cast, hanlei: Actor, client: Client) -> None:
    User.objects.filter(pk=cast.xiaomei.id).update(looked_at=LONG_AGO)
    write(hanlei, cast, "读书会")
    client.force_login(cast.xiaomei.user)
    page = client.get("/service/changes/")
    assert "读书会" in unescape(page.content.decode())
    write(hanlei, cast, "后来的")
    client.post("/service/changes/looked/", {"until": page.context["until"]})
    after = unescape(client.get("/service/changes/").content.decode())
    assert "后来的" in after
    assert "读书会" not in after
    client.post("/service/changes/looked/", {"until": "2001-01-01T00:00:00+00:00"})
    assert User.objects.get(pk=cast.xiaomei.id).looked_at.year > 2001  # type: ignore[union-attr]


def test_many_changes_take_as_many_questions_as_one(
    cast: Cast, hanlei: Actor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for n in range(12):
        write(hanlei, cast, f"第{n}次", cast.person(f"第{n}位", cast.east).pk)
    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
        assert len(changes(cast.xiaomei, LONG_AGO, 50)) == 12
