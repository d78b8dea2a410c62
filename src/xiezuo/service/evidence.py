"""Files bound to a record by their hash. Pictures lose the place and device they carry before they are kept."""

from hashlib import sha256
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from xiezuo.common.errors import RuleBroken
from xiezuo.common.events import happened
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.service.access import record_for
from xiezuo.service.models import Evidence, ServiceRecord

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
        raise RuleBroken("service.picture_too_large", _("This picture is too large. Send a smaller copy.")) from error
    except (UnidentifiedImageError, OSError):
        return None


def _kept_form(content: bytes) -> tuple[bytes, str]:
    picture = without_place(content)
    if picture is not None:
        return picture
    for beginning, content_type in BEGINNINGS.items():
        if content.startswith(beginning):
            return content, content_type
    raise RuleBroken(
        "service.file_unknown",
        _("This kind of file is not kept. Pictures (JPEG, PNG), PDF, Word, Excel and recordings are."),
    )


@transaction.atomic
def add_evidence(*, by: Actor, record: ServiceRecord, content: bytes, name: str, caption: str = "") -> Evidence:
    """Bind a file to a record. The same file twice is kept once. Raises RuleBroken for what cannot be kept."""
    record = record_for(by, record.pk)
    if len(content) > MOST_BYTES:
        raise RuleBroken("service.file_too_large", _("A file may have 20 MB at most. Send a smaller copy."))
    kept, content_type = _kept_form(content)
    digest = sha256(kept).hexdigest()
    known = record.evidence.filter(sha256=digest).first()
    if known is not None:
        return known
    evidence = Evidence(
        record=record,
        name=tidy(name)[-200:],
        caption=tidy(caption)[:200],
        content_type=content_type,
        size=len(kept),
        sha256=digest,
        added_by=by.user,
    )
    evidence.file.save(digest, ContentFile(kept), save=False)
    evidence.save()
    happened("service.evidence.added", record, by_id=by.id, evidence=evidence.pk, sha256=digest)
    return evidence
