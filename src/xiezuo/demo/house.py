"""The sample organisation: its legal identities, sites, programmes, projects and colleagues."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
from xiezuo.orgs.models import LegalIdentity, Project, Site
from xiezuo.orgs.vocab import FundingKind, OrgKind, StaffRole

COMPANY_FROM, COMPANY_TO, REGISTERED = date(2003, 10, 1), date(2010, 5, 31), date(2010, 6, 1)
FIRST_SITES = date(2015, 9, 1)


@dataclass
class DemoHouse:
    """`workers` maps a site's id to the social worker there; `second` also helps out at the first site."""

    sites: list[Site]
    workers: dict[int, Actor]
    second: Actor
    supervisor: Actor
    projects: list[Project]


def build_house(until: date) -> DemoHouse:
    """Found the organisation. Its projects run from the year before `until` to the end of that year."""
    told = words()
    house = found_house(
        name=told["house"]["name"],
        short_name=told["house"]["short_name"],
        org_kind=OrgKind.SOCIAL_SERVICE,
        on=REGISTERED,
    )
    LegalIdentity.objects.create(
        organisation=house,
        org_kind=OrgKind.ENTERPRISE,
        name=told["house"]["company"],
        from_on=COMPANY_FROM,
        to_on=COMPANY_TO,
    )
    admin = actor_for(
        first_account(username="zhiyuan", name="张志远", password=None, on=REGISTERED, roles=(StaffRole.SYSADMIN,))
    )
    chenli = add_user(by=admin, username="chenli", name="陈立")
    begin_membership(by=admin, user=chenli, role=StaffRole.SUPERVISOR, on=FIRST_SITES)
    supervisor = actor_for(chenli)
    sites = [open_site(by=admin, on=FIRST_SITES, **site) for site in told["sites"]]
    workers = {}
    for person, site in zip(told["staff"], sites, strict=True):
        user = add_user(by=admin, username=person["username"], name=person["name"])
        begin_membership(by=admin, user=user, role=StaffRole.SOCIAL_WORKER, site=site, on=FIRST_SITES)
        workers[site.pk] = actor_for(user)
    # At the first site two work side by side, as at most places.
    helper = workers[sites[1].pk].user
    begin_membership(by=admin, user=helper, role=StaffRole.SOCIAL_WORKER, site=sites[0], on=FIRST_SITES)
    workers[sites[1].pk] = second = actor_for(helper)
    programmes = {row["name"]: begin_programme(by=supervisor, **row) for row in told["programmes"]}
    projects = [
        begin_project(
            by=supervisor,
            name=row["name"],
            programme=programmes[row["programme"]],
            from_on=date(until.year - 1, 1, 1),
            to_on=date(until.year, 12, 31),
            sites=sites,
            funder=row["funder"],
            funding_kind=FundingKind(row["funding_kind"]),
            amount=Decimal(row["amount"]),
        )
        for row in told["projects"]
    ]
    return DemoHouse(sites, workers, second, supervisor, projects)
