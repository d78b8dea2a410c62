"""Bars by month or by site: two series told apart as filled and outlined, never by hue."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from xiezuo.web.base.shapes import Words

GROUP = 30  # width of one group in units of the drawing; the height is 100
FEWEST = 6  # groups there is always room for, so that a single bar stays a bar
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """`url` leads to the rows that `value` counts; `before` is the same figure of the series compared with."""

    label: Words
    value: int
    before: int | None = None
    url: str = ""


@dataclass(frozen=True)
class BarChart:
    title: Words
    series: Words
    bars: list[Bar]
    before: Words = ""
    label: Words = ""

    @property
    def spare(self) -> range:
        """Empty groups after the last one."""
        return range(FEWEST - len(self.bars))

    @property
    def total(self) -> int:
        return sum(bar.value for bar in self.bars)

    @property
    def total_before(self) -> int:
        return sum(bar.before or 0 for bar in self.bars)


def ticks(most: int) -> list[int]:
    """Round figures from 0 to at least `most`, at most five, evenly spaced."""
    step, size = 1, 1
    while step * 4 < most:
        step = next((size * s for s in STEPS if size * s * 4 >= most), 0)
        size *= 10
        step = step or size
    return [step * i for i in range(-(-most // step) + 1)] if most else [0, 1]


def _bars(index: int, bar: Bar, top: int, pair: bool) -> list[tuple[str, float, float, float, float]]:
    def tall(value: int) -> float:
        return round(value / top * 100, 2)

    left = index * GROUP
    if not pair:
        return [("fill", left + 6, 100 - tall(bar.value), 18, tall(bar.value))]
    before = bar.before or 0
    return [
        ("fill", left + 3, 100 - tall(bar.value), 12.5, tall(bar.value)),
        ("out bg", left + 17, 100 - tall(before), 9.5, tall(before)),
    ]


def svg(chart: BarChart) -> SafeString:
    """Bars and lines only; the labels around them are text of the page, so that they keep their size on a phone."""
    marks = ticks(max((max(bar.value, bar.before or 0) for bar in chart.bars), default=0))
    wide = GROUP * max(len(chart.bars), FEWEST)
    lines = format_html_join(
        "",
        '<path class="soft" d="M0 {}H{}" vector-effect="non-scaling-stroke"/>',
        ((round(100 - mark / marks[-1] * 100, 2), wide) for mark in marks),
    )
    drawn = [r for i, bar in enumerate(chart.bars) for r in _bars(i, bar, marks[-1], bool(chart.before))]
    rects = format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', drawn)
    return format_html(
        '<svg viewBox="0 0 {} 100" preserveAspectRatio="none" role="img" aria-label="{}">{}{}</svg>',
        wide,
        chart.title,
        lines,
        rects or mark_safe(""),
    )


def marks(chart: BarChart) -> list[int]:
    """The figures beside the lines, from the top down."""
    return ticks(max((max(bar.value, bar.before or 0) for bar in chart.bars), default=0))[::-1]
