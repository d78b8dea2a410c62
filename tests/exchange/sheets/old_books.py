"""Old .xls files, written byte by byte: what a spreadsheet wrote in 2003, and what somebody could do to it.

Compound file after [MS-CFB], records after [MS-XLS]; one sheet of texts and numbers.
"""

from __future__ import annotations

import struct
from typing import Any

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
CUTOFF = 4096


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of the workbook stream."""
    return struct.pack("<HH", kind, len(content)) + content


def cell(row: int, col: int, value: Any) -> bytes:
    """A text or a number, rows and columns from 0."""
    place = struct.pack("<HHH", row, col, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    return record(0x0203, place + struct.pack("<d", value))


def stream(
    rows: list[list[Any]], *, declared_rows: int | None = None, strings: int = 0, far: tuple[int, int] | None = None
) -> bytes:
    """A workbook stream. ``declared_rows``, ``strings``: sizes to declare; ``far``: one more cell out there."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    name = "表".encode("utf-16-le")
    shared = record(0x00FC, struct.pack("<II", strings, strings))
    bound = struct.pack("<IBBBB", 0, 0, 0, 1, 1) + name
    size = len(record(0x0809, bof)) + len(record(0x0085, bound)) + len(shared) + len(record(0x000A))
    globals_ = record(0x0809, bof) + record(0x0085, struct.pack("<I", size) + bound[4:]) + shared + record(0x000A)
    width = max(map(len, rows))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, declared_rows or len(rows), 0, width, 0))
    for r, cells in enumerate(rows):
        sheet += b"".join(cell(r, c, value) for c, value in enumerate(cells) if value is not None)
    if far:
        sheet += cell(*far, 1.0)
    return globals_ + sheet + record(0x000A)


def xls(book: bytes, *, small: bool = False, circular: bool = False, declared: int | None = None) -> bytes:
    """The stream in a compound file. ``circular``: its chain goes back to its beginning; ``declared``: its size."""
    if not small:
        book = book.ljust(CUTOFF, b"\0")
    size = len(book) if declared is None else declared
    data = [book[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(book), SECTOR)]
    first = 3 if small else 2  # sectors: 0 table, 1 directory, (2 table of small streams,) stream
    last = first + len(data) - 1
    table = [TABLE, END, *([END] if small else []), *range(first + 1, last + 1), first if circular else END]
    entries = [_entry("Root Entry", 5, first if small else END, len(data) * SECTOR if small else 0, child=1)]
    entries.append(_entry("Workbook", 2, 0 if small else first, size))
    sectors = [_numbers(table), b"".join(entries).ljust(SECTOR, b"\0")]
    if small:
        pieces = -(-len(book) // 64)
        sectors.append(_numbers([*range(1, pieces), END]))
    return _header(2 if small else END) + b"".join([*sectors, *data])


def _numbers(table: list[int]) -> bytes:
    return struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _header(first_small: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, CUTOFF)
    head += struct.pack("<IIII", first_small, int(first_small != END), END, 0)
    return head + struct.pack("<109I", 0, *[FREE] * 108)
