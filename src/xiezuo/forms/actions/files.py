"""Files of a form that is not sent yet: kept at once, handed over when the form is."""

import uuid
from functools import partial
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xiezuo.common.errors import RuleBroken
from xiezuo.common.files import kept_form, safe_name
from xiezuo.forms.access import draft_files, drafts_for
from xiezuo.forms.models import DraftFile
from xiezuo.forms.packs import pack
from xiezuo.orgs.access import Actor


@transaction.atomic
def keep_draft_file(*, by: Actor, key: uuid.UUID, field: str, content: bytes, name: str) -> DraftFile:
    """Keep a file with one's own draft; pictures lose the place they carry. The same file twice is kept once. Raises
    RuleBroken for what cannot be kept, and where there is no such draft."""
    draft = drafts_for(by).filter(key=key).first()
    if draft is None:
        raise RuleBroken("forms.no_draft", _("This form is not open any more. Open it again and choose the file."))
    most = int(pack("drafts-default")["draft"]["most_files"])
    if draft.files.count() >= most:
        raise RuleBroken("forms.too_many_files", _("A form takes %(n)s files at most.") % {"n": most})
    kept, content_type = kept_form(content)
    digest = sha256(kept).hexdigest()
    known = draft.files.filter(field=field, sha256=digest).first()
    if known is not None:
        return known
    row = DraftFile(
        draft=draft, field=field, name=safe_name(name), content_type=content_type, size=len(kept), sha256=digest
    )
    row.file.save(str(row.key), ContentFile(kept), save=False)
    row.save()
    return row


def _remove(row: DraftFile) -> None:
    transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
    row.delete()


@transaction.atomic
def drop_draft_file(*, by: Actor, key: uuid.UUID, file: uuid.UUID) -> None:
    """Its author does not want it any more."""
    for row in draft_files(by, key).filter(key=file):
        _remove(row)


@transaction.atomic
def take_draft_file(*, by: Actor, key: uuid.UUID, file: uuid.UUID) -> bytes:
    """The content of a file of one's own draft, for the action that keeps it from now on; the draft has it no longer.
    Raises RuleBroken where it is gone."""
    row = draft_files(by, key).filter(key=file).first()
    if row is None:
        raise RuleBroken("forms.no_file", _("This file is not there any more. Choose it again."))
    with row.file.open("rb") as opened:
        content: bytes = opened.read()
    _remove(row)
    return content
