"""What a colleague writes for nobody but themselves."""

from django.db import models

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.service.models.record import ServiceRecord


class PrivateNote(models.Model):
    """The author's own note on a record: feelings, doubts, what to ask at the next supervision. No role opens it to anyone
    else, and no export, copy or report holds it."""

    behind_wall = True

    record = models.ForeignKey(ServiceRecord, models.CASCADE, related_name="private_notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="private_notes")
    text = EncryptedTextField()
    written_at = models.DateTimeField(default=now)

    privacy = {"text": Privacy.AUTHOR_ONLY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "author"], name="private_note_once_per_author")]
