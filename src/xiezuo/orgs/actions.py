"""What people do with the organisation itself."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.common.walls import around, opened
from xiezuo.orgs.access import MUST_END, Actor, must_run_the_house
from xiezuo.orgs.models import (
    Funding,
    LegalIdentity,
    Membership,
    Organisation,
    Programme,
    Project,
    Site,
    User,
)
from xiezuo.orgs.queries import working_logins
from xiezuo.orgs.sessions import end_sessions
from xiezuo.orgs.uscc import check_uscc
from xiezuo.orgs.vocab import FundingKind, OrgKind, StaffRole


@transaction.atomic
def found_house(*, name: str, org_kind: OrgKind, short_name: str = "", on: date, uscc: str = "") -> Organisation:
    """The first act in a new database: whose house it is. Raises RuleBroken if it is somebody's already."""
    if Organisation.objects.filter(is_house=True).exists():
        raise RuleBroken("orgs.house_exists", _("This database belongs to an organisation already."))
    house = Organisation.objects.create(name=tidy(name), short_name=tidy(short_name), org_kind=org_kind, is_house=True)
    LegalIdentity.objects.create(organisation=house, org_kind=org_kind, name=house.name, uscc=uscc, from_on=on)
    happened("orgs.house.founded", house, by_id=None)
    return house


@transaction.atomic
def first_account(*, username: str, name: str, password: str | None, on: date, roles: tuple[StaffRole, ...]) -> User:
    """The first login of a house, made at the machine itself."""
    if User.objects.exists():
        raise RuleBroken("orgs.accounts_exist", _("This house has accounts already; an administrator adds more."))
    user = User.objects.add(username=username, name=name, password=password, looked_at=now())
    Membership.objects.bulk_create([Membership(user=user, role=role, from_on=on) for role in roles])
    happened("orgs.user.added", user, by_id=None, roles=list(roles))
    return user


@transaction.atomic
def add_user(*, by: Actor | None, username: str, name: str, password: str | None = None) -> User:
    """A new login; without a password it opens with a one-time link. `by` is None at the machine itself."""
    if by is not None:
        must_run_the_house(by)
    username, name = tidy(username), tidy(name)
    if not username or not name:
        raise RuleBroken("orgs.account_needs_names", _("An account needs a user name and a name."), field="username")
    if User.objects.filter(username=username).exists():
        raise RuleBroken("orgs.username_taken", _("This user name is taken; choose another."), field="username")
    user = User.objects.add(username=username, name=name, password=password, looked_at=now())
    happened("orgs.user.added", user, by_id=by.id if by else None)
    return user


@transaction.atomic
def begin_membership(
    *,
    by: Actor | None,
    user: User,
    role: StaffRole,
    on: date,
    site: Site | None = None,
    to_on: date | None = None,
) -> Membership:
    """Give a login a role at a site (None: everywhere) from `on` to `to_on`. The same role twice is one.

    Raises RuleBroken for a role that must have an end and gets none, and for an end before its beginning.
    """
    if by is not None:
        must_run_the_house(by)
    if role in MUST_END and to_on is None:
        words = _("A placement has a last day. Write it down; it can be moved later.")
        raise RuleBroken("orgs.role_needs_end", words, field="to_on")
    if to_on is not None and to_on < on:
        raise RuleBroken("orgs.role_ends_early", _("A role cannot end before it begins."), field="to_on")
    membership, new = Membership.objects.get_or_create(
        user=user, role=role, site=site, from_on=on, defaults={"to_on": to_on}
    )
    if new:
        facts = {"role": role, "site": site.pk if site else None, "from_on": on.isoformat()}
        happened("orgs.membership.began", user, by_id=by.id if by else None, **facts)
    return membership


def _must_leave_an_administrator(*, without: Membership) -> None:
    """Somebody must be able to let others in."""
    others = Membership.objects.filter(role=StaffRole.SYSADMIN, to_on__isnull=True, user__is_active=True)
    if not others.exclude(user=without.user_id).exists():
        raise RuleBroken(
            "orgs.last_administrator",
            _("This is the last system administrator. Give the role to someone else first."),
        )


