"""A year of days by how many came: weeks as columns, darker for more, the figure on every day."""

from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiezuo.web.base.words import MONTHS, WEEKDAYS_ZH, day_words, is_english

CELL, LEFT, TOP = 14, 34, 20


def level(count: int, most: int) -> int:
    """0 for nobody, else 1 to 4 by quarters of the fullest day."""
    return 0 if count <= 0 else min(4, -(-count * 4 // most))


def _weekday_labels(language: str) -> list[tuple[int, str]]:
    names = ("Mon", "Wed", "Fri") if is_english(language) else tuple(WEEKDAYS_ZH[i] for i in (0, 2, 4))
    return [(TOP + row * CELL + 11, name) for row, name in zip((0, 2, 4), names, strict=True)]


def svg(counts: dict[date, int], first: date, last: date, language: str) -> SafeString:
    """`counts` by day; days outside first..last are not drawn, days without a figure are empty."""
    monday, most = first - timedelta(first.weekday()), max(counts.values(), default=1)
    days = [first + timedelta(i) for i in range((last - first).days + 1)]

    def column(day: date) -> int:
        return LEFT + (day - monday).days // 7 * CELL

    cells = (
        (
            level(counts.get(day, 0), most),
            column(day),
            TOP + day.weekday() * CELL,
            f"{day_words(day, 'day', language)}: {counts.get(day, 0)}",
        )
        for day in days
    )
    drawn = format_html_join(
        "", '<rect class="h{}" x="{}" y="{}" width="12" height="12" rx="2"><title>{}</title></rect>', cells
    )
    months = (
        (column(day), MONTHS[day.month - 1] if is_english(language) else f"{day.month}月")
        for day in days
        if day.day == 1
    )
    names = format_html_join("", '<text class="sub" x="{}" y="13">{}</text>', months)
    side = format_html_join("", '<text class="sub" x="0" y="{}">{}</text>', _weekday_labels(language))
    wide = column(last) + CELL
    return format_html(
        '<svg class="heat" viewBox="0 0 {} {}" aria-hidden="true">{}{}{}</svg>',
        wide,
        TOP + 7 * CELL,
        names,
        side,
        drawn,
    )


def by_month(counts: dict[date, int]) -> list[tuple[date, int]]:
    """The sums for the table beside the picture: (first of the month, how many came)."""
    sums: dict[date, int] = {}
    for day in sorted(counts):
        sums[day.replace(day=1)] = sums.get(day.replace(day=1), 0) + counts[day]
    return list(sums.items())
