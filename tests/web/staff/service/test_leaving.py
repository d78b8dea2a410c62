"""At the desk a child is let go with one tap; whoever is not listed is refused, and nothing typed is lost."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.own_side import guarded
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import at
from xiezuo.people.actions import assign, name_collector
from xiezuo.people.models import Person, ReadLog
from xiezuo.people.vocab import AssignedFor, Relation
from xiezuo.service.models import ChildAttendance, Entrusting, GoesAlone, ParentContact, TurnedAway

DESK = "/service/checkin/"


def clock(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return timezone.make_aware(datetime(2026, 3, 2, hour, minute)) + timedelta(days=days)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with at(clock(17, 40)):
        found = make_cast()
        found.check(found.xiaomei, DAY)
        yield found


@pytest.fixture
def child(cast: Cast) -> Person:
    """小宇 of ten, whose mother answers for him and whose grandmother may take him; no colleague is named for him."""
    return a_child(cast, "小宇")


def a_child(cast: Cast, name: str) -> Person:
    mother = cast.person(f"{name}妈妈", cast.east, phone="13911112222")
    found = cast.person(name, cast.west, born_on=date(2015, 5, 1))
    guarded(Cast(**{**vars(cast), "xiaomei": cast.chenli}), found, mother)
    assign(by=cast.chenli, person=found, site=cast.east, why=AssignedFor.SERVED, on=DAY)
    told = {"name": f"{name}外婆", "phone": "15400000001", "relation": Relation.GRANDPARENT}
    name_collector(by=cast.chenli, child=found, on=DAY, **told)  # type: ignore[arg-type]
    return found


def here(client: Client, cast: Cast, *children: Person) -> str:
    """They come in; the address of the last one's page."""
    for child in children:
        client.post(DESK, {"site": cast.east.pk, "person": child.pk})
    return f"{DESK}leaving/{ChildAttendance.objects.latest('pk').pk}/"


def test_one_tap_lets_a_child_go_with_the_grandmother_who_is_listed(cast: Cast, child: Person) -> None:
    client = logged_in(cast.xiaomei)
    page = here(client, cast, child)
    listing = client.get(f"{DESK}leaving/").content.decode()
    collector = child.collectors.get()
    assert f'value="collector-{collector.pk}"' in listing and "小宇外婆" in listing
    answer = client.post(page, {"tap": f"collector-{collector.pk}"}, follow=True).content.decode()
    assert "小宇在17:40由小宇外婆接走。" in answer
    assert "今天来了 1 个孩子，已离开 1 个。" in answer


def test_whoever_is_not_listed_is_refused_with_whom_to_phone_and_the_call_is_written_down(
    cast: Cast, child: Person
) -> None:
    client = logged_in(cast.xiaomei)
    page = here(client, cast, child)
    refused = client.post(page, {"asks": "李大军"}, follow=True).content.decode()
    assert "今天李大军不在小宇的接送人名单上" in refused
    assert "请打电话给小宇妈妈 13911112222；同意之前孩子先留下。" in refused
    assert 'href="tel:13911112222"' in refused and 'value="李大军"' in refused
    assert TurnedAway.objects.get().name == "李大军"
    mother = Person.objects.get(nickname="小宇妈妈")
    told = {"guardian": mother.pk, "phoned_at": "17:35", "at": "17:40", "name": "李大军", "relation": "other"}
    again = client.post(page, told | {"words": " "})
    assert again.status_code == 422 and "请写监护人的原话。" in again.content.decode()
    assert 'value="李大军"' in again.content.decode() and ChildAttendance.objects.get().is_there
    client.post(page, told | {"words": "让他接，他是我同乡"})
    left = ChildAttendance.objects.get()
    assert (left.collected_by, left.agreed_by, str(left.words)) == ("李大军", mother, "让他接，他是我同乡")


def test_somebody_who_is_listed_after_all_is_told_so(cast: Cast, child: Person) -> None:
    client = logged_in(cast.xiaomei)
    answer = client.post(here(client, cast, child), {"asks": "小宇外婆"}, follow=True).content.decode()
    assert "小宇外婆在名单上" in answer and not TurnedAway.objects.exists()


