"""The small parts of an .xlsx package: relations, shared strings, date formats, comments."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from ..errors import UnreadableWorkbook
from .limits import MAX_COMMENT_BYTES, MAX_STRINGS
from .texts import plain
from .xlsx_sheet import position
from .xml_stream import Attributes, local, stream

# ECMA-376 part 1, 18.8.30: built-in formats that show a date or a time (27-36 and 50-58 are East Asian).
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
NOT_FORMAT_LETTERS = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)


@dataclass
class Relations:
    """Targets of one part, by id and by kind (the last word of the relation's type)."""

    by_id: dict[str, str] = field(default_factory=dict)
    by_kind: dict[str, str] = field(default_factory=dict)

    def first(self, kind: str) -> str | None:
        """The first target of this kind, if there is one."""
        return self.by_kind.get(kind)


def read_relations(archive: zipfile.ZipFile, part: str) -> Relations:
    """Relations of a part; external targets (linked workbooks) are left out and never opened."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found = Relations()
    if rels not in archive.namelist():
        return found

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.by_id[attributes.get("Id", "")] = path
        found.by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2], path)

    with archive.open(rels) as source:
        stream(source, start)
    return found


def read_shared_strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The workbook's texts; runs of rich text are joined, phonetic hints left out."""
    strings: list[str] = []
    pieces: list[str] = []
    open_tags: list[str] = []

    def start(name: str, _: Attributes) -> None:
        tag = local(name)
        open_tags.append(tag)
        if tag == "si":
            pieces.clear()

    def end(name: str) -> None:
        open_tags.pop()
        if local(name) == "si":
            strings.append(plain("".join(pieces)))
            if len(strings) > MAX_STRINGS:
                raise UnreadableWorkbook("too_large", strings=len(strings), limit=MAX_STRINGS)

    def text(piece: str) -> None:
        if open_tags[-1] == "t" and "rPh" not in open_tags:
            pieces.append(piece)

    with archive.open(part) as source:
        stream(source, start, end, text)
    return strings


def read_date_styles(archive: zipfile.ZipFile, part: str | None) -> frozenset[int]:
    """Indexes of the cell styles that show a number as a date or time."""
    if part is None or part not in archive.namelist():
        return frozenset()
    formats: dict[int, str] = {}
    styles: list[int] = []
    in_cell_formats: list[bool] = [False]

    def start(name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag == "numFmt":
            formats[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            in_cell_formats[0] = True
        elif tag == "xf" and in_cell_formats[0]:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            in_cell_formats[0] = False

    with archive.open(part) as source:
        stream(source, start, end)
    return frozenset(i for i, fmt in enumerate(styles) if _is_date(fmt, formats.get(fmt)))


def _is_date(number: int, code: str | None) -> bool:
    if code is None:
        return number in BUILT_IN_DATES
    letters = NOT_FORMAT_LETTERS.sub("", code.split(";")[0]).lower()
    return "general" not in letters and bool(re.search(r"[ymdhs]", letters))


def read_comments(archive: zipfile.ZipFile, part: str | None) -> dict[tuple[int, int], str]:
    """Notes that people pinned to cells, by row and column."""
    if part is None or part not in archive.namelist() or archive.getinfo(part).file_size > MAX_COMMENT_BYTES:
        return {}
    found: dict[tuple[int, int], str] = {}
    pieces: list[str] = []
    at: list[tuple[int, int]] = [(0, 0)]
    open_tags: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        tag = local(name)
        open_tags.append(tag)
        if tag == "comment":
            at[0] = position(attributes.get("ref", "A1"))
            pieces.clear()

    def end(name: str) -> None:
        open_tags.pop()
        if local(name) == "comment":
            found[at[0]] = "".join(pieces)

    def text(piece: str) -> None:
        if open_tags and open_tags[-1] == "t":
            pieces.append(piece)

    with archive.open(part) as source:
        stream(source, start, end, text)
    return found
