"""What groups and activities ask for next stands where everything due stands, for those whose work it is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from tests.factories.cast import DAY, Cast, login, make_cast
from tests.factories.grouped import (
    ACTIVITY,
    AT,
    GROUP,
    SUMMARY,
    a_group,
    an_activity,
    an_open_activity,
    session,
    wish,
    written,
)
from xiezuo.exchange.actions.releasing import release_ledger
from xiezuo.insight.dimensions import month_of
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.vocab import StaffRole
from xiezuo.people.due import Due, due_for
from xiezuo.service.access import activity_for
from xiezuo.service.actions import Taking
from xiezuo.service.actions.activities import cancel_activity
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more
from xiezuo.service.actions.signing_up import give_place_back
from xiezuo.service.actions.telling import note_told
from xiezuo.service.actions.youth_groups import move_youth_group, propose_youth_group
from xiezuo.service.vocab import ParticipationMode, YouthGroupState
from xiezuo.web.base.calendar_feed import feed

pytestmark = pytest.mark.django_db
SOON = timedelta(days=100)
CAME = [Taking(mode=ParticipationMode.LISTED, label="小红")]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def told(by: Actor, *tables: str, on: date = DAY, everyone: bool = False) -> list[Due]:
    found = due_for(by, on=on, until=on + SOON, everyone=everyone)
    return [due for due in found if due.table in {f"service.{table}" for table in tables}]


def said(by: Actor, *tables: str, on: date = DAY, everyone: bool = False) -> list[tuple[str, date | None]]:
    return [(due.title, due.on) for due in told(by, *tables, on=on, everyone=everyone)]


def test_the_next_session_of_a_group_and_its_report_are_due_for_whoever_leads_it(cast: Cast) -> None:
    group = a_group(cast, last_on=DAY + timedelta(days=35))
    report = ("写小组报告，连同评估", DAY + timedelta(days=49))
    assert said(cast.xiaomei, "group") == [("把第 1 节（共 6 节）写下来", DAY + timedelta(days=3)), report]
    session(cast, group, 1, DAY, CAME)
    session(cast, group, 3, DAY + timedelta(days=14), CAME)
    assert said(cast.xiaomei, "group") == [("把第 2 节（共 6 节）写下来", DAY + timedelta(days=10)), report]
    colleague = actor_for(login("xiaoli", "王小丽", (StaffRole.SOCIAL_WORKER, cast.east)))
    assert (said(colleague, "group"), said(cast.haiyan, "group"), said(cast.chenli, "group")) == ([], [], [])
    assert [due.whose for due in told(cast.chenli, "group", everyone=True)] == ["周晓梅", "周晓梅"]


def test_a_day_of_an_activity_is_due_until_it_is_written_and_then_its_summary(cast: Cast) -> None:
    activity = an_activity(cast)
    day = activity.days.get()
    tables = ("activity", "activityday")
    assert said(cast.xiaomei, *tables) == [("写下 2026-03-02 谁来了", date(2026, 3, 4))]
    count_more(by=cast.xiaomei, day=day, n=5)
    write_day(by=cast.xiaomei, day=day, on=DAY)
    assert said(cast.xiaomei, *tables) == [("写活动总结", date(2026, 3, 16))]
    activity = activity_for(cast.xiaomei, activity.pk)
    written(cast.xiaomei, "activity_summary", SUMMARY, activity=activity, site=activity.site)
    assert said(cast.xiaomei, *tables) == []


def test_whoever_waits_for_a_place_or_has_to_be_told_is_due_before_the_day(cast: Cast) -> None:
    on = date(2026, 3, 14)
    activity = an_open_activity(cast, on, quota=1)
    first, second = wish(activity, "小明", "13900000001"), wish(activity, "小红", "13900000002")
    wish(activity, "阿涛", "13900000003")
    assert said(cast.xiaomei, "activity") == [("2 人在等名额：给个答复", on)]
    give_place_back(row=first, on=DAY, at=AT)
    assert said(cast.xiaomei, "activity") == [("告诉 1 人结果", on), ("1 人在等名额：给个答复", on)]
    second.refresh_from_db()
    note_told(by=cast.xiaomei, sign_up=second, at=AT)
    assert said(cast.xiaomei, "activity") == [("1 人在等名额：给个答复", on)]
    cancel_activity(by=cast.xiaomei, activity=activity, why="下雨", on=DAY, at=AT)
    assert said(cast.xiaomei, "activity", "activityday") == [("告诉 2 人结果", on)]
    assert said(cast.haiyan, "activity", everyone=True) == []


def test_a_plan_waits_for_a_supervisor_who_did_not_write_it(cast: Cast) -> None:
    plan = written(cast.xiaomei, "group", GROUP, site=cast.east)
    own = written(cast.chenli, "activity", ACTIVITY | {"service_date": DAY.isoformat()}, site=cast.east)
    found = told(cast.chenli, "filledform", on=timezone.localdate())
    assert [(due.pk, due.title, due.about, due.kind) for due in found] == [
        (plan.pk, "请您决定：小组计划", "成长小组", "request")
    ]
    assert (own.pk in {due.pk for due in found}, told(cast.xiaomei, "filledform", on=timezone.localdate())) == (
        False,
        [],
    )


def test_the_monthly_return_of_a_hub_is_due_until_it_left_the_house(cast: Cast) -> None:
    group = propose_youth_group(by=cast.xiaomei, name="足球队", about="", site=cast.east, on=DAY)

    def returns(by: Actor) -> list[tuple[str, str, date | None, tuple[int, ...]]]:
        found = due_for(by, on=date(2026, 4, 1), until=date(2026, 4, 30))
        return [(due.title, due.about, due.on, due.then) for due in found if due.table == "orgs.site"]

    assert returns(cast.xiaomei) == []
    move_youth_group(by=cast.xiaomei, group=group, to=YouthGroupState.FORMED, on=DAY)
    waits = ("2026-03 的月报", "东区童缘", date(2026, 4, 8), (2026, 3))
    assert (returns(cast.xiaomei), returns(cast.chenli), returns(cast.haiyan)) == ([waits], [waits], [])
    release_ledger(
        by=cast.xiaomei, layout="ledger-monthly-return", period=month_of(2026, 3), reason="团区委", site=cast.east
    )
    assert (returns(cast.xiaomei), returns(cast.chenli)) == ([], [])


def test_a_calendar_tells_the_kind_and_how_many_and_no_name(cast: Cast) -> None:
    activity = an_open_activity(cast, date(2026, 3, 14), quota=1, name="小红的生日会")
    wish(activity, "阿涛")
    wish(activity, "小明")
    found = told(cast.xiaomei, "activity", "activityday")
    calendar = feed(cast.xiaomei.user, found, AT, "https://house/due/").decode()
    kinds = [str(entry["summary"]) for entry in Calendar.from_ical(calendar).walk("VEVENT")]
    assert kinds == ["答复 · 1 项", "写材料 · 1 项"]
    assert [name for name in ("小红", "阿涛", "小明", "生日会") if name in calendar] == []


def test_the_number_of_questions_does_not_grow_with_groups_and_activities(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            due_for(cast.chenli, on=DAY, until=DAY + SOON, everyone=True)
        return len(queries)

    a_group(cast)
    wish(an_open_activity(cast), "小明")
    one = asked()
    for n in (2, 3):
        a_group(cast, name=f"小组{n}")
        wish(an_open_activity(cast, name=f"活动{n}"), "小明")
    assert asked() == one
