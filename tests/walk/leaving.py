"""甄乙 is at the East today and somebody asked for him in vain; yesterday he left after a call. Marks in every text of it.

While he is there, whoever works at the East and knows his name reads who may take him and who may not; with whom he left on
another day is read like a service, and whether he goes alone, and with whom he lives, like the family.
"""

from datetime import time, timedelta

from tests.walk.house import Tempting, mark
from xiezuo.common.days import today
from xiezuo.orgs.models import Site
from xiezuo.people.sections import sections
from xiezuo.people.vocab import Section
from xiezuo.service.actions import check_in
from xiezuo.service.actions.entrusted import entrust, note_contact
from xiezuo.service.actions.leaving import Going, allow_alone, let_go, turn_away
from xiezuo.service.models import ChildAttendance
from xiezuo.service.vocab import InTouch, LeftWith, WhichParent

CHILD = "乙"
AT_THE_DOOR = {"boss", "east_worker", "case_worker", "granted", "was_granted"}
OPENED_BY = {"独": Section.FAMILY, "托": Section.FAMILY, "领": Section.SERVICES, "允": Section.SERVICES}
FOUR, SIX = time(16), time(18)


def with_a_child_there(house: Tempting) -> Tempting:
    boss, child, east = house.walkers["boss"].actor, house.people[CHILD], Site.objects.get(name="东区童缘")
    guardian, day = house.people["甲"].pk, today()
    for on in (day - timedelta(days=1), day):
        check_in(by=boss, site=east, on=on, person=child, at=FOUR)
    gone, there = ChildAttendance.objects.order_by("on")
    told = {"guardian": guardian, "phoned_at": FOUR, "name": mark(CHILD, "领"), "words": mark(CHILD, "允")}
    let_go(by=boss, row=gone, facts=Going(how=LeftWith.PHONE, at=SIX, **told), on=day)  # type: ignore[arg-type]
    turn_away(by=boss, row=there, name=mark(CHILD, "拦"), at=SIX, on=day)
    allow_alone(by=boss, child=child, guardian=guardian, source=mark(CHILD, "独"), from_on=day)
    entrust(by=boss, child=child, carer=mark(CHILD, "托"), from_on=day - timedelta(days=20), on=day)
    long_ago = day - timedelta(days=15)
    note_contact(by=boss, child=child, who=WhichParent.BOTH, how=InTouch.PHONE, day=long_ago, on=day)
    _who_may(house)
    return house


def _who_may(house: Tempting) -> None:
    house.marks |= {mark(CHILD, what) for what in [*OPENED_BY, "拦"]}
    for name, walker in house.walkers.items():
        if name in AT_THE_DOOR:
            walker.records |= {mark(CHILD, "接"), mark(CHILD, "拦")}
        open_to = sections(walker.ties.get(CHILD, []), CHILD in house.minors)
        walker.records |= {mark(CHILD, what) for what, section in OPENED_BY.items() if section in open_to}
