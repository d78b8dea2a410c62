"""Filters for dates, times and figures. Each answers in the language of the page; nothing in, nothing out."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from xiezuo.common.days import local
from xiezuo.web.base import words

register = template.Library()


def _date(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None, precision: str = "day") -> str:
    """`{{ d|day }}`, `{{ d|day:record.when_precision }}`: <time>2026年3月5日</time>, as far as the date is known."""
    if value is None or precision == "unknown":
        return ""
    known = _date(value)
    machine, people = words.day_machine(known, precision), words.day_words(known, precision, get_language())
    return format_html('<time datetime="{}">{}</time>', machine, people)


@register.filter
def monthday(value: date | datetime | None) -> str:
    """`{{ d|monthday }}`: 3月5日 / 5 Mar, where the year is plain from the page."""
    if value is None:
        return ""
    known = _date(value)
    people = words.month_day_words(known, get_language())
    return format_html('<time datetime="{}">{}</time>', known.isoformat(), people)


@register.filter
def weekday(value: date | datetime | None) -> str:
    return "" if value is None else words.weekday_words(_date(value), get_language())


@register.filter
def clock(value: datetime | time | None) -> str:
    """`{{ t|clock }}`: 09:30 in the house's zone."""
    if value is None:
        return ""
    text = words.clock_words(local(value) if isinstance(value, datetime) else value)
    return format_html('<time datetime="{}">{}</time>', text, text)


@register.filter
def number(value: int | float | None) -> str:
    return "" if value is None else words.number_words(value)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """`{{ amount|yuan }}`: 38,714.60; the unit is written beside it."""
    return "" if amount is None else words.yuan_words(amount)


@register.filter
def hours(minutes: int | None) -> str:
    """`{{ minutes|hours }}`: 5,412.5, cut to one decimal; the unit is written beside it."""
    return "" if minutes is None else words.hours_words(minutes)
