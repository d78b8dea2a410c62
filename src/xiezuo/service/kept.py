"""Figures kept in this process until something that counts is written.

A question is its own SQL, so that whoever sees other rows asks another question. An answer remembers the last event
before it was counted. Every action writes its event in its own transaction, so the events since then say whether the
answer still holds; an event that is not known to be harmless ends it. Nothing is kept that was counted inside a
transaction, for what it saw may be rolled back.
"""

from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from xiezuo.common.models import Event
from xiezuo.service.models import ServiceRecord

T = TypeVar("T")
MOST_ROWS = 200_000  # of all answers together; some 40 MB
MOST_EVENTS = 200  # more than these since an answer: counting anew is cheaper than judging them
RECORD = "service.servicerecord"
# Neither services, nor who took part, nor who may see them change with these; everything else ends an answer.
HARMLESS = frozenset(
    {
        "orgs.account.locked",
        "orgs.address.locked",
        "orgs.code.locked",
        "orgs.factor.added",
        "orgs.factor.code_used",
        "orgs.factor.codes_made",
        "orgs.factor.copied",
        "orgs.factor.removed",
        "orgs.factor.taken_away",
        "orgs.link.locked",
        "orgs.upload.locked",
        "orgs.user.link_made",
        "orgs.user.link_revoked",
        "orgs.user.logged_in",
        "orgs.user.logged_out",
        "orgs.user.logged_out_elsewhere",
        "orgs.user.password_set",
        "orgs.user.unlocked",
        "people.check.noted",
        "people.collector.ended",
        "people.collector.named",
        "people.consent.noted",
        "people.growth.noted",
        "people.destruction.approved",
        "people.destruction.begun",
        "people.destruction.done",
        "people.destruction.dropped",
        "people.destruction.proposed",
        "people.guardianship.ended",
        "people.guardianship.noted",
        "people.duplicate.decided",
        "people.duplicate.named",
        "people.duplicates.proposed",
        "people.hold.ended",
        "people.hold.set",
        "people.household.corrected",
        "people.household.founded",
        "people.household.joined",
        "people.household.left",
        "people.household.moved",
        "people.notice.published",
        "people.person.registered",
        "people.relationship.noted",
        "people.role.began",
        "people.role.ended",
        "service.child.entrusted",
        "service.child.left",
        "service.child.may_go_alone",
        "service.child.not_alone",
        "service.child.parents_in_contact",
        "service.child.turned_away",
        "service.child.with_parents_again",
        "service.evidence.added",
        "service.step.finished",
    }
)
# These concern one record; where it lies later than the period asked about, the answer holds.
OF_ONE_RECORD = frozenset({"service.record.written", "service.record.cancelled", "service.checkin.noted"})
CORRECTED = "service.record.corrected"


@dataclass(frozen=True)
class _Answer(Generic[T]):
    """`event` and `hash`: the last event when it was counted (0 for none); `through`: the last year asked about."""

    value: T
    event: int
    hash: str
    through: int | None


# The last event (id and hash) when the answer that is being counted was begun.
_counting: ContextVar[tuple[int, str] | None] = ContextVar("counting", default=None)
_answers: OrderedDict[tuple[Any, ...], _Answer[Any]] = OrderedDict()
_rows = 0
_lock = Lock()


def kept(what: str, rows: QuerySet[Any], count: Callable[[], T], *, through: int | None = None) -> T:
    """`count()`, or what it gave before if that still holds. `what` and `rows` say what is counted.

    `through` promises that no record dated after that year can change the answer. The answer is shared: leave it as
    it is.
    """
    key = _key(what, rows)
    if key is None:
        return count()
    answer = _holding(key)
    if answer is not None:
        return answer.value
    # What is counted for another answer is as old as that answer: the log is asked once for all of them.
    last = _counting.get() or Event.objects.order_by("-id").values_list("id", "hash").first() or (0, "")
    began = _counting.set(last)
    try:
        value = count()
    finally:
        _counting.reset(began)
    _remember(key, _Answer(value, *last, through))
    return value


def known(what: str, rows: QuerySet[Any]) -> Any:
    """What `kept` would give for the same question without counting; None where it would have to count."""
    key = _key(what, rows.order_by())
    answer = _holding(key) if key is not None else None
    return None if answer is None else answer.value


def _key(what: str, rows: QuerySet[Any]) -> tuple[Any, ...] | None:
    """None where nothing is kept: inside a transaction, and for a question that no row can answer."""
    if connection.in_atomic_block:
        return None
    try:
        return (str(connection.settings_dict["NAME"]), what, *_hashable(rows.query.sql_with_params()))
    except EmptyResultSet:
        return None


def _holding(key: tuple[Any, ...]) -> _Answer[Any] | None:
    """The answer to a question as of now; None where there is none or it may have changed."""
    before = _answers.get(key)
    if before is None or (before.event, before.hash) == _counting.get():
        return before
    holding = _still_holds(before)
    if holding is not None:
        _remember(key, holding)
    return holding


def forget_all() -> None:
    global _rows
    with _lock:
        _answers.clear()
        _rows = 0


def _hashable(asked: tuple[str, Any]) -> tuple[str, str]:
    sql, params = asked
    return sql, repr(params)


def _remember(key: tuple[Any, ...], answer: _Answer[Any]) -> None:
    """Keep the answer; those not asked for longest make room."""
    global _rows
    with _lock:
        before = _answers.pop(key, None)
        _rows += _size(answer) - (_size(before) if before else 0)
        _answers[key] = answer
        while _rows > MOST_ROWS:
            _rows -= _size(_answers.popitem(last=False)[1])


def _size(answer: _Answer[Any]) -> int:
    return 10 + (len(answer.value) if isinstance(answer.value, dict | list | set) else 1)


def _still_holds(answer: _Answer[Any]) -> _Answer[Any] | None:
    """The answer as of now, or None if it may have changed."""
    since = Event.objects.filter(pk__gte=answer.event).order_by("id")
    events = list(since.only("code", "subject", "subject_id", "facts", "hash")[:MOST_EVENTS])
    if answer.event:
        # Another house, or one restored from a backup, has another event in this place.
        if not events or (events[0].pk, events[0].hash) != (answer.event, answer.hash):
            return None
        events = events[1:]
    if not events:
        return answer
    if len(events) >= MOST_EVENTS - 1 or _may_change(events, answer.through):
        return None
    return replace(answer, event=events[-1].pk, hash=events[-1].hash)


def _may_change(events: list[Event], through: int | None) -> bool:
    serious = [event for event in events if event.code not in HARMLESS]
    if not serious:
        return False
    if through is None or any(not _of_one_day(event) for event in serious):
        return True
    records = ServiceRecord.objects.filter(pk__in={event.subject_id for event in serious})
    days = dict(records.values_list("pk", "service_date"))
    return any((day := days.get(event.subject_id)) is None or day.year <= through for event in serious)


def _of_one_day(event: Event) -> bool:
    """Whether it concerns one record whose date it left as it was."""
    if event.subject != RECORD:
        return False
    if event.code == CORRECTED:
        return not {"service_date", "date_precision"} & set(event.facts.get("fields", ["service_date"]))
    return event.code in OF_ONE_RECORD
