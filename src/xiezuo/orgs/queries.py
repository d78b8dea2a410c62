"""Questions about the house that more than one caller asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from xiezuo.common.days import today
from xiezuo.orgs.access import CASEWORK, Actor
from xiezuo.orgs.models import LegalIdentity, Membership, Organisation, Site, User
from xiezuo.orgs.vocab import StaffRole


def house_name() -> str:
    """The short name of the legal person whose house this is; empty before `init`."""
    house = Organisation.objects.filter(is_house=True).first()
    return str(house) if house else ""


def house_full_name() -> str:
    """The name as registered, for papers that leave the house; empty before `init`."""
    house = Organisation.objects.filter(is_house=True).first()
    return house.name if house else ""


def works_alone() -> bool:
    """Whether the house is one person's, so that only what the law itself demands waits for a second one."""
    return Organisation.objects.filter(is_house=True, solo_mode=True).exists()


def all_sites() -> list[Site]:
    """Every site of the house; where it works is public."""
    return list(Site.objects.all())


@dataclass(frozen=True)
class LoginWithRoles:
    user: User
    roles: list[str]


def logins_with_roles() -> list[LoginWithRoles]:
    """Active logins that hold a role today, with the labels of their roles, in the order they were made."""
    day = today()
    held = Membership.objects.filter(user__is_active=True, from_on__lte=day).select_related("user")
    by_user: dict[User, dict[str, None]] = defaultdict(dict)
    for row in held.filter(Q(to_on__isnull=True) | Q(to_on__gte=day)).order_by("user_id", "pk"):
        by_user[row.user][str(StaffRole(row.role).label)] = None
    return [LoginWithRoles(user, list(roles)) for user, roles in by_user.items()]


def in_force(day: date) -> Q:
    """Memberships that hold on a day."""
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


def roles_held(users: Iterable[User]) -> dict[int, list[Membership]]:
    """The roles each of these logins holds today, by login id."""
    rows = Membership.objects.filter(in_force(today()), user__in=list(users)).select_related("site")
    held: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.order_by("pk"):
        held[row.user_id].append(row)
    return held


def role_words(users: Iterable[int]) -> dict[int, list[str]]:
    """Login id → what each of these logins is here today, in words."""
    rows = Membership.objects.filter(in_force(today()), user__in=set(users)).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for user, role in rows.values_list("user_id", "role"):
        words = str(StaffRole(role).label)
        if words not in found[user]:
            found[user].append(words)
    return found


def role_history(user: User) -> list[Membership]:
    """Every role a login ever had, the latest first."""
    return list(Membership.objects.filter(user=user).select_related("site").order_by("-from_on", "-pk"))


def roles_ending(actor: Actor, *, on: date, within_days: int) -> list[Membership]:
    """Roles that end within so many days of `on`: one's own, and for supervisors and administrators everyone's."""
    soon = Membership.objects.filter(to_on__gte=on, to_on__lte=on + timedelta(days=within_days), user__is_active=True)
    if not (actor.supervises or actor.runs_the_house):
        soon = soon.filter(user=actor.user)
    return list(soon.select_related("user", "site").order_by("to_on", "pk"))


def staff_of(site: Site) -> list[Membership]:
    """Who works with people at a site today, those of all sites included, by name."""
    here = Membership.objects.filter(in_force(today()), user__is_active=True, role__in=list(CASEWORK))
    return list(here.filter(Q(site=site) | Q(site__isnull=True)).select_related("user").order_by("user__name", "pk"))


def supervisors_of(sites: Iterable[int]) -> list[User]:
    """Who supervises one of these sites (ids) or the whole house today, by name."""
    held = Membership.objects.filter(in_force(today()), role=StaffRole.SUPERVISOR)
    here = held.filter(Q(site__in=list(sites)) | Q(site__isnull=True)).values("user_id")
    return list(User.objects.filter(pk__in=here, is_active=True).order_by("name", "pk"))


def identities() -> list[LegalIdentity]:
    """The legal forms and names the house has had, the latest first."""
    return list(LegalIdentity.objects.filter(organisation__is_house=True).order_by("-from_on", "-pk"))


def login_by_id(pk: int) -> User | None:
    """An active login, for a link that was made for it."""
    return User.objects.filter(pk=pk, is_active=True).first()


def login_named(username: str) -> User | None:
    """The login of this user name, closed ones too."""
    return User.objects.filter(username=username).first()


def staff_by_name() -> dict[str, User]:
    """Logins by the name colleagues see, closed ones too, for old records; a name that two of them bear is no one's."""
    named: dict[str, list[User]] = defaultdict(list)
    for user in User.objects.all():
        named[user.name].append(user)
    return {name: users[0] for name, users in named.items() if len(users) == 1}


def working_logins() -> int:
    """How many logins hold a role today."""
    return len(logins_with_roles())
