"""身份变化: one band per role over the years it was held."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiezuo.web.base.shapes import Words

WIDTH = 1000
MOST_LABELS = 6


@dataclass(frozen=True)
class Span:
    """From one day to another (None: still). `kind`: "" received, "gave" gave to others, "paused"."""

    begins: date
    ends: date | None
    kind: Literal["", "gave", "paused"] = ""


@dataclass(frozen=True)
class Band:
    label: Words
    spans: list[Span]
    words: Words


@dataclass(frozen=True)
class Bands:
    """`until` is the day the picture was drawn for: an open band ends there."""

    rows: list[Band]
    until: date

    @property
    def first_year(self) -> int:
        return min((span.begins.year for row in self.rows for span in row.spans), default=self.until.year)

    def place(self, day: date) -> float:
        """Where a day lies between 0 and WIDTH; the years are equally wide."""
        whole = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
        years = day.year - self.first_year + (day - date(day.year, 1, 1)).days / whole
        return round(years / (self.until.year - self.first_year + 1) * WIDTH, 1)

    def years(self) -> list[str]:
        """One label per year at equal distances; where there are many, only some are written."""
        known = range(self.first_year, self.until.year + 1)
        step = -(-len(known) // MOST_LABELS)
        return [str(year) if (year - self.first_year) % step == 0 else "" for year in known]


def _bar(bands: Bands, span: Span) -> tuple[str, float, float]:
    css = {"": "ink", "gave": "fill", "paused": "out"}[span.kind]
    left = bands.place(span.begins)
    # A role held for a day must still be seen.
    return css, left, max(round(bands.place(span.ends or bands.until) - left, 1), 6)


def svg(bands: Bands, row: Band) -> SafeString:
    """The bars of one role; the words beside the picture say the same."""
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" y="4" width="{}" height="8"/>',
        (_bar(bands, span) for span in row.spans),
    )
    return format_html(
        '<svg viewBox="0 0 {} 16" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="soft" d="M0 8H{}" vector-effect="non-scaling-stroke"/>{}</svg>',
        WIDTH,
        WIDTH,
        bars,
    )
