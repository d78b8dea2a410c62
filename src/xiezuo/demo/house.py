"""The sample organisation: its legal identities, sites, programmes, projects and colleagues."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xiezuo.common.days import at
from xiezuo.demo.clock import DAY, evening
from xiezuo.demo.plan.work import project_period
from xiezuo.demo.scale import Scale
from xiezuo.demo.words import words
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.actions import (
    add_user,
    begin_membership,
    begin_programme,
    begin_project,
    first_account,
    found_house,
    open_site,
)
from xiezuo.orgs.models import LegalIdentity, Project, Site, User
from xiezuo.orgs.vocab import FundingKind, OrgKind, StaffRole
from xiezuo.people.checks import note_check
from xiezuo.people.vocab import CheckResult

COMPANY_FROM, COMPANY_TO, REGISTERED = date(2003, 10, 1), date(2010, 5, 31), date(2010, 6, 1)
FIRST_SITES = date(2015, 9, 1)
YEAR = 360 * DAY


@dataclass
class DemoHouse:
    """`workers` are the social workers of `sites`, in their order; `second` also helps out at the first site."""

    sites: list[Site]
    workers: list[Actor]
    second: Actor
    supervisor: Actor
    projects: list[Project]


def build_house(scale: Scale, until: date) -> DemoHouse:
    """Found the organisation. Projects run for two years each, the last of them to the end of the year of `until`."""
    opened = min(FIRST_SITES, until - scale.founded * DAY)
    _found()
    admin = actor_for(
        first_account(
            username="zhiyuan", name="张志远", password=None, on=min(REGISTERED, opened), roles=(StaffRole.SYSADMIN,)
        )
    )
    chenli = add_user(by=admin, username="chenli", name="陈立")
    begin_membership(by=admin, user=chenli, role=StaffRole.SUPERVISOR, on=opened)
    supervisor = actor_for(chenli)
    sites = [open_site(by=admin, on=opened, **site) for site in words()["sites"]]
    users = [_colleague(admin, person, site, opened) for person, site in zip(words()["staff"], sites, strict=True)]
    # At the first site two work side by side, as at most places.
    begin_membership(by=admin, user=users[1], role=StaffRole.SOCIAL_WORKER, site=sites[0], on=opened)
    for other in words()["others"]:
        _other(admin, other, sites[0], opened, until)
    workers = [actor_for(user) for user in users]
    _check_yearly(supervisor, users, opened, until)
    return DemoHouse(sites, workers, workers[1], supervisor, _projects(supervisor, sites, scale, until))


def _check_yearly(by: Actor, users: list[User], opened: date, until: date) -> None:
    """Everyone was asked about once a year, up to the last year, of which the story itself tells."""
    day = opened
    while day < until - YEAR:
        for user in users:
            with at(evening(day)):
                note_check(
                    by=by, whom=user, checked_on=day, source=words()["check_source"], result=CheckResult.CLEAR, on=day
                )
        day += YEAR


def _found() -> None:
    told = words()["house"]
    house = found_house(
        name=told["name"], short_name=told["short_name"], org_kind=OrgKind.SOCIAL_SERVICE, on=REGISTERED
    )
    LegalIdentity.objects.create(
        organisation=house, org_kind=OrgKind.ENTERPRISE, name=told["company"], from_on=COMPANY_FROM, to_on=COMPANY_TO
    )


def _colleague(admin: Actor, person: dict[str, str], site: Site, on: date) -> User:
    user = add_user(by=admin, username=person["username"], name=person["name"])
    begin_membership(by=admin, user=user, role=StaffRole.SOCIAL_WORKER, site=site, on=on)
    return user


def _other(admin: Actor, person: dict[str, Any], first: Site, opened: date, until: date) -> None:
    """A colleague of the whole house, or a placement student at the first site."""
    user, role = add_user(by=admin, username=person["username"], name=person["name"]), StaffRole(person["role"])
    placed = role == StaffRole.PLACEMENT_STUDENT
    begin_membership(
        by=admin,
        user=user,
        role=role,
        site=first if placed else None,
        on=opened,
        to_on=until + person["days"] * DAY if placed else None,
    )


def _projects(supervisor: Actor, sites: list[Site], scale: Scale, until: date) -> list[Project]:
    programmes = {row["name"]: begin_programme(by=supervisor, **row) for row in words()["programmes"]}
    return [
        begin_project(
            by=supervisor,
            name=row["name"],
            programme=programmes[row["programme"]],
            from_on=date(until.year - 2 * period - 1, 1, 1),
            to_on=date(until.year - 2 * period, 12, 31),
            sites=sites,
            funder=row["funder"],
            funding_kind=FundingKind(row["funding_kind"]),
            amount=Decimal(row["amount"]),
        )
        for period in range(project_period(until - scale.founded * DAY, until) + 1)
        for row in words()["projects"]
    ]
