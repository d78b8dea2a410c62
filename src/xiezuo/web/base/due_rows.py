"""What is due as rows of a page: where each leads, and whether a press says that it is done."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.people.due import Due
from xiezuo.people.timelines import kind_label

# Table → the page of a row (without a row: of all), and the address to which "it is done" is sent.
PAGES = {
    "people.task": ("task", "finish_task"),
    "people.datarequest": ("data_request", ""),
    "people.minorsaudit": ("minors_audits", ""),
    "service.referral": ("referral", ""),
    "service.transfer": ("transfer", ""),
    "service.servicerecord": ("service_record", "finish_step"),
    "service.riskreport": ("risk_report", ""),
    "service.hotlinecall": ("hotline_call", "finish_call"),
    "service.plannedvisit": ("planned_visit", ""),
    "service.case": ("case", ""),
    "service.group": ("group", ""),
    "service.activity": ("activity", ""),
    "service.activityday": ("activity_day", ""),
    "service.filledform": ("filled_form", ""),
    "orgs.site": ("site_month", ""),
    "service.aid": ("aid", ""),
    "service.entrusting": ("person_family", ""),
}


@dataclass(frozen=True)
class Row:
    """`whose` is told where it is a colleague's; `done` is empty where whoever looks does not say that it is done."""

    due: Due
    kind: str
    url: str
    done: str
    whose: str
    late: bool


@dataclass(frozen=True)
class Group:
    """`n` things, of which some may be shown."""

    title: str
    rows: list[Row]
    n: int
    css: str = ""


def row_of(due: Due, name: str, on: date) -> Row:
    """The row as someone called `name` sees it."""
    shown, done = PAGES[due.table]
    args = [due.pk] if due.pk else []
    own = not due.whose or due.whose == name
    return Row(
        due=due,
        kind=kind_label(due.kind),
        url=reverse(shown, args=[*args, *due.then]),
        done=reverse(done, args=args) if done and own else "",
        whose="" if own else due.whose,
        late=due.is_late(on),
    )


def _week_end(on: date) -> date:
    return on + timedelta(days=6 - on.weekday())


def _title(due: Due, on: date) -> tuple[int, str]:
    """In which group it stands, and its heading."""
    if due.at_once:
        return 0, _("Overdue")
    if due.on is None:
        return 6, _("Date to be confirmed")
    week = _week_end(on)
    bounds = [(on - timedelta(days=1), _("Overdue")), (on, _("Today")), (week, _("This week"))]
    bounds += [(week + timedelta(days=7), _("Next week")), (on + timedelta(days=60), _("Within two months"))]
    return next(((n, title) for n, (end, title) in enumerate(bounds) if due.on <= end), (5, _("Later on")))


def groups(dues: list[Due], most: int, name: str, on: date) -> list[Group]:
    """By how near it is, as someone called `name` sees it: overdue first, what has no day yet last. Of all of them the first
    `most` are shown."""
    n = Counter(_title(due, on) for due in dues)
    found: dict[tuple[int, str], list[Row]] = {}
    for due in dues[:most]:
        found.setdefault(_title(due, on), []).append(row_of(due, name, on))
    return [Group(key[1], lines, n[key], "late" if key[0] == 0 else "") for key, lines in sorted(found.items())]
