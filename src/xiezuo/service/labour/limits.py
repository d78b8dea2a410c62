"""Limits by law in matters at work (LAB-1 to LAB-6): which day, from which article, and what may move it. Pure arithmetic over
packs due-default and rules-national. No answer here says that it is too late: that is for a lawyer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiezuo.forms.calendar import Day, is_working_day
from xiezuo.forms.deadlines import deadline, due, is_close, may_run_to
from xiezuo.service.vocab import LabourKind

DISPUTE, LEFT, ANEW = "LAB-1", "LAB-2", "LAB-3"
DECISION, ASSIGNED, IN_ADVANCE, MEANS = "LAB-4-decision", "LAB-4-assign", "LAB-5", "LAB-6"
RULES = {DECISION: "LAB-4", ASSIGNED: "LAB-4"}


@dataclass(frozen=True)
class Limit:
    """`day`: the last day, which is watched. `runs_on`: where that is a day on which nobody works, the day to which it may be
    read to run on; a day that nobody can tell yet where its year is not announced; None where both are one.

    `since`: from which day it counts. `code` names the deadline, `rule` what the law asks.
    """

    code: str
    since: date
    day: date
    runs_on: Day | None

    @property
    def rule(self) -> str:
        return RULES.get(self.code, self.code)

    @property
    def label(self) -> str:
        return deadline(self.code).label

    @property
    def source(self) -> str:
        return deadline(self.code).source

    def has_passed(self, on: date) -> bool:
        return self.day < on

    def may_still_run(self, on: date) -> bool:
        """The day itself has passed, and read so that it runs on it has not."""
        return self.has_passed(on) and isinstance(self.runs_on, date) and self.runs_on >= on

    def days_left(self, on: date) -> int:
        return (self.day - on).days

    def allows_aid_in_advance(self, on: date) -> bool:
        """Fewer days are left than LAB-5 names, and the day has not passed."""
        return self.code in {DISPUTE, LEFT, ANEW} and not self.has_passed(on) and is_close(IN_ADVANCE, self.day, on)


def _limit(code: str, since: date) -> Limit:
    day = due(code, since)
    assert isinstance(day, date)  # these count in years and days, not in working days
    worked = is_working_day(day)
    return Limit(code, since, day, None if worked else may_run_to(code, since))


@dataclass(frozen=True)
class Limits:
    """`found` in the order of their days; empty where the law sets none. `after_the_end`: interruptions that came when the
    period was over; what they change only a lawyer can say."""

    found: list[Limit]
    after_the_end: list[date]

    @property
    def first(self) -> Limit | None:
        return self.found[0] if self.found else None


def limits_of(kind: LabourKind, happened_on: date | None, interrupted_on: Iterable[date] = ()) -> Limits:
    """What follows from a matter. Each interruption within the period lets it begin anew (LAB-3)."""
    if kind == LabourKind.EMPLOYED or happened_on is None:
        return Limits([], [])
    if kind == LabourKind.LEGAL_AID:
        decided = _limit(DECISION, happened_on)
        return Limits([decided, _limit(ASSIGNED, decided.day)], [])
    limit, late = _limit(LEFT if kind == LabourKind.LEFT else DISPUTE, happened_on), []
    for day in sorted(interrupted_on):
        ends = limit.runs_on if isinstance(limit.runs_on, date) else limit.day
        if day > ends:
            late.append(day)
        elif day >= limit.since:
            limit = _limit(ANEW, day)
    return Limits([limit], late)


def skips_means_check(kind: LabourKind, *, migrant_worker: bool, work_injury: bool) -> bool:
    """Migrant workers who claim wages or for an injury at work are not asked about their means (LAB-6)."""
    return migrant_worker and (kind in {LabourKind.EMPLOYED, LabourKind.LEFT} or work_injury)
