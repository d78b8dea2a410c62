"""A youth hub (S13): football has 22 places, four wait, two cancel and two move up; nineteen come. The month's return is there."""

from datetime import date
from typing import Any

import pytest

from tests.factories.cast import DAY, Cast, make_cast
from tests.factories.grouped import AT, an_activity, an_open_activity, wish
from xiezuo.service.access import activity_for, records_for
from xiezuo.service.actions.activities import DayTold, Opening, add_day, cancel_activity, open_activity
from xiezuo.service.actions.holding import write_day
from xiezuo.service.actions.signing_in import count_more, sign_in_here, tick
from xiezuo.service.actions.signing_up import give_place_back
from xiezuo.service.actions.youth_groups import move_youth_group, propose_youth_group
from xiezuo.service.indicators import values
from xiezuo.service.models import Activity
from xiezuo.service.turnout import place_in_line, places_of
from xiezuo.service.vocab import YouthGroupState

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def held(cast: Cast, name: str, on: date, came: list[str], counted: int = 0, **more: Any) -> Activity:
    """An activity nobody had to sign up for, with who came."""
    activity = an_activity(cast, on, name=name, **more)
    day = activity.days.get()
    for label in came:
        tick(by=cast.xiaomei, day=day, at=AT, label=label)
    if counted:
        count_more(by=cast.xiaomei, day=day, n=counted)
    write_day(by=cast.xiaomei, day=day, on=on)
    return activity


def test_the_story_of_football_and_of_the_months_return(cast: Cast) -> None:
    group = propose_youth_group(by=cast.xiaomei, name="足球队", about="周末踢球", site=cast.east, on=DAY)
    captain = cast.person("阿涛", cast.east)
    move_youth_group(by=cast.xiaomei, group=group, to=YouthGroupState.FORMED, on=DAY)
    group = move_youth_group(by=cast.xiaomei, group=group, to=YouthGroupState.SELF_LED, on=DAY, leader=captain)
    assert (group.state, group.leader) == ("self_led", captain)

    kick_off = date(2026, 3, 14)
    football = an_activity(cast, kick_off)
    told = Opening(closes_on=date(2026, 3, 13), youth_group=group.pk)
    football = open_activity(by=cast.xiaomei, activity=football, told=told, on=DAY, at=AT)
    rows = [wish(football, f"青年{n}", f"1390000{n:04}") for n in range(1, 27)]
    assert [row.state for row in rows].count("registered") == 22
    assert [place_in_line(row) for row in rows if row.state == "waiting"] == [1, 2, 3, 4]

    up = [give_place_back(row=rows[n], on=DAY, at=AT) for n in (4, 7)]
    assert [[row.label for row in moved] for moved in up] == [["青年23"], ["青年24"]]
    assert [row.label for row in football.sign_ups.filter(to_tell="moved_up", told_at=None)] == ["青年23", "青年24"]
    assert (places_of(football).taken, places_of(football).left, places_of(football).waiting) == (22, 0, 2)
    rows[25].refresh_from_db()
    assert place_in_line(rows[25]) == 2

    day = football.days.get()
    there = list(football.sign_ups.filter(state="registered"))[:19]
    for row in there[:10]:
        assert sign_in_here(day=day, scrap=row.label, walks_in=False, on=kick_off, at=AT)
    assert sign_in_here(day=day, scrap=str(there[10].phone)[-4:], walks_in=False, on=kick_off, at=AT)
    for row in there[5:]:
        tick(by=cast.xiaomei, day=day, at=AT, row=row)
    record = write_day(by=cast.xiaomei, day=day, on=kick_off)
    assert (record.participations.filter(came=True).count(), record.participations.filter(came=False).count()) == (
        19,
        3,
    )
    football = activity_for(cast.xiaomei, football.pk)
    assert (football.state, football.sign_ups.filter(state="no_show").count()) == ("held", 3)

    held(cast, "电影夜", date(2026, 3, 6), [f"影迷{n}" for n in range(1, 9)], counted=20)
    guitar = held(cast, "吉他课", date(2026, 3, 8), [f"琴友{n}" for n in range(1, 11)], counted=5, session_total=2)
    again = add_day(by=cast.xiaomei, activity=guitar, told=DayTold(on=date(2026, 3, 15)))
    for n in range(1, 11):
        tick(by=cast.xiaomei, day=again, at=AT, label=f"琴友{n}")
    write_day(by=cast.xiaomei, day=again, on=date(2026, 3, 15))
    held(cast, "读诗会", date(2026, 3, 20), [f"诗友{n}" for n in range(1, 6)], counted=4)
    held(cast, "包饺子", date(2026, 3, 28), [f"邻居{n}" for n in range(1, 7)], counted=14)
    hike = an_open_activity(cast, date(2026, 3, 29), name="爬山")
    wish(hike, "想爬山的人")
    cancel_activity(by=cast.xiaomei, activity=hike, why="大风", on=DAY, at=AT)

    month = records_for(cast.xiaomei).filter(service_date__range=(date(2026, 3, 1), date(2026, 3, 31)))
    told = {"event_count": 6, "person_times": 101, "headcount": 48}
    assert values(month, told) == told
