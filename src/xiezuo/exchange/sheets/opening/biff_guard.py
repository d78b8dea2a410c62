"""An old .xls looked over before the library opens it: the library believes every size that a file declares.

Formats: [MS-CFB] for the compound file, [MS-XLS] for the records of the workbook stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import UnreadableWorkbook
from .compound_file import CompoundFile
from .limits import MAX_XLS_AREA

BOF, EOF_RECORD, DIMENSIONS, SHARED_STRINGS, CONTINUE, FILEPASS = 0x0809, 0x000A, 0x0200, 0x00FC, 0x003C, 0x002F
CELLS = frozenset({0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, 0x0206, 0x0406})
MANY_CELLS = 0x00BD
SHORTEST_STRING = 3  # bytes of a shared string: its length and its flags
ENTRY = struct.Struct("<HHH")


@dataclass
class Extent:
    """Rows and columns of one sheet that hold something, from 0; the place of its DIMENSIONS in the stream."""

    first_row: int = 1 << 16
    last_row: int = -1
    first_col: int = 1 << 16
    last_col: int = -1
    declared: list[tuple[int, int]] | None = None

    def add(self, row: int, first: int, last: int) -> None:
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_col, self.last_col = min(self.first_col, first), max(self.last_col, last)

    @property
    def area(self) -> int:
        """Cells of the rectangle, all of which the library makes."""
        if self.last_row < 0:
            return 0
        return (self.last_row - self.first_row + 1) * (self.last_col - self.first_col + 1)


def looked_over(data: bytes) -> bytes:
    """The file with the true extent of its sheets declared; refuses what would cost more than the machine can bear."""
    file = CompoundFile(data)
    file.check_chains()
    stream = file.workbook()
    if stream is None:
        return data
    extents = list(_extents(stream))
    area = sum(extent.area for extent in extents)
    if area > MAX_XLS_AREA:
        raise UnreadableWorkbook("too_large", cells=area, limit=MAX_XLS_AREA)
    changed = bytearray(data)
    for extent in extents:
        for at, size in extent.declared or ():
            for place, byte in enumerate(_dimensions(extent, size)):
                changed[file.place(at + place)] = byte
    return bytes(changed)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each record's content."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if at + 4 + size > len(stream):
            return
        yield kind, at + 4, size
        at += 4 + size


def _extents(stream: bytes) -> Iterator[Extent]:
    extent = Extent()
    strings = 0  # bytes of the shared strings, whose number is declared
    wanted = 0
    for kind, at, size in _records(stream):
        if kind in CELLS and size >= ENTRY.size:
            row, col, _ = ENTRY.unpack_from(stream, at)
            extent.add(row, col, col)
        elif kind == MANY_CELLS and size >= ENTRY.size:
            row, first = struct.unpack_from("<HH", stream, at)
            (last,) = struct.unpack_from("<H", stream, at + size - 2)
            extent.add(row, first, max(first, last))
        elif kind == BOF:
            yield extent
            extent = Extent()
        elif kind == DIMENSIONS:
            extent.declared = [*(extent.declared or []), (at, size)]
        elif kind == SHARED_STRINGS and size >= 8:
            wanted, strings = struct.unpack_from("<I", stream, at + 4)[0], size
        elif kind == CONTINUE:
            strings += size
    if wanted * SHORTEST_STRING > strings:
        raise UnreadableWorkbook("truncated", strings=wanted)
    yield extent


def _dimensions(extent: Extent, size: int) -> bytes:
    """The content of a DIMENSIONS record: 14 bytes with long rows, 10 with short ones."""
    rows, cols = (extent.first_row, extent.last_row + 1), (extent.first_col, extent.last_col + 1)
    if extent.last_row < 0:
        rows = cols = (0, 0)
    long = struct.pack("<IIHHH", *rows, *cols, 0)
    short = struct.pack("<HHHHH", *(min(row, 0xFFFF) for row in rows), *cols, 0)
    return long if size >= len(long) else short if size >= len(short) else b""