def test_a_tap_for_nobody_who_may_leaves_the_child_here(cast: Cast, child: Person) -> None:
    client = logged_in(cast.xiaomei)
    page = here(client, cast, child)
    for tap in ("collector-999", "guardian-999", "alone", "x", "unlisted"):
        assert "13911112222" in client.post(page, {"tap": tap}, follow=True).content.decode() or tap == "guardian-999"
    assert ChildAttendance.objects.get().is_there


def test_the_door_of_a_child_is_read_by_the_site_alone_and_each_look_is_written_down(cast: Cast, child: Person) -> None:
    client = logged_in(cast.xiaomei)
    page = here(client, cast, child)
    assert client.get(page).status_code == 200
    assert list(ReadLog.objects.filter(person=child, user=cast.xiaomei.user).values_list("what", flat=True)) == [
        "leaving"
    ]
    assert client.get(f"/people/{child.pk}/family/").status_code == 403
    assert logged_in(cast.haiyan).get(page).status_code == 403
    assert logged_in(cast.zhiyuan).get(page).status_code == 403


@pytest.mark.both_engines
def test_the_list_asks_as_often_for_three_children_as_for_one(cast: Cast, child: Person) -> None:
    client = logged_in(cast.xiaomei)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{DESK}leaving/?site={cast.east.pk}").status_code == 200
        return len(queries)

    here(client, cast, child)
    one = asked()
    here(client, cast, a_child(cast, "小雨"), a_child(cast, "小雪"))
    assert asked() == one


def test_the_day_of_the_site_names_who_has_not_left_at_closing_time(cast: Cast, child: Person) -> None:
    client = logged_in(cast.xiaomei)
    here(client, cast, child)
    day = f"/service/sites/{cast.east.pk}/day/2026-03-02/"
    before = client.get(day).content.decode()
    assert "到 1，离 0" in before and 'class="state wait"' in before
    with at(clock(18)):
        late = client.get(day).content.decode()
    assert "还有 1 个孩子没有离开。" in late and 'class="state late"' in late and "小宇" in late
    assert "还有 1 位，档案不对你开放" in late or "外婆" not in late


def test_on_another_day_the_time_is_written_and_the_sheet_is_even(cast: Cast, child: Person) -> None:
    client = logged_in(cast.chenli)
    page = here(client, cast, child)
    with at(clock(9, days=1)):
        collector = child.collectors.get()
        refused = client.post(page, {"tap": f"collector-{collector.pk}"}, follow=True).content.decode()
        assert "请写孩子几点离开的。" in refused
        client.post(page, {"tap": f"collector-{collector.pk}", "at": "17:55"})
        day = client.get(f"/service/sites/{cast.east.pk}/day/2026-03-02/").content.decode()
        assert "到 1，离 1" in day and "到和离的人数一致。" in day and "小宇外婆" in day


def test_the_centre_day_sheet_begins_with_everybody_who_came_and_left(cast: Cast, child: Person) -> None:
    client = logged_in(cast.chenli)
    page = here(client, cast, child)
    client.post(page, {"tap": f"collector-{child.collectors.get().pk}"})
    answer = client.post(f"/service/sites/{cast.east.pk}/day/2026-03-02/write/", follow=True).content.decode()
    assert "小宇外婆" in answer and 'value="17:40"' in answer


def test_on_the_page_of_the_family_a_guardian_allows_going_alone_and_contacts_are_noted(
    cast: Cast, child: Person
) -> None:
    client, base = logged_in(cast.chenli), f"/people/{child.pk}/"
    mother = Person.objects.get(nickname="小宇妈妈")
    client.post(f"{base}alone/", {"guardian": mother.pk, "source": "妈妈当面说的"})
    client.post(f"{base}entrusted/", {"carer": "姑姑", "from_on": "2026-02-01"})
    page = client.get(f"{base}family/").content.decode()
    assert "小宇妈妈同意" in page and "妈妈当面说的" in page
    assert "没有记下和父母的联系。" in page and "CHD-7" in page
    client.post(f"{base}parents/", {"who": "mother", "how": "video"})
    page = client.get(f"{base}family/").content.decode()
    assert "母亲 · 视频" in page and "没有记下和父母的联系。" not in page
    client.post(f"{base}alone/{GoesAlone.objects.get().pk}/end/")
    client.post(f"{base}entrusted/end/")
    assert (GoesAlone.objects.get().to_on, Entrusting.objects.get().to_on) == (DAY, DAY)
    assert ParentContact.objects.count() == 1
