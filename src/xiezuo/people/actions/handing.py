"""Giving the people a colleague works with, and what there is to do about them, to another colleague."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.errors import NotAllowed, RuleBroken
from xiezuo.common.events import happened
from xiezuo.orgs.access import Actor, actor_for
from xiezuo.orgs.models import User
from xiezuo.people.checks import must_be_checked
from xiezuo.people.models import Assignment, Person, Task, Timeline
from xiezuo.people.sections import is_minor
from xiezuo.people.vocab import AssignedFor, Section, TaskState


@transaction.atomic
def hand_people_on(
    *, by: Actor, people: Collection[Person], before: User, after: User, on: date, keeps: Collection[int] = ()
) -> int:
    """`after` works with these people from `on` and has what `before` still had to do about their cases; gives how many
    tasks went over. `before` works with them until the end of the day, apart from those (ids) that they `keep`.

    Raises NotAllowed for who neither supervises nor directs, RuleBroken for a colleague who does no case work or has no
    clear background check where one of the people is under 18 (CHD-5).
    """
    if by.watched or not (by.supervises or by.directs):
        raise NotAllowed(_("A supervisor or the director gives a colleague's people to another one. Ask one of them."))
    if before == after or not actor_for(after, on=on).does_casework:
        words = _("%(name)s does no case work or has them already. Choose another colleague; nothing was changed.")
        raise RuleBroken("people.hand_to_worker", words % {"name": after.name}, field="to")
    for person in people:
        if is_minor(person, on):
            must_be_checked(on=on, user=after)
    for person in people:
        _work_together(by, person, after, on)
        if person.pk not in keeps:
            _work_no_more(by, person, before, on)
    return _tasks_go(by, [person.pk for person in people], before, after)


def _work_together(by: Actor, person: Person, user: User, on: date) -> None:
    _row, new = Assignment.objects.get_or_create(
        person=person, user=user, site=None, to_on=None, defaults={"why": AssignedFor.CASE_TEAM, "from_on": on}
    )
    if new:
        why = AssignedFor.CASE_TEAM
        happened("people.person.assigned", person, by_id=by.id, user=user.pk, site=None, why=why)


def _work_no_more(by: Actor, person: Person, user: User, on: date) -> None:
    for row in Assignment.objects.filter(person=person, user=user, to_on=None):
        row.to_on = max(on, row.from_on)
        row.save(update_fields=["to_on"])
        happened("people.person.unassigned", person, by_id=by.id, user=user.pk, site=None)


def _tasks_go(by: Actor, people: list[int], before: User, after: User) -> int:
    tasks = Task.objects.filter(person__in=people, section=Section.CASE, whose=before, state=TaskState.OPEN)
    moved = 0
    for task in tasks:
        task.whose, task.changed_at = after, now()
        task.save(update_fields=["whose", "changed_at"])
        happened("people.task.handed_on", task, by_id=by.id, to=after.pk)
        moved += 1
    Timeline.objects.filter(person__in=people, section=Section.CASE, whose=before, ended_on=None).update(whose=after)
    return moved
