"""What the next shift of a site has to know: steps that are due, tasks that are late, as far as whoever looks may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from xiezuo.orgs.access import Actor
from xiezuo.orgs.models import Site
from xiezuo.people.models import Assignment, Task
from xiezuo.people.timelines import kind_label
from xiezuo.people.todo import open_to
from xiezuo.people.vocab import TaskState
from xiezuo.service.access import readable_records
from xiezuo.service.models import ServiceRecord
from xiezuo.service.vocab import RecordState

STEP, TASK = ServiceRecord._meta.label_lower, Task._meta.label_lower
MOST = 20  # of each kind


@dataclass(frozen=True)
class Matter:
    """A row pulled into a handover. `about`: what it belongs to; `over`: it is done by now."""

    table: str
    pk: int
    title: str
    about: str | Promise
    due_on: date | None
    over: bool = False

    @property
    def value(self) -> str:
        """As a form carries it."""
        return f"{self.table}|{self.pk}"

    @property
    def is_step(self) -> bool:
        return self.table == STEP


def open_matters(actor: Actor, site: Site, on: date) -> list[Matter]:
    """Next steps of the site that are due, and tasks about its people that are late; the most pressing first."""
    due = Q(next_on__lte=on, next_done_on=None, site=site) & ~Q(state=RecordState.CANCELLED)
    steps = readable_records(actor).filter(due).order_by("next_on", "pk")[:MOST]
    comes = Exists(Assignment.objects.filter(person=OuterRef("person"), site=site, to_on=None))
    late = Task.objects.filter(comes, state=TaskState.OPEN, due_on__lt=on, person__erased_on=None)
    tasks = open_to(actor, late.select_related("person", "whose", "timeline").order_by("due_on", "pk")[:MOST])
    found = [*map(_of_step, steps), *map(_of_task, tasks)]
    return sorted(found, key=lambda one: (one.due_on or on, one.table, one.pk))


def _of_step(record: ServiceRecord) -> Matter:
    over = record.next_done_on is not None or record.state == RecordState.CANCELLED
    return Matter(STEP, record.pk, record.next_step, str(record), record.next_on, over)


def _of_task(task: Task) -> Matter:
    about = f"{kind_label(task.kind)} · {task.person or task.whose.name}"
    return Matter(TASK, task.pk, str(task), about, task.due_on, task.state != TaskState.OPEN)


@dataclass(frozen=True)
class Pulled:
    """The matters of a note that whoever looks may read, and how many others there are."""

    matters: list[Matter]
    closed: int


def pulled(actor: Actor, matters: Sequence[Sequence[object]]) -> Pulled:
    """What a note pulled in, as it stands now."""
    ids: dict[str, list[int]] = {STEP: [], TASK: []}
    for table, pk in matters:
        if table in ids and isinstance(pk, int):
            ids[str(table)].append(pk)
    steps = {row.pk: _of_step(row) for row in readable_records(actor).filter(pk__in=ids[STEP]) if row.next_step}
    rows = Task.objects.filter(pk__in=ids[TASK], person__erased_on=None).select_related("person", "whose", "timeline")
    tasks = {row.pk: _of_task(row) for row in open_to(actor, rows)}
    found = [*(steps[pk] for pk in ids[STEP] if pk in steps), *(tasks[pk] for pk in ids[TASK] if pk in tasks)]
    return Pulled(found, len(matters) - len(found))
