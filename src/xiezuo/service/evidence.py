"""Files bound to a record by their hash. Pictures lose the place and device they carry before they are kept."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from xiezuo.common.events import happened
from xiezuo.common.files import kept_form, safe_name
from xiezuo.common.text import tidy
from xiezuo.orgs.access import Actor
from xiezuo.service.access import record_for
from xiezuo.service.models import Evidence, ServiceRecord


@transaction.atomic
def add_evidence(*, by: Actor, record: ServiceRecord, content: bytes, name: str, caption: str = "") -> Evidence:
    """Bind a file to a record. The same file twice is kept once. Raises RuleBroken for what cannot be kept."""
    record = record_for(by, record.pk)
    kept, content_type = kept_form(content)
    digest = sha256(kept).hexdigest()
    known = record.evidence.filter(sha256=digest).first()
    if known is not None:
        return known
    evidence = Evidence(
        record=record,
        name=safe_name(name),
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
