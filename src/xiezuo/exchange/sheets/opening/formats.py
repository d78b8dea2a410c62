"""Which reader opens which bytes."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from pathlib import Path

from ..errors import UnreadableWorkbook
from .compound import open_compound
from .csv_text import open_csv
from .html_table import looks_like_html, open_html
from .limits import MAX_FILE_BYTES
from .opened import OpenedWorkbook
from .xlsx import open_xlsx
from .zip_guard import checked_archive

ZIP = b"PK\x03\x04"
# What the standard library raises on the way through a damaged archive.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError, OverflowError)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_workbook(source: bytes | str | os.PathLike[str]) -> OpenedWorkbook:
    """Open any workbook; raises UnreadableWorkbook when these bytes are none."""
    data = _bytes_of(source)
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableWorkbook("not_a_workbook", looks_like="empty")
    if data.startswith(ZIP):
        return _open_zip(data)
    if data.startswith(OLE):
        return open_compound(data)
    if looks_like_html(data):
        return open_html(data)
    return open_csv(data)


def _bytes_of(source: bytes | str | os.PathLike[str]) -> bytes:
    if isinstance(source, bytes):
        size, data = len(source), source
    else:
        path = Path(source)
        size = path.stat().st_size
        data = b"" if size > MAX_FILE_BYTES else path.read_bytes()
    if size > MAX_FILE_BYTES:
        raise UnreadableWorkbook("too_large", bytes=size, limit=MAX_FILE_BYTES)
    return data


def _open_zip(data: bytes) -> OpenedWorkbook:
    try:
        return _open_archive(checked_archive(zipfile.ZipFile(io.BytesIO(data))))
    except DAMAGED as error:
        raise UnreadableWorkbook("truncated", detail=str(error)) from error


def _open_archive(archive: zipfile.ZipFile) -> OpenedWorkbook:
    names = set(archive.namelist())
    # These two could only be opened by filling the whole area of a sheet, which a small file can make huge.
    if any(name.endswith("workbook.bin") for name in names):
        raise UnreadableWorkbook("other_format", format="xlsb")
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        raise UnreadableWorkbook("other_format", format="ods")
    return open_xlsx(archive)
