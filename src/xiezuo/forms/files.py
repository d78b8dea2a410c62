"""Files that come along with a form: kept for the draft at once, bound to what is submitted later."""

import uuid
from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from xiezuo.common.files import kept_form, safe_name
from xiezuo.common.walls import opened
from xiezuo.forms.models import SubmissionFile
from xiezuo.orgs.access import Actor

POINTS = "a file of one's own that may later point at a form"


def files_of_draft(actor: Actor, key: uuid.UUID) -> QuerySet[SubmissionFile]:
    """The actor's own files that wait for the form with this key to be finished."""
    return SubmissionFile.objects.filter(draft_key=key, added_by=actor.user, submission__isnull=True)


@transaction.atomic
def keep_file(*, by: Actor, key: uuid.UUID, content: bytes, name: str) -> SubmissionFile:
    """Keep a file for the form with this key. The same file twice is kept once. Raises RuleBroken for what cannot be kept."""
    kept, content_type = kept_form(content)
    digest = sha256(kept).hexdigest()
    known = files_of_draft(by, key).filter(sha256=digest).first()
    if known is not None:
        return known
    held = SubmissionFile(
        draft_key=key,
        name=safe_name(name),
        content_type=content_type,
        size=len(kept),
        sha256=digest,
        added_by=by.user,
    )
    held.file.save(digest, ContentFile(kept), save=False)
    with opened("forms.Submission", why=POINTS):
        held.save()
    return held


@transaction.atomic
def drop_files(*, by: Actor, key: uuid.UUID) -> None:
    """The form is not sent after all: its files go, from the disk too."""
    for held in files_of_draft(by, key):
        transaction.on_commit(partial(held.file.storage.delete, str(held.file.name)))
        with opened("forms.Submission", why=POINTS):
            held.delete()