@transaction.atomic
def close_account(*, by: Actor, user: User) -> User:
    """The login no longer opens anything; what was written with it stays under its name."""
    must_run_the_house(by)
    for held in Membership.objects.filter(user=user, role=StaffRole.SYSADMIN, to_on__isnull=True)[:1]:
        _must_leave_an_administrator(without=held)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    happened("orgs.user.closed", user, by_id=by.id)
    return user


@transaction.atomic
def reopen_account(*, by: Actor, user: User) -> User:
    """The login opens again, with the roles it still has."""
    must_run_the_house(by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    happened("orgs.user.reopened", user, by_id=by.id)
    return user


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, on: date) -> Membership:
    """The role ends with `on`; the history of who could see what stays. With the last role its sessions end."""
    must_run_the_house(by)
    if membership.role == StaffRole.SYSADMIN:
        _must_leave_an_administrator(without=membership)
    membership.to_on = max(on, membership.from_on)
    membership.save(update_fields=["to_on"])
    if not Membership.objects.filter(Q(to_on__isnull=True) | Q(to_on__gt=on), user=membership.user).exists():
        end_sessions(membership.user)
    happened("orgs.membership.ended", membership.user, by_id=by.id, role=membership.role)
    return membership


def _may_arrange(by: Actor) -> None:
    if not by.supervises:
        must_run_the_house(by)


@transaction.atomic
def open_site(
    *, by: Actor, name: str, address: str = "", on: date | None = None, other_names: list[str] | None = None
) -> Site:
    """A place of work of the house. Raises RuleBroken when there is one of that name."""
    _may_arrange(by)
    name = tidy(name)
    if not name:
        raise RuleBroken("orgs.site_name_missing", _("Write the name of the site."), field="name")
    if Site.objects.filter(name=name).exists():
        raise RuleBroken("orgs.site_exists", _("There is a site of this name already."), field="name")
    site = Site.objects.create(name=name, address=tidy(address), opened_on=on, other_names=other_names or [])
    happened("orgs.site.opened", site, by_id=by.id)
    return site


def close_unused_sites(ids: set[int]) -> None:
    """Sites that an import opened and nobody used go with it; part of the import's own transaction."""
    unused = Site.objects.filter(
        pk__in=ids,
        service_records__isnull=True,
        assignments__isnull=True,
        memberships__isnull=True,
        series__isnull=True,
        projects__isnull=True,
    )
    with opened(lambda: around(Site), why="whether anything stands at the site, not what it says"):
        for site in unused:
            # Whatever points at it holds it.
            with suppress(ProtectedError), transaction.atomic():
                site.delete()


@transaction.atomic
def correct_site(
    *,
    by: Actor,
    site: Site,
    address: str,
    opened_on: date | None,
    closed_on: date | None,
    other_names: list[str],
) -> Site:
    """What is known about a site, and how its name is written in old sheets. Such a name may mean one site only."""
    _may_arrange(by)
    if opened_on and closed_on and closed_on < opened_on:
        raise RuleBroken("orgs.site_closes_early", _("A site cannot close before it opens."), field="closed_on")
    names = list(dict.fromkeys(name for name in map(tidy, other_names) if name and name != site.name))
    for other in Site.objects.exclude(pk=site.pk):
        shared = {*names} & {other.name, *other.other_names}
        if shared:
            words = _("“%(name)s” already means %(site)s; one way of writing can mean one site only.")
            raise RuleBroken(
                "orgs.site_name_shared", words % {"name": shared.pop(), "site": other}, field="other_names"
            )
    site.address, site.opened_on, site.closed_on, site.other_names = tidy(address), opened_on, closed_on, names
    site.save()
    happened("orgs.site.corrected", site, by_id=by.id)
    return site


@transaction.atomic
def begin_identity(*, by: Actor, org_kind: OrgKind, name: str, uscc: str, from_on: date) -> LegalIdentity:
    """From a day on the house has another legal form, name or code; the one before ends the day before."""
    must_run_the_house(by)
    house = Organisation.objects.get(is_house=True)
    if not tidy(name):
        raise RuleBroken("orgs.identity_name_missing", _("Write the full name as registered."), field="name")
    last = house.legal_identities.order_by("-from_on").first()
    if last is not None and from_on <= last.from_on:
        raise RuleBroken("orgs.identity_too_early", _("It must begin after the one before it."), field="from_on")
    code = check_uscc(uscc).code if uscc else ""
    if last is not None and last.to_on is None:
        last.to_on = from_on - timedelta(days=1)
        last.save(update_fields=["to_on"])
    identity = LegalIdentity.objects.create(
        organisation=house, org_kind=org_kind, name=tidy(name), uscc=code[:18], from_on=from_on
    )
    house.name, house.org_kind = identity.name, org_kind
    house.save(update_fields=["name", "org_kind"])
    happened("orgs.identity.began", house, by_id=by.id)
    return identity


