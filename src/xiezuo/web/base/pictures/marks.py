"""What a picture is made of, drawn twice: on a page, where the theme colours it, and as a picture of its own for papers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiezuo.web.base.shapes import Words

PAPER_FONT = "Xiezuo Paper"
# The classes of pictures.css in black and white, for a picture that stands alone.
ALONE = {
    "ln": {"fill": "none", "stroke": "#000"},
    "bg": {"fill": "#fff", "stroke": "#000"},
    "self": {"stroke-width": "2.5"},
    "home": {"fill": "none", "stroke": "#555", "stroke-dasharray": "4 3"},
    "strong-tie": {"fill": "none", "stroke": "#000", "stroke-width": "4"},
    "weak-tie": {"fill": "none", "stroke": "#000", "stroke-dasharray": "3 5"},
    "ink": {"fill": "#000"},
    "sub": {"fill": "#444"},
    "strong": {"font-weight": "600"},
    "small": {"font-size": "11"},
}
OF_TEXT = {"font-family": PAPER_FONT, "font-size": "13", "text-anchor": "middle"}


@dataclass(frozen=True)
class Mark:
    """A path, rect, circle, or text with its `words`; `css`: classes of pictures.css."""

    tag: str
    at: dict[str, str | float]
    css: str = ""
    words: Words = ""


def path(d: str, css: str = "ln") -> Mark:
    return Mark("path", {"d": d}, css)


def text(x: float, y: float, words: Words, css: str = "") -> Mark:
    return Mark("text", {"x": x, "y": y}, css, words)


def _attributes(told: dict[str, str | float]) -> SafeString:
    values = ((name, f"{value:g}" if isinstance(value, float | int) else value) for name, value in told.items())
    return format_html_join("", ' {}="{}"', values)


def _drawn(mark: Mark, more: SafeString) -> SafeString:
    if mark.tag == "text":
        return format_html("<text{}{}>{}</text>", _attributes(mark.at), more, mark.words)
    return format_html("<{}{}{}/>", mark.tag, _attributes(mark.at), more)


def on_page(marks: Iterable[Mark], wide: float, tall: float, label: Words, css: str) -> SafeString:
    inside = ((_drawn(mark, _attributes({"class": mark.css}) if mark.css else SafeString()),) for mark in marks)
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}rem" role="img" aria-label="{}">{}</svg>',
        css,
        f"{wide:g}",
        f"{tall:g}",
        f"{wide / 16:g}",  # grows with the size of print
        label,
        format_html_join("", "{}", inside),
    )


def _alone(mark: Mark) -> SafeString:
    told: dict[str, str | float] = dict(OF_TEXT) if mark.tag == "text" else {}
    for css in mark.css.split():
        told |= ALONE.get(css, {})
    return _attributes(told)


def alone(marks: Iterable[Mark], wide: float, tall: float) -> SafeString:
    """The same as a picture that needs nothing around it: black on white, in the font of the papers."""
    inside = ((_drawn(mark, _alone(mark)),) for mark in marks)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">{2}</svg>',
        f"{wide:g}",
        f"{tall:g}",
        format_html_join("", "{}", inside),
    )
