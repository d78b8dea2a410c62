"""Dates, times and figures as people write them, in Chinese and in English. Pure: language in, words out."""

from datetime import date, datetime, time
from decimal import Decimal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS_ZH = "一二三四五六日"


def is_english(language: str | None) -> bool:
    return (language or "").startswith("en")


def day_words(day: date, precision: str, language: str | None) -> str:
    """2026年3月5日 / 5 Mar 2026; a date known only to the month or the year says no more than that."""
    month = MONTHS[day.month - 1]
    if precision == "year":
        return str(day.year) if is_english(language) else f"{day.year}年"
    if precision == "month":
        return f"{month} {day.year}" if is_english(language) else f"{day.year}年{day.month}月"
    return f"{day.day} {month} {day.year}" if is_english(language) else f"{day.year}年{day.month}月{day.day}日"


def day_machine(day: date, precision: str) -> str:
    """The same date for machines, as far as it is known: 2026-03-05, 2026-03, 2026."""
    return {"year": f"{day.year:04}", "month": f"{day.year:04}-{day.month:02}"}.get(precision, day.isoformat())


def month_day_words(day: date, language: str | None) -> str:
    """3月5日 / 5 Mar, where the year is plain from the page."""
    return f"{day.day} {MONTHS[day.month - 1]}" if is_english(language) else f"{day.month}月{day.day}日"


def weekday_words(day: date, language: str | None) -> str:
    return WEEKDAYS_EN[day.weekday()] if is_english(language) else f"星期{WEEKDAYS_ZH[day.weekday()]}"


def clock_words(moment: datetime | time) -> str:
    """09:30. A datetime must already be in the house's zone."""
    return f"{moment.hour:02}:{moment.minute:02}"


def number_words(number: int | float | Decimal) -> str:
    """1,284 and 5,412.5: thousands marked, no digit added or lost."""
    return f"{number:,}"


def yuan_words(amount: Decimal | int) -> str:
    """38,714.60: yuan with both decimals."""
    return f"{amount:,.2f}"


def hours_words(minutes: int) -> str:
    """Minutes as hours, cut (never rounded) to one decimal: 59 minutes are 0.9 hours. Sums stay in minutes."""
    tenths = abs(minutes) * 10 // 60
    sign = "-" if minutes < 0 and tenths else ""
    return f"{sign}{tenths // 10:,}.{tenths % 10}"
