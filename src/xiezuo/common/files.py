"""Files that people send: what they are is read from their bytes, and pictures lose the place they carry."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from xiezuo.common.errors import RuleBroken

MOST_BYTES = 20 * 1024 * 1024
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# What a file is, by its first bytes; its name may say anything.
BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"\xd0\xcf\x11\xe0": "application/vnd.ms-office",
    b"ID3": "audio/mpeg",
    b"RIFF": "audio/wav",
}
Image.MAX_IMAGE_PIXELS = 60_000_000


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
            return content, content_type
    raise RuleBroken(
        "common.file_unknown",
        _("This kind of file is not kept. Pictures (JPEG, PNG), PDF, Word, Excel and recordings are."),
    )
