"""A zip archive that will not unpack into more than the machine can bear."""

from __future__ import annotations

import zipfile

from ..errors import UnreadableWorkbook
from .limits import BOMB_RATIO, MAX_UNPACKED_BYTES


def checked_archive(archive: zipfile.ZipFile) -> zipfile.ZipFile:
    """The archive itself; refuses by the sizes it declares (zipfile never unpacks more than is declared)."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > MAX_UNPACKED_BYTES:
        code = "zip_bomb" if unpacked / packed > BOMB_RATIO else "too_large"
        raise UnreadableWorkbook(code, bytes=unpacked, limit=MAX_UNPACKED_BYTES)
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableWorkbook("password")
    return archive
