"""Pages of groups, activities and youth groups as colleagues use them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.factories.grouped import SUMMARY, a_group, an_activity, an_open_activity, session, wish
from tests.web.staff.service.conftest import logged_in
from xiezuo.common.days import today
from xiezuo.service.actions import Taking
from xiezuo.service.actions.grouping import Arrangement, add_member, arrange_group
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more
from xiezuo.service.attendance import attendance_of
from xiezuo.service.models import Activity, Group, ServiceRecord, YouthGroup
from xiezuo.service.vocab import ParticipationMode

pytestmark = pytest.mark.django_db
KEY = "7d2b0e4e-0000-4000-8000-000000000001"
DAY = timedelta(days=1)


def page(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def group(cast: Cast) -> Group:
    """阿莲 and 阿强 are in it, and 四川小伙; it meets these days."""
    made = a_group(cast)
    told = Arrangement(first_on=today() - 30 * DAY, last_on=today() + 30 * DAY, leaders=[cast.xiaomei.user])
    arrange_group(by=cast.xiaomei, group=made, told=told)
    for name in ("阿莲", "阿强"):
        add_member(by=cast.xiaomei, group=made, on=today() - 30 * DAY, person=cast.person(name, cast.east))
    add_member(by=cast.xiaomei, group=made, on=today() - 30 * DAY, nickname="四川小伙")
    return made


def test_a_session_opens_with_everyone_ticked_and_whoever_is_tapped_away_was_missing(cast: Cast, group: Group) -> None:
    client = logged_in(cast.xiaomei)
    address = f"/forms/fill/group_session/?draft={KEY}&group={group.pk}"
    shown = page(client.get(address))
    seats = re.findall(r'name="who" value="([^"]+)" checked', shown)
    lian, qiang = (member.person_id for member in group.members.filter(person__isnull=False))
    assert seats == [f"named|{lian}", f"named|{qiang}", "listed|四川小伙"]
    typed = {"under": f"group:{group.pk}", "no": "1", "stage": "forming", "topic": "认识彼此", "aim": "记名字"}
    typed |= {"process": "轮流介绍", "service_date": today().isoformat(), "site": str(cast.east.pk)}
    response = client.post(address, typed | {"who": [f"named|{lian}", "listed|四川小伙"]})
    assert response["Location"] == f"/service/groups/{group.pk}/"
    assert {str(line.member): line.cells for line in attendance_of(group).lines} == {
        "阿莲": ["came"],
        "阿强": ["missed"],
        "四川小伙": ["came"],
    }
    record = ServiceRecord.objects.get()
    assert (record.series, record.method, record.site) == (group.series, "group", cast.east)


def test_what_is_tapped_is_kept_and_the_page_of_the_group_leads_back_to_it(cast: Cast, group: Group) -> None:
    client = logged_in(cast.xiaomei)
    address = f"/forms/fill/group_session/?draft={KEY}&group={group.pk}"
    client.post(address, {"under": f"group:{group.pk}", "no": "1", "who": ["listed|四川小伙"], "do": "refresh"})
    assert f"/forms/fill/group_session/?draft={KEY}" in page(client.get(f"/service/groups/{group.pk}/"))
    shown = page(client.get(f"/forms/fill/group_session/?draft={KEY}"))
    assert re.findall(r'name="who" value="([^"]+)" checked', shown) == ["listed|四川小伙"]


def test_a_session_outside_the_days_comes_back_with_the_sentence_and_everything_typed(cast: Cast, group: Group) -> None:
    client = logged_in(cast.xiaomei)
    typed = {"under": f"group:{group.pk}", "no": "1", "stage": "forming", "topic": "认识彼此", "aim": "记名字"}
    typed |= {"process": "轮流介绍", "service_date": (today() - 40 * DAY).isoformat(), "who": "listed|四川小伙"}
    response = client.post(f"/forms/fill/group_session/?draft={KEY}", typed)
    assert response.status_code == 422
    assert "不在小组的起止日期" in page(response)
    assert "轮流介绍" in page(response)
    assert ServiceRecord.objects.count() == 0


def test_one_session_too_many_is_warned_of(cast: Cast, group: Group) -> None:
    Group.objects.update(session_total=1)
    session(cast, group, 1, today(), [Taking(mode=ParticipationMode.LISTED, label="四川小伙")])
    shown = page(logged_in(cast.xiaomei).get(f"/forms/fill/group_session/?draft={KEY}&group={group.pk}"))
    assert "已经开了 1 节，计划是 1 节" in shown


def test_whoever_misses_two_in_a_row_is_named(cast: Cast, group: Group) -> None:
    client = logged_in(cast.xiaomei)
    for no in (1, 2):
        session(cast, group, no, today() - (3 - no) * DAY, [Taking(mode=ParticipationMode.LISTED, label="四川小伙")])
    shown = page(client.get(f"/service/groups/{group.pk}/"))
    assert "阿莲连续 2 节没来" in shown
    assert "四川小伙连续" not in shown


def test_the_report_begins_with_the_figures(cast: Cast, group: Group) -> None:
    session(cast, group, 1, today(), [Taking(mode=ParticipationMode.LISTED, label="四川小伙")])
    shown = page(logged_in(cast.xiaomei).get(f"/forms/fill/group_report/?draft={KEY}&group={group.pk}"))
    assert "计划 6 节，开了 1 节：1. " in shown
    assert "组员 3 人，其中 0 人退出" in shown
    assert "共 6 节中的 1 节，组员 3 人，1 人次" in shown


def test_members_join_by_search_and_leave(cast: Cast, group: Group) -> None:
    client, new = logged_in(cast.xiaomei), cast.person("小红", cast.east)
    assert f'name="person" value="{new.pk}"' in page(client.get(f"/service/groups/{group.pk}/?q=小红"))
    client.post(f"/service/groups/{group.pk}/members/", {"person": str(new.pk)})
    member = group.members.get(person=new)
    client.post(f"/service/groups/members/{member.pk}/leave/", {"why": "搬走了"})
    member.refresh_from_db()
    assert (member.left_on, member.left_why) == (today(), "搬走了")
    assert logged_in(cast.haiyan).post(f"/service/groups/{group.pk}/members/", {"person": "1"}).status_code == 403


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_as_often_for_three_as_for_one(cast: Cast, group: Group) -> None:
    client, one = logged_in(cast.xiaomei), f"/service/groups/{group.pk}/"
    an_open_activity(cast, today())
    session(cast, group, 1, today(), [Taking(mode=ParticipationMode.LISTED, label="四川小伙")])
    lists = ("/service/groups/", "/service/activities/", one)
    first = [queries(client, address) for address in lists]
    for no in (2, 3):
        a_group(cast, name=f"小组{no}")
        wish(an_open_activity(cast, today(), name=f"活动{no}"), "小明")
        session(cast, group, no, today(), [Taking(mode=ParticipationMode.LISTED, label=f"新人{no}")])
    assert [queries(client, address) for address in lists] == first


def test_who_is_there_is_one_tap_each_and_tapped_again_it_is_taken_back(cast: Cast) -> None:
    client, activity = logged_in(cast.xiaomei), an_open_activity(cast, today())
    row, day = wish(activity, "小明"), activity.days.get()
    address = f"/service/activities/days/{day.pk}/"
    assert f'name="came" value="{row.pk}"' in page(client.get(address))
    client.post(f"{address}note/", {"came": str(row.pk)})
    mark = day.sign_ins.get()
    assert f'name="gone" value="{mark.pk}"' in page(client.get(address))
    client.post(f"{address}note/", {"gone": str(mark.pk)})
    client.post(f"{address}note/", {"nickname": "路人"})
    client.post(f"{address}note/", {"more": "5"})
    client.post(f"{address}note/", {"more": "-1"})
    day.refresh_from_db()
    assert ([str(one) for one in day.sign_ins.all()], day.counted) == (["路人"], 4)
    client.post(f"{address}write/")
    day.refresh_from_db()
    assert day.record is not None
    assert day.record.participations.filter(came=True).count() == 2


def test_sign_up_opens_on_the_page_and_the_sheet_has_its_code(cast: Cast) -> None:
    client, activity = logged_in(cast.xiaomei), an_activity(cast, today() + 3 * DAY)
    wrong = client.post(f"/service/activities/{activity.pk}/open/", {"closes_on": (today() - DAY).isoformat()})
    assert (wrong.status_code, "已经过去" in page(wrong)) == (422, True)
    client.post(
        f"/service/activities/{activity.pk}/open/", {"closes_on": today().isoformat(), "service_line": "rights"}
    )
    assert Activity.objects.get().state == "open"
    for sheet, code in (("join", activity.join_code), ("here", activity.wall_code), ("opinion", activity.opinion_code)):
        shown = page(client.get(f"/service/activities/{activity.pk}/poster/{sheet}/"))
        assert code in shown
        assert "<svg" in shown
    assert client.get(f"/service/activities/{activity.pk}/poster/other/").status_code == 404


def test_a_colleague_signs_someone_up_gives_the_place_back_and_says_that_they_were_told(cast: Cast) -> None:
    client, activity = logged_in(cast.xiaomei), an_open_activity(cast, today(), quota=1)
    for name, phone in (("甲甲", "13900000001"), ("乙乙", "13900000002")):
        client.post(f"/service/activities/{activity.pk}/sign-ups/", {"wish-label": name, "wish-phone": phone})
    first, second = activity.sign_ups.all()
    client.post(f"/service/activities/sign-ups/{first.pk}/cancel/")
    assert "还要告知" in page(client.get(f"/service/activities/{activity.pk}/"))
    client.post(f"/service/activities/sign-ups/{second.pk}/told/")
    assert "还要告知" not in page(client.get(f"/service/activities/{activity.pk}/"))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00 a program", "合影.jpg", "合影.jpg"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "合影.HEIC", "JPEG"),
        (b"\xff\xd8\xff" + b"0" * (40 * 1024 * 1024), "大图.jpg", "20 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_named_and_nothing_typed_is_lost(
    cast: Cast, content: bytes, name: str, words: str
) -> None:
    client, activity = logged_in(cast.xiaomei), an_activity(cast, today())
    count_more(by=cast.xiaomei, day=activity.days.get(), n=3)
    write_day(by=cast.xiaomei, day=activity.days.get(), on=today())
    typed = SUMMARY | {"under": f"activity:{activity.pk}", "activity": str(activity.plan_id), "file": "0"}
    typed |= {"file.0.file.new": SimpleUploadedFile(name, content), "file.0.caption": "合影", "site": str(cast.east.pk)}
    response = client.post(f"/forms/fill/activity_summary/?draft={KEY}", typed)
    assert response.status_code == 422
    assert words in page(response)
    assert SUMMARY["reflection"] in page(response)
    del typed["file.0.file.new"], typed["file.0.caption"]
    done = client.post(f"/forms/fill/activity_summary/?draft={KEY}", typed | {"file": ""})
    assert done["Location"] == f"/service/activities/{activity.pk}/"
    assert "总结已写" in page(client.get(f"/service/activities/{activity.pk}/"))


def test_a_youth_group_goes_its_way(cast: Cast) -> None:
    client, tao = logged_in(cast.xiaomei), cast.person("阿涛", cast.east)
    client.post("/service/youth-groups/", {"name": "足球队", "about": "踢球", "site": str(cast.east.pk)})
    team = YouthGroup.objects.get()
    address = f"/service/youth-groups/{team.pk}/"
    client.post(f"{address}move/", {"to": "formed"})
    assert "请选由哪位组员带领" in page(client.post(f"{address}move/", {"to": "self_led"}, follow=True))
    client.post(f"{address}move/", {"to": "self_led", "leader": str(tao.pk)})
    team.refresh_from_db()
    assert (team.state, team.leader) == ("self_led", tao)
    assert "请写原因" in page(client.post(f"{address}move/", {"to": "ended"}, follow=True))
    client.post(f"{address}move/", {"to": "ended", "why": "大家都搬走了"})
    assert [step.state for step in team.steps.all()] == ["proposed", "formed", "self_led", "ended"]
    assert "已有同名" not in page(client.post("/service/youth-groups/", {"name": "足球队"}))
