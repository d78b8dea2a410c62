"""Reading XML parts as a stream of events, without document types, so that no entity can expand."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from ..errors import UnreadableWorkbook

Attributes = dict[str, str]
CHUNK = 1 << 18


def stream(
    source: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call ``start``, ``end`` and ``text`` while reading; names come as written, with their prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableWorkbook("truncated", detail=str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableWorkbook("truncated") from error


def _refuse_doctype(*_: object) -> None:
    raise UnreadableWorkbook("unsafe_xml")


def local(name: str) -> str:
    """The name without its namespace prefix: x:row → row."""
    return name.rpartition(":")[2]
