"""Who sees which task: one about a person whoever may read that part of the file, one about nobody whose it is."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import NotAllowed
from xiezuo.orgs.access import Actor
from xiezuo.people.access import among, people_for, sections_of
from xiezuo.people.models import Person, Task, Timeline
from xiezuo.people.sections import Sections
from xiezuo.people.vocab import Section, TaskState


def open_to(actor: Actor, tasks: Iterable[Task]) -> list[Task]:
    """Of tasks (with their person) those that the actor may read, in at most three queries."""
    found = list(tasks)
    people = {task.person_id: task.person for task in found if task.person}
    seen = sections_of(actor, people.values())
    return [task for task in found if _is_open(actor, task, seen[task.person_id] if task.person_id else ())]


def _is_open(actor: Actor, task: Task, sections: object) -> bool:
    if task.person_id is None:
        return actor.id in {task.whose_id, task.written_by_id}
    return task.section in sections  # type: ignore[operator]


def open_tasks_of(actor: Actor) -> QuerySet[Task]:
    """What the actor has to do. Whether it may still be read, `open_to` says."""
    return _open().filter(whose=actor.user)


def open_tasks_under(actor: Actor) -> QuerySet[Task]:
    """What everyone has to do about the people a supervisor sees, and what the actor has to do or wrote."""
    mine = Q(whose=actor.user) | Q(written_by=actor.user)
    return _open().filter(mine | among(people_for(actor))) if actor.supervises else _open().filter(mine)


def _open() -> QuerySet[Task]:
    known = Task.objects.filter(state=TaskState.OPEN, person__erased_on__isnull=True)
    return known.select_related("person", "whose", "timeline")


def task_for(actor: Actor, pk: int) -> Task:
    """One task. Raises NotAllowed with the same words whether it exists or not."""
    task = Task.objects.filter(pk=pk).select_related("person", "whose", "timeline", "written_by", "ended_by").first()
    if task is None or not open_to(actor, [task]):
        raise NotAllowed(
            _("This task is a colleague's or about someone whose file is closed to you, or there is none.")
        )
    return task


def timeline_for(actor: Actor, person: Person, pk: int) -> Timeline:
    """A series of steps of a person, where that part of the file is open. Raises NotAllowed."""
    found = next((row for row in timelines_of(actor, person) if row.pk == pk), None)
    if found is None:
        raise NotAllowed(_("There is no such series of steps for this person, or it is closed to you."))
    return found


def timelines_of(actor: Actor, person: Person) -> list[Timeline]:
    """Series of steps begun for a person, those going on first, as far as the actor may read them."""
    seen = sections_of(actor, [person])[person.pk]
    rows = person.timelines.filter(section__in=seen.open).select_related("whose", "began_by").prefetch_related("tasks")
    return sorted(rows, key=lambda row: row.ended_on is not None)


def tasks_about(actor: Actor, person: Person, sections: Sections | None = None) -> list[Task]:
    """Open tasks about a person that belong to no series, as far as the actor may read them. `sections`: what of the file is
    open to them, where that is known already."""
    seen = sections or sections_of(actor, [person])[person.pk]
    return list(_open().filter(person=person, timeline__isnull=True, section__in=seen.open))


def sections_for_tasks(actor: Actor, person: Person) -> list[Section]:
    """The parts of the file to which the actor may add a task."""
    seen = sections_of(actor, [person])[person.pk]
    return [section for section in (Section.CASE, Section.SERVICES, Section.VOLUNTEERING) if section in seen]


def may_end(actor: Actor, task: Task) -> bool:
    """Says that it is done, postpones or drops it: whose it is, who wrote it, and who answers for the work."""
    return not actor.watched and (
        actor.id in {task.whose_id, task.written_by_id} or (task.person_id is not None and actor.supervises)
    )


def must_end(actor: Actor, task: Task) -> None:
    if not may_end(actor, task):
        raise NotAllowed(_("This is a colleague's task. They, or a supervisor, say that it is done."))


def changed_last(actor: Actor) -> datetime | None:
    """When anything of what the actor has, or had, to do was last changed."""
    return Task.objects.filter(whose=actor.user).aggregate(last=Max("changed_at"))["last"]
