"""What someone has typed and not yet finished. It survives a closed tab, an expired session and a dead network."""

import uuid

from django.db import models

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User


class Draft(models.Model):
    """One unfinished form of one author. The key is made on the device, so that saving twice is saving once."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    author = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=40)
    title = EncryptedTextField()
    answers = EncryptedTextField()
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=now)
    saved_at = models.DateTimeField()

    privacy = {"form": Privacy.INTERNAL, "title": Privacy.AUTHOR_ONLY, "answers": Privacy.AUTHOR_ONLY}

    class Meta:
        indexes = [models.Index(fields=["author", "form", "-saved_at"])]
