"""A compound file ([MS-CFB]): its sectors, chains and directory, read without believing what it declares."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ..errors import UnreadableWorkbook

HEADER = 512
MINI = 64  # bytes of a sector of small streams
NO_SECTOR = 0xFFFFFFFA  # this and above: no sector but a mark
ENTRY = 128
STREAM, ROOT = 2, 5
IN_HEADER = 109  # sectors of the allocation table that the header itself names
BOOKS = ("workbook", "book")


@dataclass(frozen=True)
class Entry:
    """A directory entry."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """Refuses chains that go in circles and sizes beyond the file; a chain that leaves the file ends there."""

    def __init__(self, data: bytes) -> None:
        if len(data) < HEADER:
            raise UnreadableWorkbook("truncated")
        self.data = data
        self.major, shift, mini_shift = struct.unpack_from("<H2xHH", data, 26)
        if shift not in (9, 12) or mini_shift != 6:
            raise UnreadableWorkbook("truncated", detail="sector size")
        self.size = 1 << shift
        self.sectors = len(data) // self.size + 1
        counts = struct.unpack_from("<II", data, 40)
        self.first_dir = struct.unpack_from("<I", data, 48)[0]
        self.cutoff, self.first_mini, mini_count, self.first_more, more_count = struct.unpack_from("<IIIII", data, 56)
        if any(count > self.sectors for count in (*counts, mini_count, more_count)):
            raise UnreadableWorkbook("truncated", detail="declared sectors")
        self.table = self._allocation_table()
        self.entries = self._directory()
        self._unit, self._units = self.size, list[int]()

    def check_chains(self) -> None:
        """Every stream: its chain ends, and it is no larger than the file."""
        small = self._small_table()
        for entry in self.entries:
            if entry.kind not in (STREAM, ROOT):
                continue
            if entry.size > len(self.data):
                raise UnreadableWorkbook("truncated", detail="stream size")
            is_small = entry.kind == STREAM and entry.size < self.cutoff
            self._follow(entry.start, small if is_small else self.table)

    def workbook(self) -> bytes | None:
        """The stream of the workbook, if there is one."""
        entry = next((e for name in BOOKS for e in self.entries if e.kind == STREAM and e.name.lower() == name), None)
        if entry is None:
            return None
        if entry.size >= self.cutoff:
            self._unit, self._units = self.size, [(sector + 1) * self.size for sector in self._chain(entry.start)]
        else:
            self._unit, self._units = MINI, self._small_units(entry.start)
        return b"".join(self.data[at : at + self._unit] for at in self._units)[: entry.size]

    def place(self, at: int) -> int:
        """Where a byte of the workbook stream lies in the file."""
        return self._units[at // self._unit] + at % self._unit

    def _small_units(self, start: int) -> list[int]:
        """Where the pieces of a small stream lie: they are parts of the root's stream."""
        root = next((entry for entry in self.entries if entry.kind == ROOT), None)
        places = [(sector + 1) * self.size for sector in self._chain(root.start)] if root else []
        each = self.size // MINI
        sectors = self._follow(start, self._small_table())
        return [places[n // each] + n % each * MINI for n in sectors if n // each < len(places)]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.data[start : start + self.size]

    def _numbers(self, number: int) -> tuple[int, ...]:
        content = self._sector(number)
        return struct.unpack_from(f"<{len(content) // 4}I", content)

    def _allocation_table(self) -> list[int]:
        parts = [n for n in struct.unpack_from(f"<{IN_HEADER}I", self.data, 76) if n < NO_SECTOR]
        more, seen = self.first_more, set[int]()
        while more < self.sectors and more not in seen:
            seen.add(more)
            *found, following = self._numbers(more) or (NO_SECTOR,)
            parts += [n for n in found if n < NO_SECTOR]
            more = following
        if more in seen:
            raise UnreadableWorkbook("truncated", detail="circular allocation table")
        if len(parts) > self.sectors:
            raise UnreadableWorkbook("truncated", detail="allocation table")
        return [number for part in parts if part < self.sectors for number in self._numbers(part)]

    def _chain(self, start: int) -> list[int]:
        return [sector for sector in self._follow(start, self.table) if sector < self.sectors]

    def _follow(self, start: int, table: list[int]) -> list[int]:
        """The sectors of a chain; one that goes in circles is refused."""
        found: list[int] = []
        seen = bytearray(len(table))
        sector = start
        while sector < len(table):
            if seen[sector]:
                raise UnreadableWorkbook("truncated", detail="circular chain")
            seen[sector] = 1
            found.append(sector)
            sector = table[sector]
        return found

    def _small_table(self) -> list[int]:
        return [number for sector in self._chain(self.first_mini) for number in self._numbers(sector)]

    def _directory(self) -> list[Entry]:
        content = b"".join(self._sector(sector) for sector in self._chain(self.first_dir))
        return [self._entry(content, at) for at in range(0, len(content) - ENTRY + 1, ENTRY)]

    def _entry(self, content: bytes, at: int) -> Entry:
        length = min(struct.unpack_from("<H", content, at + 64)[0], 64)
        name = content[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<IQ", content, at + 116)
        return Entry(name, content[at + 66], start, size if self.major == 4 else size & 0xFFFFFFFF)
