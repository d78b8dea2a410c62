"""A limit by law in sentences: until when, from which article, and what to do. It never says that it is too late."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiezuo.forms.calendar import Unknown
from xiezuo.service.labour.limits import Limit, Limits
from xiezuo.web.base.words import day_words


def _day(day: date) -> str:
    return day_words(day, "day", get_language())


@dataclass(frozen=True)
class LimitWords:
    """`also`: the other reading of the last day, or that nobody knows it yet. `state` is that of a note: "", wait, late."""

    limit: Limit
    label: str
    day: str
    since: str
    also: str
    state: str
    left: str
    in_advance: bool
    passed: bool

    @property
    def rule(self) -> str:
        return self.limit.rule


def limit_words(limit: Limit, on: date) -> LimitWords:
    passed = limit.has_passed(on)
    near = not passed and limit.days_left(on) < 60
    return LimitWords(
        limit,
        limit.label,
        _day(limit.day),
        _day(limit.since),
        _also(limit, on),
        "late" if passed else "wait" if near else "",
        "" if passed else _left(limit.days_left(on)),
        limit.allows_aid_in_advance(on),
        passed,
    )


def _left(days: int) -> str:
    return _("That is today.") if not days else _("%(n)s days are left.") % {"n": days}


def _also(limit: Limit, on: date) -> str:
    if isinstance(limit.runs_on, Unknown):
        words = _(
            "The holidays of %(year)s have not been announced: whether it may run on to another day is not known yet."
        )
        return words % {"year": limit.runs_on.year}
    if limit.runs_on is None:
        return ""
    words = _("Nobody works on that day: read so, it may run on to %(day)s. Go by the earlier day.")
    if limit.may_still_run(on):
        words = _("Nobody worked on that day: read so, it may run on to %(day)s. Apply before that day.")
    elif limit.has_passed(on):
        words = _("Nobody worked on that day: read so, it ran on to %(day)s.")
    return words % {"day": _day(limit.runs_on)}


def all_in_words(limits: Limits, on: date) -> list[LimitWords]:
    return [limit_words(limit, on) for limit in limits.found]


def late_words(limits: Limits) -> list[str]:
    return [_day(day) for day in limits.after_the_end]
