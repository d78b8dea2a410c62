"""What cases tell of what is due: first visits, reviews, follow-ups, and notes that nobody has written yet."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from xiezuo.common.days import local
from xiezuo.people.due import Asked, Due, tell_due
from xiezuo.service.access import cases_for
from xiezuo.service.cases.gates import ended_at, written_until
from xiezuo.service.cases.load import notes_not_written
from xiezuo.service.models import Case, FilledForm, FollowUp
from xiezuo.service.vocab import CaseState, Method

CASE = Case._meta.label_lower
MOST = 400


def _cases(asked: Asked) -> QuerySet[Case]:
    """The actor's own; of a supervisor who asks for everyone's, all they see."""
    seen = cases_for(asked.actor)
    mine = seen if asked.everyone and asked.actor.supervises else seen.filter(worker=asked.actor.user)
    return mine.select_related("person", "worker")


def _due(case: Case, kind: str, title: str, on: date, at: time | None = None) -> Due:
    return Due(
        kind=kind,
        title=title,
        table=CASE,
        pk=case.pk,
        on=on,
        at=at,
        about=f"{case.person} · {case.case_no}",
        whose=case.worker.name,
    )


def open_cases(asked: Asked) -> Iterator[Due]:
    """First visits, reviews, and notes that nobody wrote; a case that rests waits for its notes only."""
    visited = FilledForm.objects.filter(case=OuterRef("pk"), record__method=Method.VISIT)
    rows = list(_cases(asked).filter(closed_on=None).annotate(visited=Exists(visited))[:MOST])
    for case in rows:
        if case.state == CaseState.SUSPENDED:
            continue
        if case.first_visit_due_at is not None and case.first_visit_on is None and not case.visited:
            yield from _first_visit(case, local(case.first_visit_due_at), asked.until)
        if case.next_review_on is not None and case.next_review_on <= asked.until:
            yield _due(case, "review", _("Look at the plan together"), case.next_review_on)
    yield from _notes(asked, rows)


def _first_visit(case: Case, due: datetime, until: date) -> Iterator[Due]:
    if due.date() <= until:
        words = _("First visit, %(risk)s risk") % {"risk": case.get_risk_level_display()}
        yield _due(case, "visit", words, due.date(), due.time())


def follow_ups(asked: Asked) -> Iterator[Due]:
    rows = FollowUp.objects.filter(case__in=_cases(asked).values("pk"), done_on=None, due_on__lte=asked.until)
    for row in rows.select_related("case__person", "case__worker")[:MOST]:
        yield _due(row.case, "follow_up", _("Follow up after closing"), row.due_on)


def _notes(asked: Asked, cases: Sequence[Case]) -> Iterator[Due]:
    rows = {case.pk: case for case in cases}
    for pk, records in notes_not_written(asked.actor, cases).items():
        for record in records:
            ended = ended_at(record.service_date, record.starts_at, record.ends_at, None)
            until = written_until(ended) if ended else None
            if until is not None and until.date() <= asked.until and record.service_date is not None:
                words = _("Write what happened on %(day)s") % {"day": record.service_date.isoformat()}
                yield _due(rows[pk], "writing", words, until.date(), until.time() if record.ends_at else None)


def tell() -> None:
    tell_due(open_cases, follow_ups)
