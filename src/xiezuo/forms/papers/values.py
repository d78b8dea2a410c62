"""Answers in the words of a paper. What nobody answered is room to write in, with boxes to tick where there are few choices."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xiezuo.common.days import local
from xiezuo.forms.definitions import FieldDef
from xiezuo.forms.packs import codes
from xiezuo.forms.vocab import FieldType

Told = Callable[[FieldDef, Any], str]  # what a reference points to, in words

EMPTY, TICKED = "☐", "☑"
GAP = "\u3000"
MOST_TO_TICK = 12
RATINGS = range(6)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ticks(choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> str:
    """☑ same ☐ other: every choice with its box. A code that no list has (any more) stands at the end as it is."""
    known = {code for code, _words in choices}
    told = [f"{TICKED if code in chosen else EMPTY}{words}" for code, words in choices]
    return GAP.join(told + [f"{TICKED}{code}" for code in chosen if code not in known])


def day_words(day: date) -> str:
    if _is_english():
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def day_room() -> str:
    return pgettext("room for a day on a paper", "Day:        Month:        Year:")


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def choices_of(field: FieldDef, on: date | None) -> list[tuple[str, str]]:
    """(code, words) of the field's list; empty where no pack has the list."""
    try:
        found = codes(field.code_list, on)
    except KeyError:
        return []
    return [(code, told["en" if _is_english() else "zh"] or told["zh"]) for code, told in found.items()]


def chosen_words(field: FieldDef, value: Any, on: date | None) -> str:
    """The chosen ones alone, without the boxes of the others."""
    known = dict(choices_of(field, on))
    return pgettext("between names on a paper", ", ").join(known.get(str(one), str(one)) for one in _several(value))


def is_ticked(field: FieldDef, on: date | None) -> bool:
    """Whether the choices of a field all fit on the paper."""
    return 0 < len(choices_of(field, on)) <= MOST_TO_TICK


def value_words(field: FieldDef, value: Any, told: Told, on: date | None = None) -> str:
    """An answer on the paper. Raises nothing for a value of the wrong kind: it stands there as it is."""
    if field.type in {FieldType.CHOICE, FieldType.CHOICES}:
        return _chosen(field, value, on)
    if field.type == FieldType.YES_NO:
        chosen = [] if value in (None, "") else ["yes" if value in (True, "yes", "true", "1", 1) else "no"]
        return ticks([("yes", _("Yes")), ("no", _("No"))], chosen)
    if field.type == FieldType.RATING:
        return ticks([(str(n), str(n)) for n in RATINGS], [] if value in (None, "") else [str(value)])
    if value in (None, "", []):
        return ROOM[field.type]() if field.type in ROOM else ""
    if field.type in {FieldType.REFERENCE, FieldType.REFERENCES, FieldType.FILE}:
        return pgettext("between names on a paper", ", ").join(told(field, one) for one in _several(value))
    return SAID[field.type](value) if field.type in SAID else str(value)


def row_words(field: FieldDef, value: Any, told: Told, on: date | None = None) -> str:
    """An answer in a row: days short, and no room where nothing was answered."""
    if value in (None, "", []) and field.type in ROOM:
        return ""
    if field.type == FieldType.DATE and isinstance(value, str) and parse_date(value):
        return value
    return value_words(field, value, told, on)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _chosen(field: FieldDef, value: Any, on: date | None) -> str:
    chosen = [str(one) for one in _several(value) if one not in (None, "")]
    choices = choices_of(field, on)
    if choices and len(choices) <= MOST_TO_TICK:
        return ticks(choices, chosen)
    words = dict(choices)
    return pgettext("between names on a paper", ", ").join(words.get(code, code) for code in chosen)


def _day(value: Any) -> str:
    day = value if isinstance(value, date) else parse_date(str(value))
    return day_words(day) if day else str(value)


def _moment(value: Any) -> str:
    moment = value if isinstance(value, datetime) else parse_datetime(str(value))
    if moment is None:
        return str(value)
    moment = local(moment) if moment.tzinfo else moment
    return f"{day_words(moment.date())} {moment:%H:%M}"


def _clock(value: Any) -> str:
    clock = value if isinstance(value, time) else parse_time(str(value))
    return f"{clock:%H:%M}" if clock else str(value)


def _yuan(value: Any) -> str:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}


def _yuan_room() -> str:
    return _("%(amount)s yuan") % {"amount": GAP * 4}


def _clock_room() -> str:
    return pgettext("room for a time on a paper", "      :")


SAID: dict[FieldType, Callable[[Any], str]] = {
    FieldType.DATE: _day,
    FieldType.DATETIME: _moment,
    FieldType.TIME: _clock,
    FieldType.YUAN: _yuan,
}
ROOM: dict[FieldType, Callable[[], str]] = {
    FieldType.DATE: day_room,
    FieldType.DATETIME: lambda: f"{day_room()}{_clock_room()}",
    FieldType.TIME: _clock_room,
    FieldType.YUAN: _yuan_room,
}
