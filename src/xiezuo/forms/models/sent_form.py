"""Which forms have been sent, so that one that comes twice is carried out once."""

from django.db import models

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy


class SentForm(models.Model):
    """One opening of a form that was carried out, and where its sender was led then. `sender` is a keyed digest of a
    login or of an opened link; `opening` the open page it came from. The row is taken before anything is done, in the
    same transaction: whoever comes second waits and is led to the same place."""

    sender = models.CharField(max_length=64)
    key = models.UUIDField()
    opening = models.CharField(max_length=36, blank=True)
    address = EncryptedTextField()
    at = models.DateTimeField(default=now)

    privacy = {"sender": Privacy.INTERNAL, "opening": Privacy.INTERNAL, "address": Privacy.AUTHOR_ONLY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "key"], name="form_sent_once")]
        indexes = [models.Index(fields=["at"])]
