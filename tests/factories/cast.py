"""A fixed cast for all tests: 协作者 with the sites East and West, and the people who work and come there."""

from dataclasses import dataclass
from datetime import date

from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import found_house
from xiezuo.orgs.models import Membership, Site, User
from xiezuo.orgs.vocab import OrgKind, StaffRole
from xiezuo.people.actions import PersonFacts, register_person
from xiezuo.people.checks import note_check
from xiezuo.people.models import Person
from xiezuo.people.vocab import CheckResult

LONG_AGO = date(2020, 1, 1)
DAY = date(2026, 3, 2)


def login(username: str, name: str, *places: tuple[StaffRole, Site | None]) -> User:
    """A login with its roles since 2020."""
    user = User.objects.add(username=username, name=name, password=None)
    for role, site in places:
        Membership.objects.create(user=user, role=role, site=site, from_on=LONG_AGO)
    return user


@dataclass
class Cast:
    """`xiaomei` works at East, `haiyan` at West, `chenli` supervises everywhere, `zhiyuan` runs the machine."""

    east: Site
    west: Site
    xiaomei: Actor
    haiyan: Actor
    chenli: Actor
    zhiyuan: Actor

    def person(self, name: str, site: Site, **facts: object) -> Person:
        by = self.xiaomei if site == self.east else self.haiyan
        return register_person(by=by, facts=PersonFacts(nickname=name, **facts), on=DAY, site=site)  # type: ignore[arg-type]

    def check(self, who: Actor, on: date) -> None:
        """A clear background check of that day, without which nobody is named for a child."""
        note_check(by=self.chenli, whom=who.user, checked_on=on, source="公安机关", result=CheckResult.CLEAR, on=on)


def make_cast() -> Cast:
    found_house(name="北京市协作者社会工作发展中心", short_name="协作者", org_kind=OrgKind.SOCIAL_SERVICE, on=LONG_AGO)
    east, west = Site.objects.create(name="东区童缘"), Site.objects.create(name="西区童缘")
    worker, supervisor = StaffRole.SOCIAL_WORKER, StaffRole.SUPERVISOR
    return Cast(
        east=east,
        west=west,
        xiaomei=actor_for(login("xiaomei", "周晓梅", (worker, east))),
        haiyan=actor_for(login("haiyan", "刘海燕", (worker, west))),
        chenli=actor_for(login("chenli", "陈立", (supervisor, None))),
        zhiyuan=actor_for(login("zhiyuan", "张志远", (StaffRole.SYSADMIN, None))),
    )
