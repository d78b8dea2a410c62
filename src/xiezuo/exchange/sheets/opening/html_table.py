"""Web pages saved as .xls: what many office systems call an Excel export."""

from __future__ import annotations

from html.parser import HTMLParser

from ..cells import Value
from ..grid import Grid, Span
from .csv_text import decode
from .opened import OpenedSheet, OpenedWorkbook

HEAD_BYTES = 2048
MAX_SPAN = 1000


def looks_like_html(data: bytes) -> bool:
    """Whether the bytes begin like a web page that holds a table."""
    head = data[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")) and b"<table" in data.lower()


def open_html(data: bytes) -> OpenedWorkbook:
    """All tables of the page, one below the other, on one sheet."""
    parser = _TableParser()
    parser.feed(decode(data))
    return OpenedWorkbook("html", [OpenedSheet("html", Grid(parser.rows, parser.merges, all_text=True))])


class _TableParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[int, dict[int, Value]] = {}
        self.merges: list[Span] = []
        self._taken: set[tuple[int, int]] = set()
        self._row = self._col = 0
        self._pieces: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._row, self._col = self._row + 1, 0
        elif tag in ("td", "th"):
            self._cell(dict(attrs))
        elif tag == "br" and self._pieces is not None:
            self._pieces.append("\n")

    def _cell(self, attributes: dict[str, str | None]) -> None:
        self._col += 1
        while (self._row, self._col) in self._taken:
            self._col += 1
        height, width = (_span(attributes.get(name)) for name in ("rowspan", "colspan"))
        if height * width > 1:
            self.merges.append((self._row, self._col, self._row + height - 1, self._col + width - 1))
            for row in range(self._row, self._row + height):
                self._taken.update((row, col) for col in range(self._col, self._col + width))
        self._at, self._pieces = (self._row, self._col), []
        self._col += width - 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._pieces is not None:
            text = "".join(self._pieces).strip()
            if text:
                self.rows.setdefault(self._at[0], {})[self._at[1]] = text
            self._pieces = None

    def handle_data(self, data: str) -> None:
        if self._pieces is not None:
            self._pieces.append(data)


def _span(written: str | None) -> int:
    return max(1, min(int(written), MAX_SPAN)) if written and written.isdigit() else 1
