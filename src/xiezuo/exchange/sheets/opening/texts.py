"""Text of cells as the file format writes it."""

from __future__ import annotations

import re

# ECMA-376 part 1, 22.9.2.19: signs that XML cannot hold are written by their code; _x000D_ is a carriage return.
# Halves of a sign (D800 to DFFF) stay as written: alone they are none.
ESCAPED = re.compile(r"_x((?![dD][89a-fA-F])[0-9A-Fa-f]{4})_")
KEPT = "\t\n\r"


def plain(text: str) -> str:
    """The text with its signs, and with every kind of line break as one."""
    if "_x" in text:
        text = ESCAPED.sub(_sign, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _sign(match: re.Match[str]) -> str:
    """Control characters that no sheet shows are left out."""
    sign = chr(int(match[1], 16))
    return sign if sign >= " " or sign in KEPT else ""
