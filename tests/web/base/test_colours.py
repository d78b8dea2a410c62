"""The stylesheet keeps its promises: readable in light and dark, and dark is one thing whoever asked for it."""

import re
from pathlib import Path

import pytest

import xiezuo.web

CSS = (Path(xiezuo.web.__file__).parent / "static/xiezuo/xiezuo.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
GROUNDS = ("paper", "sheet", "sunk")
WASHED = ("pine", "wait", "late", "brick")


def block(selector: str) -> dict[str, str]:
    begin = CSS.index(selector + " {")
    return dict(TOKEN.findall(CSS[begin : CSS.index("}", begin)]))


LIGHT, DARK = block(":root"), block(':root[data-theme="dark"]')
SCHEMES = {"light": LIGHT, "dark": {**LIGHT, **DARK}}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    bright, dim = sorted((luminance(a), luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_dark_is_the_same_by_choice_and_by_device() -> None:
    assert block(':root:not([data-theme="light"])') == DARK


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_every_ground(scheme: str) -> None:
    colours = SCHEMES[scheme]
    pairs = [(text, ground) for text in ("ink", "ink2", *WASHED) for ground in GROUNDS]
    pairs += [(text, f"{text}-wash") for text in WASHED]
    pairs += [("ink", f"{text}-wash") for text in WASHED]
    pairs += [("on-act", "act"), ("paper", "ink")]
    assert [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_what_can_be_touched_can_be_seen(scheme: str) -> None:
    colours = SCHEMES[scheme]
    assert [ground for ground in GROUNDS if contrast(colours["edge"], colours[ground]) < 3] == []


def test_old_phones_understand_the_stylesheet() -> None:
    for newer in (":has(", ":is(", ":where(", "inset:", "inset-inline", "padding-inline:", "margin-block:", "&:"):
        assert newer not in CSS.split("*/", 1)[1], newer
