"""Classes of this floor whose rows end by themselves: the log of who has read, and answers that hold no more."""

from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from xiezuo.common.days import today
from xiezuo.common.walls import opened
from xiezuo.people.ending import held_on
from xiezuo.people.models import Consent, ReadLog
from xiezuo.people.retention import Over, RecordClass, Rows, earlier, end_of, tell_rows
from xiezuo.people.vocab import ConsentState

LOG, ANSWERS = "people.readlog", "people.consent"
NO_MORE = (ConsentState.WITHDRAWN, ConsentState.REFUSED)
HUNDRED = 100  # a month of the log is named by its year and month: 202603


PERIOD = "an answer that no longer holds has passed its period"


def _months(of: RecordClass, on: date) -> list[Over]:
    """Whole months of the log, each over when its last day is."""
    old = ReadLog.objects.filter(at__date__lte=earlier(on, years=of.years, months=of.months))
    told = old.exclude(person__in=held_on(on)).order_by().values_list("at__date__year", "at__date__month")
    lines = []
    for year, month, rows in told.annotate(n=Count("pk")).order_by("at__date__year", "at__date__month"):
        since = end_of(date(year, month, 1), "month")
        if of.over_on(since) <= on:
            lines.append(Over(LOG, year * HUNDRED + month, of.code, since, of.over_on(since), rows=rows))
    return lines


def _forget_month(month: int) -> int:
    rows = ReadLog.objects.filter(at__date__year=month // HUNDRED, at__date__month=month % HUNDRED)
    return rows.exclude(person__in=held_on(today())).delete()[0]


def _hold_no_more() -> QuerySet[Consent]:
    """Answers that a later one of the same giver took the place of, and those that were no or taken back."""
    newer = Consent.objects.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        given_by=OuterRef("given_by"),
    )
    return Consent.objects.filter(Exists(newer) | Q(state__in=NO_MORE))


def _answers(of: RecordClass, on: date) -> list[Over]:
    old = _hold_no_more().filter(at__date__lte=earlier(on, years=of.years, months=of.months))
    held, lines = held_on(on), []
    with opened("people.Consent", why=PERIOD):
        told = list(old.values_list("pk", "person_id", "at__date"))
    for pk, person, since in told:
        if of.over_on(since) <= on:
            lines.append(Over(ANSWERS, pk, of.code, since, of.over_on(since), held=person in held))
    return lines


def _forget_answer(pk: int) -> int:
    with opened("people.Consent", why=PERIOD):
        answer = Consent.objects.filter(pk=pk).first()
        if answer is None:
            return 0
        if answer.evidence.name:
            transaction.on_commit(partial(answer.evidence.storage.delete, str(answer.evidence.name)))
        return answer.delete()[0]


def tell() -> None:
    tell_rows(Rows(code="log", table=LOG, over=_months, destroy=_forget_month))
    tell_rows(Rows(code="consent", table=ANSWERS, over=_answers, destroy=_forget_answer))
