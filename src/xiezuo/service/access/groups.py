"""Who may see which groups and activities: facts of the house, known at their site and to whoever leads them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import must_do_casework, people_for
from xiezuo.service.models import Activity, ActivityDay, DayHelper, Group, GroupMember, SignUp, YouthGroup

ELSEWHERE = _("This belongs to a site where you do not work, or there is no such thing. Ask a colleague there.")


def _of_places(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the sites at which the actor writes work down; a group also for whoever leads it."""
    if not actor.does_casework:
        return rows.none()
    if None in actor.places:
        return rows
    here = Q(site__in=[site for site in actor.places if site is not None]) | Q(site__isnull=True)
    return rows.filter(here)


def groups_for(actor: Actor) -> QuerySet[Group]:
    if not actor.does_casework:
        return Group.objects.none()
    led = Group.leaders.through.objects.filter(user_id=actor.id).values("group_id")
    return Group.objects.filter(
        Q(pk__in=_of_places(actor, Group.objects.all()).order_by().values("pk")) | Q(pk__in=led)
    )


def activities_for(actor: Actor) -> QuerySet[Activity]:
    found: QuerySet[Activity] = _of_places(actor, Activity.objects.all())
    return found


def youth_groups_for(actor: Actor) -> QuerySet[YouthGroup]:
    found: QuerySet[YouthGroup] = _of_places(actor, YouthGroup.objects.all())
    return found


def group_for(actor: Actor, pk: int) -> Group:
    """One group. Raises NotAllowed with the same words whether it exists or not."""
    return _one(groups_for(actor).select_related("site", "series", "plan"), pk)


def activity_for(actor: Actor, pk: int) -> Activity:
    """One activity. Raises NotAllowed with the same words whether it exists or not."""
    return _one(activities_for(actor).select_related("site", "series", "plan", "youth_group"), pk)


def youth_group_for(actor: Actor, pk: int) -> YouthGroup:
    """One youth group. Raises NotAllowed with the same words whether it exists or not."""
    return _one(youth_groups_for(actor).select_related("site", "leader"), pk)


def day_for(actor: Actor, pk: int) -> ActivityDay:
    """One day of an activity. Raises NotAllowed with the same words whether it exists or not."""
    days = ActivityDay.objects.filter(activity__in=activities_for(actor).order_by().values("pk"))
    return _one(days.select_related("activity__site", "activity__series", "record"), pk)


def helper_for(actor: Actor, pk: int) -> DayHelper:
    """Someone who helps on a day. Raises NotAllowed with the same words whether they do or not."""
    rows = DayHelper.objects.filter(day__activity__in=activities_for(actor).order_by().values("pk"))
    return _one(rows.select_related("day__activity", "person"), pk)


def sign_up_for(actor: Actor, pk: int) -> SignUp:
    """One sign-up. Raises NotAllowed with the same words whether it exists or not."""
    rows = SignUp.objects.filter(activity__in=activities_for(actor).order_by().values("pk"))
    return _one(rows.select_related("activity", "person"), pk)


def member_for(actor: Actor, pk: int) -> GroupMember:
    """One member of a group. Raises NotAllowed with the same words whether they exist or not."""
    rows = GroupMember.objects.filter(group__in=groups_for(actor).order_by().values("pk"))
    return _one(rows.select_related("group", "person"), pk)


def _one(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotAllowed(ELSEWHERE)
    return found


def must_work_at(actor: Actor, site: int | None) -> None:
    """Raises NotAllowed unless the actor writes work down at this site."""
    must_do_casework(actor)
    if actor.watched or not actor.places & {None, site}:
        raise NotAllowed(_("You do not work at this site. A colleague there, or a supervisor, does this."))


def must_run_group(actor: Actor, group: Group) -> None:
    """Raises NotAllowed unless the actor works at its site or leads it."""
    if actor.watched or not group.leaders.filter(pk=actor.id).exists():
        must_work_at(actor, group.site_id)


def known_among(actor: Actor, ids: set[int]) -> set[int]:
    """Of these people those whose name the actor may know."""
    return set(people_for(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