@transaction.atomic
def begin_programme(*, by: Actor, name: str, about: str = "") -> Programme:
    """A long-running undertaking; beginning one of the same name again gives the one there is."""
    _may_arrange(by)
    if not tidy(name):
        raise RuleBroken("orgs.programme_name_missing", _("Write the name of the programme."), field="name")
    programme, new = Programme.objects.get_or_create(name=tidy(name), defaults={"about": about})
    if new:
        happened("orgs.programme.began", programme, by_id=by.id)
    return programme


@transaction.atomic
def begin_project(
    *,
    by: Actor,
    name: str,
    from_on: date,
    to_on: date | None = None,
    programme: Programme | None = None,
    sites: list[Site] | None = None,
    funder: str = "",
    funding_kind: FundingKind | None = None,
    amount: Decimal | None = None,
) -> Project:
    """A bounded piece of work, with its funder where there is one (amount in yuan)."""
    _may_arrange(by)
    if not tidy(name):
        raise RuleBroken("orgs.project_name_missing", _("Write the name of the project."), field="name")
    if to_on is not None and to_on < from_on:
        raise RuleBroken("orgs.project_ends_early", _("A project cannot end before it begins."), field="to_on")
    if Project.objects.filter(name=tidy(name), from_on=from_on).exists():
        raise RuleBroken("orgs.project_exists", _("There is a project of this name and start already."), field="name")
    project = Project.objects.create(name=tidy(name), from_on=from_on, to_on=to_on, programme=programme)
    project.sites.set(sites or [])
    if funder:
        body, _new = Organisation.objects.get_or_create(name=tidy(funder), defaults={"org_kind": OrgKind.OTHER})
        kind = funding_kind or FundingKind.GRANT
        Funding.objects.create(
            project=project, funder=body, funding_kind=kind, amount=amount, from_on=from_on, to_on=to_on
        )
    happened("orgs.project.began", project, by_id=by.id)
    return project


@transaction.atomic
def choose_language(*, by: Actor, language: str) -> None:
    """The language an account reads in; a setting of its own, without an event."""
    User.objects.filter(pk=by.id).update(language=language)


@transaction.atomic
def look_at_changes(*, by: Actor, until: datetime) -> None:
    """What changed up to a moment has been seen; it never goes back. A setting of one's own, without an event."""
    seen = User.objects.filter(pk=by.id).filter(Q(looked_at__isnull=True) | Q(looked_at__lt=until))
    seen.update(looked_at=until)


@transaction.atomic
def note_login(*, user: User, factor: str) -> None:
    """Called as someone logs in, with the `factor` beside the password ("none" without one). What changed is told since
    the login before this one."""
    if user.last_login is not None:
        User.objects.filter(pk=user.pk).update(looked_at=user.last_login)
    happened("orgs.user.logged_in", user, by_id=user.pk, factor=factor)


MOST_IN_SOLO = 2  # people who run the house; with a third there are two others to sign


@transaction.atomic
def declare_solo(*, by: Actor, solo: bool) -> Organisation:
    """One or two people run this house, or no longer. Raises RuleBroken where more than two have a role."""
    if not by.directs:
        must_run_the_house(by)
    house = Organisation.objects.select_for_update().get(is_house=True)
    if solo and working_logins() > MOST_IN_SOLO:
        raise RuleBroken(
            "orgs.not_solo",
            _("More than two people have a role in this house, so two others can sign. Nothing was changed."),
        )
    if house.solo_mode != solo:
        house.solo_mode = solo
        house.save(update_fields=["solo_mode"])
        happened("orgs.house.solo_declared" if solo else "orgs.house.solo_ended", house, by_id=by.id)
    return house
