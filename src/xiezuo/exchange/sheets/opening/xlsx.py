"""Opening .xlsx: the parts of the package, in the order in which a sheet needs them. Nothing is evaluated."""

from __future__ import annotations

import posixpath
import zipfile

from ..errors import UnreadableWorkbook
from .limits import MAX_CELLS, MAX_SHEETS, MAX_STRINGS_BYTES
from .opened import OpenedSheet, OpenedWorkbook
from .xlsx_parts import Relations, read_comments, read_date_styles, read_relations, read_shared_strings
from .xlsx_sheet import SheetParser
from .xml_stream import Attributes, local, stream

STATES = {"hidden": "hidden", "veryHidden": "very_hidden"}


def open_xlsx(archive: zipfile.ZipFile) -> OpenedWorkbook:
    """Every worksheet of the package, hidden ones too."""
    names = set(archive.namelist())
    book = _workbook_part(archive, names)
    relations = read_relations(archive, book)
    strings = _strings(archive, relations)
    dates = read_date_styles(archive, relations.first("styles"))
    listed, epoch_1904 = _sheets(archive, book)
    budget = MAX_CELLS
    sheets = []
    for name, state, rel_id in listed[:MAX_SHEETS]:
        part = relations.by_id.get(rel_id)
        if part is None or part not in names or "chartsheet" in part:
            continue
        parser = SheetParser(strings, dates, epoch_1904, budget)
        with archive.open(part) as source:
            stream(source, parser.start, parser.end, parser.text)
        budget -= parser.n_cells
        grid = parser.grid()
        grid.comments = read_comments(archive, read_relations(archive, part).first("comments"))
        sheets.append(OpenedSheet(name, grid, STATES.get(state, "visible")))
    return OpenedWorkbook("xlsx", sheets)


def _workbook_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "EncryptedPackage" in names:
        raise UnreadableWorkbook("password")
    if "_rels/.rels" not in names:
        raise UnreadableWorkbook("not_a_workbook", looks_like="zip")
    part = read_relations(archive, "").first("officeDocument")
    if part is None or part not in names or posixpath.dirname(part) == "word":
        raise UnreadableWorkbook("not_a_workbook", looks_like="office")
    return part


def _strings(archive: zipfile.ZipFile, relations: Relations) -> list[str]:
    part = relations.first("sharedStrings")
    if part is None or part not in archive.namelist():
        return []
    size = archive.getinfo(part).file_size
    if size > MAX_STRINGS_BYTES:
        raise UnreadableWorkbook("too_large", bytes=size, limit=MAX_STRINGS_BYTES)
    return read_shared_strings(archive, part)


def _sheets(archive: zipfile.ZipFile, book: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Name, state and relation id of each sheet; whether days count from 1904."""
    found: list[tuple[str, str, str]] = []
    epoch: list[bool] = [False]

    def start(name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag == "sheet":
            rel_id = next((v for k, v in attributes.items() if local(k) == "id" and ":" in k), "")
            found.append((attributes.get("name", ""), attributes.get("state", ""), rel_id))
        elif tag == "workbookPr":
            epoch[0] = attributes.get("date1904", "0") in ("1", "true")

    with archive.open(book) as source:
        stream(source, start)
    return found, epoch[0]
