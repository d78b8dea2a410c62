"""A picture that the house drew, as PNG: typst draws it with the font of the papers. Needs extra `papers`."""

import json
from typing import Any

from xiezuo.forms.papers.glyphs import FONTS
from xiezuo.forms.papers.libraries import must_be_there

PAGE = """#let told = json("data.json")
#set page(width: auto, height: auto, margin: 6pt, fill: white)
#image(bytes(told.svg), format: "svg")
"""
DOTS_PER_INCH = 160.0


def as_png(svg: str) -> bytes:
    """Of a picture drawn by the house itself. Raises RuleBroken where the libraries are missing."""
    must_be_there()
    import typst

    source: Any = {"main": PAGE.encode(), "data.json": json.dumps({"svg": list(svg.encode())}).encode()}
    return bytes(typst.compile(source, format="png", ppi=DOTS_PER_INCH, font_paths=[FONTS], ignore_system_fonts=True))
