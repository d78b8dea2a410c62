"""What this floor tells of what is due: tasks, and answers that people wait for."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.forms.models import PackEdition
from xiezuo.forms.vocab import PackKind
from xiezuo.forms.workshop.actions.publishing import tell_of_versions
from xiezuo.people.actions import reckon_again
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.people.members import data_requests_for
from xiezuo.people.models import Task
from xiezuo.people.models.rights import ANSWERED
from xiezuo.people.owed import answers_for_data, audit_due_on
from xiezuo.people.todo import open_tasks_of, open_tasks_under, open_to

MOST = 400  # rows of one table that one asks for at once
TASK, REQUEST, AUDIT = "people.task", "people.datarequest", "people.minorsaudit"


def _task(task: Task) -> Due:
    return Due(
        kind=task.kind,
        title=str(task),
        table=TASK,
        pk=task.pk,
        changed_at=task.changed_at,
        on=task.due_on,
        at=task.due_time,
        waits_for=task.waits_for_year,
        about=str(task.person) if task.person else "",
        whose=task.whose.name,
    )


def tasks(asked: Asked) -> Iterator[Due]:
    """Tasks up to the day, those of which one is reminded already, and those that wait for a year to be announced."""
    rows = open_tasks_under(asked.actor) if asked.everyone else open_tasks_of(asked.actor)
    near = Q(due_on__lte=asked.until) | Q(remind_on__lte=asked.on) | Q(due_on__isnull=True)
    yield from map(_task, open_to(asked.actor, rows.filter(near)[:MOST]))


def requests(asked: Asked) -> Iterator[Due]:
    """Requests about data that wait for the actor's answer."""
    if not (asked.actor.keeps_data or asked.actor.directs or asked.actor.supervises):
        return
    waiting = data_requests_for(asked.actor).exclude(state__in=ANSWERED).filter(due_on__lte=asked.until)
    for row in waiting[:MOST]:
        yield Due(
            kind="request",
            title=row.get_kind_display(),
            table=REQUEST,
            pk=row.pk,
            on=row.due_on,
            about=str(row.subject),
        )


def audit(asked: Asked) -> Iterator[Due]:
    """The yearly look at children's data; where there never was one it is due today."""
    if answers_for_data(asked.actor):
        day = audit_due_on() or asked.on
        if day <= asked.until:
            yield Due(kind="duty", title=str(_("Yearly audit of children's data")), table=AUDIT, pk=0, on=day)


def _a_calendar_came(editions: Sequence[PackEdition]) -> None:
    """Tasks that waited for a year find their day."""
    if any(edition.kind == PackKind.CALENDAR for edition in editions):
        reckon_again()


def tell() -> None:
    tell_due(tasks, requests, audit)
    tell_of_versions(_a_calendar_came)
