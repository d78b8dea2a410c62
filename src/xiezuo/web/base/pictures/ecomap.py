"""生态图: the household in the middle, what stands around it on a ring. A thick line is a strong tie, a dashed one a weak, a
jagged one a strained; an arrow says which way strength flows."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import Literal

from django.utils.safestring import SafeString

from xiezuo.web.base.pictures.marks import Mark, alone, on_page, path, text
from xiezuo.web.base.shapes import Words

Kind = Literal["strong", "weak", "strained", "plain"]
Flow = Literal["none", "towards", "away", "both"]
R, MIDDLE = 50, 64  # px: radius of what stands around, and of the middle
ROOM = 2 * R + 14  # along the ring for each


@dataclass(frozen=True)
class Around:
    label: Words
    about: Words = ""
    kind: Kind = "plain"
    flow: Flow = "none"


@dataclass(frozen=True)
class Ecomap:
    """`living`: who lives with the person, in the middle below them."""

    centre: Words
    living: tuple[str, ...]
    around: list[Around]


def _ring(n: int) -> float:
    """How far from the middle, so that none touches another."""
    return max(MIDDLE + R + 62, ROOM * n / (2 * pi))


def _place(i: int, n: int) -> tuple[float, float]:
    far, turn = _ring(n), 2 * pi * i / max(n, 1) - pi / 2
    middle = far + R + 10
    return middle + far * cos(turn), middle + far * sin(turn)


def _jagged(x: float, y: float, ox: float, oy: float) -> str:
    long = hypot(ox - x, oy - y)
    steps = max(int(long / 12), 3)
    dx, dy = (ox - x) / steps, (oy - y) / steps
    across = (-dy * 5 / hypot(dx, dy), dx * 5 / hypot(dx, dy))
    points = [f"M{x:.1f} {y:.1f}"]
    for n in range(1, steps):
        side = 1 if n % 2 else -1
        points.append(f"L{x + dx * n + across[0] * side:.1f} {y + dy * n + across[1] * side:.1f}")
    return "".join([*points, f"L{ox:.1f} {oy:.1f}"])


def _head(x: float, y: float, dx: float, dy: float) -> Mark:
    """The head of an arrow at a point, pointing along a direction of length one."""
    return path(
        f"M{x:.1f} {y:.1f}L{x - 11 * dx - 6 * dy:.1f} {y - 11 * dy + 6 * dx:.1f}"
        f"L{x - 11 * dx + 6 * dy:.1f} {y - 11 * dy - 6 * dx:.1f}z",
        "ink",
    )


def _tie(one: Around, x: float, y: float, middle: float) -> Iterable[Mark]:
    far = hypot(x - middle, y - middle)
    dx, dy = (x - middle) / far, (y - middle) / far
    near, out = (middle + MIDDLE * dx, middle + MIDDLE * dy), (x - R * dx, y - R * dy)
    if one.kind == "strained":
        yield path(_jagged(*near, *out))
    else:
        css = {"strong": "ln strong-tie", "weak": "ln weak-tie"}.get(one.kind, "ln")
        yield path(f"M{near[0]:.1f} {near[1]:.1f}L{out[0]:.1f} {out[1]:.1f}", css)
    if one.flow in {"away", "both"}:
        yield _head(*out, dx, dy)
    if one.flow in {"towards", "both"}:
        yield _head(*near, -dx, -dy)


def _lines(words: Words, x: float, y: float, about: str = "", css: str = "") -> Iterable[Mark]:
    """A label of at most three short lines, and below it in small print what it is; its middle at a point."""
    told = [(line, css) for line in _short(str(words))] + ([(_short(about, 14, 1)[0], "sub small")] if about else [])
    for n, (line, look) in enumerate(told):
        yield text(x, y + 4.5 + (n - (len(told) - 1) / 2) * 15, line, look)


def _short(words: str, room: int = 12, most: int = 3) -> list[str]:
    """Lines of six Chinese characters or twelve others; what is longer ends in an ellipsis."""
    lines, wide = [""], 0
    for letter in words:
        wide += 2 if ord(letter) > 0x2E7F else 1
        if wide > room:
            lines.append("")
            wide = 2
        lines[-1] += letter
    kept = [line.strip() for line in lines[:most]]
    return kept if len(lines) <= most else [*kept[:-1], kept[-1][:-1] + "…"]


def marks(drawn: Ecomap) -> tuple[list[Mark], float, float]:
    n = len(drawn.around)
    middle = _ring(n) + R + 10
    found: list[Mark] = []
    for i, one in enumerate(drawn.around):
        found += _tie(one, *_place(i, n), middle)
    for i, one in enumerate(drawn.around):
        x, y = _place(i, n)
        found.append(Mark("circle", {"cx": x, "cy": y, "r": R}, "ln bg"))
        found += _lines(one.label, x, y, str(one.about))
    found.append(Mark("circle", {"cx": middle, "cy": middle, "r": MIDDLE}, "ln bg self"))
    living = drawn.living[:3] + (("…",) if len(drawn.living) > 3 else ())
    top = middle - len(living) * 7.5
    found += _lines(drawn.centre, middle, top, css="strong")
    for i, name in enumerate(living, start=1):
        found.append(text(middle, top + 6 + i * 16, _short(name, 14, 1)[0], "sub"))
    return found, 2 * middle, 2 * middle


def svg(drawn: Ecomap, label: str) -> SafeString:
    return on_page(*marks(drawn), label, "tree ecomap")


def picture(drawn: Ecomap) -> SafeString:
    """As a picture of its own."""
    return alone(*marks(drawn))
