"""What someone has typed and not yet finished. It survives a closed tab, an expired session and a dead network."""

import uuid

from django.db import models

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User


class Draft(models.Model):
    """One unfinished form of one author. Each opening of a form has a key of its own, so that saving twice is saving once.

    `place` is a keyed digest of the page and the form on it: there it is offered again. `page` is the way back.
    `opening`: the open page (a tab, a device) that saved last. `beside`: it is another version of the draft with that
    key, written elsewhere at the same time.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    author = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=40)
    title = EncryptedTextField()
    answers = EncryptedTextField()
    page = EncryptedTextField()
    place = models.CharField(max_length=64, blank=True)
    opening = models.CharField(max_length=36, blank=True)
    beside = models.UUIDField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=now)
    saved_at = models.DateTimeField()

    privacy = {
        "form": Privacy.INTERNAL,
        "title": Privacy.AUTHOR_ONLY,
        "answers": Privacy.AUTHOR_ONLY,
        "page": Privacy.AUTHOR_ONLY,
        "place": Privacy.INTERNAL,
        "opening": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["author", "form", "-saved_at"]),
            models.Index(fields=["author", "place"]),
        ]


class DraftFile(models.Model):
    """A picture, paper or recording chosen in a form that is not sent yet. `field` is the name of the form's field."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    field = models.CharField(max_length=100)
    file = models.FileField(upload_to="drafts", max_length=160)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=now)

    privacy = {
        "field": Privacy.INTERNAL,
        "file": Privacy.AUTHOR_ONLY,
        "name": Privacy.AUTHOR_ONLY,
        "content_type": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "field", "sha256"], name="draft_file_once_in_a_field")]
