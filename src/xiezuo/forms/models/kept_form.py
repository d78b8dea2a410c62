"""What was sent when its author was no longer logged in."""

import uuid

from django.db import models

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User


class KeptForm(models.Model):
    """One form that came too late, of one page (a keyed digest of its address) and one login; offered once more."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.CASCADE, related_name="kept_forms")
    digest = models.CharField(max_length=64)
    path = EncryptedTextField()
    fields = EncryptedTextField()
    files = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField(default=now)

    privacy = {
        "digest": Privacy.INTERNAL,
        "path": Privacy.AUTHOR_ONLY,
        "fields": Privacy.AUTHOR_ONLY,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="kept_form_once_for_a_page")]
