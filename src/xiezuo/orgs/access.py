"""Who is asking. Every other floor's access starts from an Actor."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.models import Membership, Programme, Project, Site, User
from xiezuo.orgs.vocab import StaffRole

CASEWORK = frozenset({StaffRole.SOCIAL_WORKER, StaffRole.SUPERVISOR, StaffRole.PLACEMENT_STUDENT})
# Of these, whose site is enough to see the people who come there; a placement student sees whom they were given.
BY_SITE = CASEWORK - {StaffRole.PLACEMENT_STUDENT}
# A placement is for a term: such a role is given with its last day.
MUST_END = frozenset({StaffRole.PLACEMENT_STUDENT})


@dataclass(frozen=True)
class Actor:
    """A login with the rights it has on one day.

    `sites` are the sites whose people it sees; `everywhere` says it sees those of all. `places` are the sites where it
    may write work down, those of a placement student included. `volunteer_sites`: where it looks after volunteers;
    None in it stands for all of them.
    """

    user: User
    roles: frozenset[str]
    sites: frozenset[int]
    everywhere: bool
    places: frozenset[int | None] = frozenset()
    volunteer_sites: frozenset[int | None] = frozenset()

    @property
    def id(self) -> int:
        return self.user.pk

    @property
    def does_casework(self) -> bool:
        """Works with people at all. A system administrator alone runs the machine and reads no case."""
        return bool(self.roles & CASEWORK)

    @property
    def runs_the_house(self) -> bool:
        return StaffRole.SYSADMIN in self.roles

    @property
    def supervises(self) -> bool:
        return StaffRole.SUPERVISOR in self.roles

    @property
    def works_by_site(self) -> bool:
        """Sees the people of whole sites; may bring files, merge records and pass figures on."""
        return bool(self.roles & BY_SITE)

    @property
    def coordinates_volunteers(self) -> bool:
        return StaffRole.VOLUNTEER_COORDINATOR in self.roles

    @property
    def directs(self) -> bool:
        return StaffRole.DIRECTOR in self.roles

    @property
    def keeps_data(self) -> bool:
        """Answers what people ask about their data, and for how long it is kept."""
        return StaffRole.DATA_STEWARD in self.roles


def actor_for(user: User, *, on: date | None = None) -> Actor:
    """The rights of `user` on a day (default today), from memberships in force. An inactive login has none."""
    day = on or today()
    held = Membership.objects.filter(user=user, from_on__lte=day).filter(Q(to_on__isnull=True) | Q(to_on__gte=day))
    rows = list(held.values_list("role", "site_id")) if user.is_active else []
    by_site = [site for role, site in rows if role in BY_SITE]
    return Actor(
        user=user,
        roles=frozenset(role for role, _site in rows),
        sites=frozenset(site for site in by_site if site is not None),
        everywhere=None in by_site,
        places=frozenset(site for role, site in rows if role in CASEWORK),
        volunteer_sites=frozenset(site for role, site in rows if role == StaffRole.VOLUNTEER_COORDINATOR),
    )


def sites_for(actor: Actor) -> QuerySet[Site]:
    """Sites the actor works at; whoever runs or directs the house sees them all (they are public)."""
    if actor.everywhere or actor.runs_the_house or actor.directs or None in actor.places | actor.volunteer_sites:
        return Site.objects.all()
    return Site.objects.filter(pk__in=actor.places | actor.volunteer_sites)


def site_for(actor: Actor, pk: int) -> Site:
    """One site the actor works at. Raises NotAllowed with the same words whether it exists or not."""
    site = sites_for(actor).filter(pk=pk).first()
    if site is None:
        raise NotAllowed(_("You do not work at this site, or there is no such site."))
    return site


def project_for(actor: Actor, pk: int) -> Project:
    """One project of the house. Raises NotAllowed."""
    project = projects_for(actor).filter(pk=pk).select_related("programme").first()
    if project is None:
        raise NotAllowed(_("There is no such project."))
    return project


def programmes_for(actor: Actor) -> QuerySet[Programme]:
    """Programmes are public: everyone on the staff sees them."""
    return Programme.objects.all() if actor.roles else Programme.objects.none()


def can_arrange(actor: Actor) -> bool:
    """May open sites and begin projects: supervisors and system administrators."""
    return actor.supervises or actor.runs_the_house


def accounts_for(actor: Actor) -> QuerySet[User]:
    """Every login, also closed ones, for whoever runs the house. Raises NotAllowed for anyone else."""
    must_run_the_house(actor)
    return User.objects.order_by("name", "pk")


def account_for(actor: Actor, pk: int) -> User:
    """One login. Raises NotAllowed."""
    user = accounts_for(actor).filter(pk=pk).first()
    if user is None:
        raise NotAllowed(_("There is no such account."))
    return user


def projects_for(actor: Actor) -> QuerySet[Project]:
    """Projects are internal, not personal: everyone on the staff sees them."""
    return Project.objects.all() if actor.roles else Project.objects.none()


def must_run_the_house(actor: Actor) -> None:
    """Raises NotAllowed unless the actor is a system administrator."""
    if not actor.runs_the_house:
        raise NotAllowed(_("Only a system administrator of this house may do this. Ask one of them."))


def must_publish_notices(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may say what the house tells people before it asks them."""
    if not actor.supervises:
        raise NotAllowed(_("Only a supervisor publishes what people are told before they are asked. Ask one of them."))


def colleagues_for(actor: Actor) -> QuerySet[User]:
    """Logins an actor may name on a record: everyone active on the staff."""
    return User.objects.filter(is_active=True) if actor.roles else User.objects.none()
