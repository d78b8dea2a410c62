"""Who is asking. Every other floor's access starts from an Actor."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import today
from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.models import Funding, Membership, Programme, Project, Site, User
from xiezuo.orgs.vocab import StaffRole

CASEWORK = frozenset({StaffRole.SOCIAL_WORKER, StaffRole.SUPERVISOR, StaffRole.PLACEMENT_STUDENT})
# Of these, whose site is enough to see the people who come there; a placement student sees whom they were given.
BY_SITE = CASEWORK - {StaffRole.PLACEMENT_STUDENT}
# A placement is for a term: such a role is given with its last day.
MUST_END = frozenset({StaffRole.PLACEMENT_STUDENT})


@dataclass(frozen=True)
class Actor:
    """A login with the roles it holds on one day, each at a site or (None) at all of them.

    `watched` is set while someone looks at the house as one of these roles would: then nothing may be written.
    """

    user: User
    held: frozenset[tuple[str, int | None]]
    watched: bool = False

    @property
    def id(self) -> int:
        return self.user.pk

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _site in self.held)

    def _where(self, roles: Collection[str]) -> frozenset[int | None]:
        return frozenset(site for role, site in self.held if role in roles)

    @cached_property
    def sites(self) -> frozenset[int]:
        """The sites whose people the actor sees."""
        return frozenset(site for site in self._where(BY_SITE) if site is not None)

    @cached_property
    def everywhere(self) -> bool:
        """Sees the people of all sites."""
        return None in self._where(BY_SITE)

    @cached_property
    def places(self) -> frozenset[int | None]:
        """The sites (None: all) where the actor may write work down, those of a placement student included."""
        return self._where(CASEWORK)

    @cached_property
    def volunteer_sites(self) -> frozenset[int | None]:
        """The sites (None: all) whose volunteers the actor looks after."""
        return self._where({StaffRole.VOLUNTEER_COORDINATOR})

    @property
    def does_casework(self) -> bool:
        """Works with people at all. A system administrator alone runs the machine and reads no case."""
        return bool(self.roles & CASEWORK)

    @property
    def works_by_site(self) -> bool:
        """Sees the people of whole sites; may bring files, merge records and pass figures on."""
        return bool(self.roles & BY_SITE)

    @property
    def runs_the_house(self) -> bool:
        return StaffRole.SYSADMIN in self.roles

    @property
    def supervises(self) -> bool:
        return StaffRole.SUPERVISOR in self.roles

    def supervises_at(self, site: int | None) -> bool:
        """Answers for the work at a site (None: for work that belongs to none)."""
        where = self._where({StaffRole.SUPERVISOR})
        return None in where or (site is not None and site in where)

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
    return Actor(user=user, held=frozenset(held.values_list("role", "site_id")) if user.is_active else frozenset())


def sites_for(actor: Actor) -> QuerySet[Site]:
    """Sites the actor works at; whoever runs or directs the house sees them all (they are public)."""
    if actor.everywhere or actor.runs_the_house or actor.directs or None in actor.places | actor.volunteer_sites:
        return Site.objects.all()
    return Site.objects.filter(pk__in=[site for site in actor.places | actor.volunteer_sites if site is not None])


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


def fundings_for(actor: Actor) -> QuerySet[Funding]:
    """The money of projects: internal, not personal."""
    return Funding.objects.filter(project__in=projects_for(actor)).select_related("funder", "project")


def funding_for(actor: Actor, pk: int) -> Funding:
    """One funding of a project. Raises NotAllowed."""
    found = fundings_for(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("There is no such money of a project."))
    return found


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
