"""Families that stand under a line of their own: 户主：王强　住址：甲村1号, and their members below it."""

from __future__ import annotations

import re

from ..grid import Grid
from ..text import half, tidy
from .headings import concepts_of
from .tables import Table

PAIR = re.compile(r"([^\s:,;、，；]{1,10})\s*:\s*([^:]*?)(?=[\s,;，；、]+[^\s:,;、，；]{1,10}\s*:|$)")
NUMBERED = re.compile(r"(?:第\s*|^)([\d一二三四五六七八九十]+)\s*户(?![主籍口])")
CODE = re.compile(r"^[【\[(〔]\s*([A-Za-z0-9][A-Za-z0-9\-_/]*)\s*[】\])〕]")
# 14年来兰: no label, the year itself says what it is.
ARRIVED = re.compile(r"(?:^|[\s,;、，；])((?:\d{4}|\d{2})年)[来到迁][^\s:,;、，；\d]{1,4}(?=[\s,;、，；]|$)")
CLAUSE = re.compile(r"[;；,，]|\s{2,}")
FITS = 0.9
FAMILY_LINES = 2  # as many lines make a register of families
FIELDS = (
    "head",
    "address",
    "hukou",
    "area",
    "arrived",
    "income",
    "rent",
    "household_no",
    "registered_on",
    "recorder",
)


def household_lines(grid: Grid, table: Table) -> dict[int, dict[str, str]]:
    """Row → what the line says of the family, as written; only lines that say something of one."""
    found: dict[int, dict[str, str]] = {}
    for row in table.rows.of("note", "footnote"):
        cells = (value for col, value in grid.rows[row].items() if col in table.cols)
        said = _said(" ".join(value for value in cells if isinstance(value, str)))
        if said:
            found[row] = said
    return found


def _by_clauses(text: str) -> tuple[dict[str, str], str]:
    """户主 王强；户籍 本市: label and value with nothing but a space between. What was said, and the text without it."""
    said: dict[str, str] = {}
    for clause in CLAUSE.split(text):
        label, _, value = clause.strip().partition(" ")
        name = next((field for field in FIELDS if concepts_of(label).get(field, 0.0) >= FITS), None)
        if name and value.strip() and ":" not in clause:
            said.setdefault(name, tidy(value))
            text = text.replace(clause, " ", 1)
    return said, text


def _said(text: str) -> dict[str, str]:
    text = half(text).strip()
    said: dict[str, str] = {}
    code = CODE.match(text)
    if code:
        said["household_no"] = code[1]
        text = text[code.end() :].strip()
    arrived = ARRIVED.search(text)
    if arrived:
        said["arrived"] = arrived[1]
        text = text[: arrived.start()] + " " + text[arrived.end() :]
    rest: list[str] = []
    for label, value in PAIR.findall(text):
        name = next((field for field in FIELDS if concepts_of(label).get(field, 0.0) >= FITS), None)
        if name and name not in said and value.strip():
            said[name] = tidy(value)
        elif value.strip():
            rest.append(f"{label}：{tidy(value)}")
    by_clauses, text = _by_clauses(text)
    said = by_clauses | said
    number = NUMBERED.search(text)
    if number and "household_no" not in said:
        said["household_no"] = number[1]
    # What has no field of its own (电话：…, 备注：…) and what stands outside of all pairs stays readable.
    beside = PAIR.sub(" ", NUMBERED.sub(" ", text)).strip(" ,;、，；。.:-—_()（）")
    if rest or beside:
        said["note"] = "；".join([*([beside] if beside else []), *rest])
    return said if "head" in said or "household_no" in said else {}
