"""What is missing for a step of a case, as sentences; deadlines; and whether a note came late. It reads and never writes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.common.days import local
from xiezuo.forms.filling.reading import UNANSWERED
from xiezuo.forms.rules import rule
from xiezuo.forms.vocab import RuleAct
from xiezuo.people.consents import guardian_decides, standing
from xiezuo.people.models import Person
from xiezuo.people.vocab import ConsentPurpose
from xiezuo.service.cases.still_open import open_things
from xiezuo.service.models import Case, ServiceRecord
from xiezuo.service.vocab import CaseState, RiskLevel


def refuses(code: str) -> bool:
    """Whether the rule is kept by refusing; a house may have softened it to a warning."""
    return rule(code).act == RuleAct.REFUSE


def is_signed(answers: Mapping[str, Any], key: str = "own_consent") -> bool:
    """A drawn signature, or consent by word of mouth with whoever heard it."""
    answer = answers.get(key)
    return isinstance(answer, Mapping) and UNANSWERED not in answer and bool(answer)


def plan_missing(answers: Mapping[str, Any], person: Person, on: date) -> list[str]:
    """What a plan lacks before a supervisor can agree to it (CAS-2)."""
    asked = rule("CAS-2", on).values
    goals = [row for row in answers.get("goals") or () if str(row.get("text") or "").strip()]
    missing = []
    if len(goals) < asked["goals_at_least"]:
        words = ngettext(
            "at least %(n)s goal in the person's own words",
            "at least %(n)s goals in the person's own words",
            asked["goals_at_least"],
        )
        missing.append(words % {"n": asked["goals_at_least"]})
    if not is_signed(answers):
        missing.append(_("the person's signature, or their spoken consent with whoever heard it"))
    if guardian_decides(person, on) and not standing(person, ConsentPurpose.SERVICE, on).is_open:
        missing.append(_("the guardian's consent to the service, written down under “Consent” of the person"))
    return missing


def closing_missing(case: Case, answers: Mapping[str, Any] | None = None) -> list[str]:
    """Everything that is missing before the case can close (CAS-3), in one list. `answers`: of the closing form, once there
    is one."""
    missing = []
    if case.state not in {CaseState.EVALUATING, CaseState.CLOSING_PENDING}:
        missing.append(_("the evaluation of what it brought: a closing assessment, or a review that ends with “close”"))
    for key, words in CLOSING.items():
        if answers is not None and not str(answers.get(key) or "").strip():
            missing.append(words())
    return missing + open_things(case)


CLOSING = {
    "reason": lambda: _("the reason for closing"),
    "evaluation": lambda: _("what it brought, in the closing form"),
    "follow_up_plan": lambda: _("how they are followed up afterwards"),
}


def first_visit_due(level: str, since: datetime) -> datetime:
    """Until when the first visit follows on a risk level (CAS-7)."""
    told = rule("CAS-7", local(since).date()).values
    spans = {
        RiskLevel.HIGH: timedelta(hours=told["high_hours"]),
        RiskLevel.MEDIUM: timedelta(hours=told["medium_hours"]),
        RiskLevel.LOW: timedelta(days=told["low_days"]),
    }
    return since + spans[RiskLevel(level)]


def ended_at(day: date | None, starts: time | None, ends: time | None, zone: Any) -> datetime | None:
    """When a contact ended, as far as it is known: without a time, with its day. Past midnight it ends on the next one."""
    if day is None:
        return None
    clock = ends or starts or time.max
    night = timedelta(days=1) if starts and ends and ends < starts else timedelta()
    return datetime.combine(day, clock, tzinfo=zone) + night


def hours_to_write(days: Iterable[date | None]) -> Callable[[date], int]:
    """Within how many hours a note of each of these days is written (CAS-5). Where the rule says the same on the first and on
    the last of them, it is not asked for each day between."""
    known = [day for day in days if day is not None]
    if known and _hours(min(known)) == (same := _hours(max(known))):
        return lambda day: same
    return _hours


def _hours(day: date) -> int:
    return int(rule("CAS-5", day).values["within_hours"])


def written_until(ended: datetime, hours: Callable[[date], int] = _hours) -> datetime:
    return ended + timedelta(hours=hours(ended.date()))


def is_late(ended: datetime | None, saved: datetime, hours: Callable[[date], int] = _hours) -> bool:
    """Whether a note was written later after the end of the contact than CAS-5 says."""
    return ended is not None and saved > written_until(ended, hours)


def note_is_late(record: ServiceRecord, hours: Callable[[date], int] = _hours) -> bool:
    saved = local(record.recorded_at)
    ended = ended_at(record.service_date, record.starts_at, record.ends_at, saved.tzinfo)
    return is_late(ended, saved, hours)
