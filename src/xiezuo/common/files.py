"""Files that people send: what they are is read from their bytes, and pictures lose the place they carry."""

from io import BytesIO
from unicodedata import category, normalize
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from xiezuo.common.errors import RuleBroken

MOST_BYTES = 20 * 1024 * 1024
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What a file is, by its first bytes; its name may say anything.
BEGINNINGS = {
    b"%PDF-": "application/pdf",
    ZIP: "application/zip",
    OLE: "application/vnd.ms-office",
    b"ID3": "audio/mpeg",
    b"RIFF": "audio/wav",
    b"OggS": "audio/ogg",
    b"#!AMR": "audio/amr",
    b"\x1aE\xdf\xa3": "audio/webm",
}
MPEG_4, MPEG_4_AT = b"ftyp", 4  # recordings of phones that do not begin with what they are
# Pictures of iPhones begin like such recordings, and say by these four letters after it that they are pictures.
HEIC, HEIC_AT = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}, 8
Image.MAX_IMAGE_PIXELS = 60_000_000
# An office file unpacks to some ten times its size; a bomb to thousands.
MOST_UNPACKED, MOST_PARTS, MOST_TIMES = 300 * 1024 * 1024, 5000, 150
# Parts of an office file that hold programs, and a directory entry of older files that does.
PROGRAM_PARTS = ("vbaproject.bin", "vbadata.xml", "/activex/", "macrosheets/")
OLD_PROGRAM = "_VBA_PROJECT".encode("utf-16-le")
LONGEST_NAME = 120


def without_place(content: bytes) -> tuple[bytes, str] | None:
    """The picture drawn anew without its hidden data, and its type; None when it is not a picture we know."""
    try:
        with Image.open(BytesIO(content)) as picture:
            kind = picture.format or ""
            if kind not in PICTURES:
                return None
            upright = ImageOps.exif_transpose(picture)
            clean = BytesIO()
            upright.save(clean, kind, **({"quality": 90} if kind != "PNG" else {}), exif=b"")
            return clean.getvalue(), PICTURES[kind]
    except Image.DecompressionBombError as error:
        raise RuleBroken("common.picture_too_large", _("This picture is too large. Send a smaller copy.")) from error
    except (UnidentifiedImageError, OSError):
        return None


def kept_form(content: bytes) -> tuple[bytes, str]:
    """What is kept of a file, and its type. Raises RuleBroken for what is too large or of a kind that is not kept."""
    if len(content) > MOST_BYTES:
        raise RuleBroken("common.file_too_large", _("A file may have 20 MB at most. Send a smaller copy."))
    picture = without_place(content)
    if picture is not None:
        return picture
    for beginning, content_type in BEGINNINGS.items():
        if content.startswith(beginning):
            _must_not_run(content)
            return content, content_type
    if content[MPEG_4_AT:].startswith(MPEG_4):
        if content[HEIC_AT : HEIC_AT + 4] in HEIC:
            raise _heic()
        return content, "audio/mp4"
    raise _unknown()


def _unknown() -> RuleBroken:
    words = _("This kind of file is not kept. Pictures (JPEG, PNG), PDF, Word, Excel and recordings are.")
    return RuleBroken("common.file_unknown", words)


def _heic() -> RuleBroken:
    words = _(
        "This picture is in the format of iPhones (HEIC), which cannot be kept. Send it as JPEG: take a screenshot of it, or "
        "set the camera to “Most Compatible” under Settings, Camera, Formats. What you typed is kept."
    )
    return RuleBroken("common.picture_heic", words)


def _must_not_run(content: bytes) -> None:
    """Raises RuleBroken for an office file with a program inside, and for an archive that is none or unpacks hugely."""
    if content.startswith(ZIP):
        _must_be_plain_office(content)
    elif content.startswith(OLE) and OLD_PROGRAM in content:
        raise _macros()


def _macros() -> RuleBroken:
    words = _("This file holds a program (macros), so it is not kept. Save it without macros and send that.")
    return RuleBroken("common.file_macros", words)


def _must_be_plain_office(content: bytes) -> None:
    try:
        parts = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise _unknown() from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS or unpacked > MOST_TIMES * max(len(content), 100_000):
        words = _("This file unpacks into far more than it should, so it is not kept. Save it anew and send that.")
        raise RuleBroken("common.file_bomb", words)
    names = {part.filename.lower() for part in parts}
    if not names & {"[content_types].xml", "mimetype"}:
        raise _unknown()
    if any(mark in f"/{name}" for name in names for mark in PROGRAM_PARTS) or any("basic/" in name for name in names):
        raise _macros()


def safe_name(name: str) -> str:
    """A name to show and to offer when saving: no folders, no signs that hide or turn around what it says."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        letter for letter in normalize("NFC", last) if category(letter)[0] != "C" and letter not in '<>:"|?*'
    )
    stem, dot, ending = shown.strip(" .").rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending)]}{dot}{ending}"[-LONGEST_NAME:] or "file"
