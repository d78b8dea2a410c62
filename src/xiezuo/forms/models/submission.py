"""A form that someone filled in, with what it said earlier, what its author keeps for themselves, and its files."""

import uuid

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.forms.vocab import SubmissionState
from xiezuo.orgs.models import User


class Submission(models.Model):
    """A finished form, in the version of the pack with which it was written. `key` is the key of its draft, so that sending
    twice is sending once. `answers` is JSON by the key of the field (see `forms.filling`)."""

    behind_wall = True

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    form = models.CharField(max_length=60)
    pack_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    service_date = models.DateField(null=True, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="submissions")
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=SubmissionState.choices, default=SubmissionState.COMPLETE)
    answers = EncryptedTextField()
    submitted_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=now)

    privacy = {
        "form": Privacy.INTERNAL,
        "pack_id": Privacy.INTERNAL,
        "version": Privacy.INTERNAL,
        "answers": Privacy.SENSITIVE,
    }

    class Meta:
        indexes = [models.Index(fields=["author", "form", "-submitted_at"], name="submission_last_of_author")]


class EarlierSubmission(models.Model):
    """What a filled form said before it was corrected; `by` and `at` tell of the version that was replaced."""

    behind_wall = True

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="earlier")
    revision = models.PositiveIntegerField()
    pack_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    answers = EncryptedTextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = {"pack_id": Privacy.INTERNAL, "version": Privacy.INTERNAL, "answers": Privacy.SENSITIVE}

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["submission", "revision"], name="submission_revision_once")]


class AuthorsAnswers(models.Model):
    """Answers to the fields of a form that are for nobody but whoever wrote them. No role opens them to anyone else, and no
    export, copy or paper holds them."""

    behind_wall = True

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="own")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    answers = EncryptedTextField()

    privacy = {"answers": Privacy.AUTHOR_ONLY}


class SubmissionFile(models.Model):
    """A file, photo, recording or signature of a form: of the draft it was sent for, then of what was submitted."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft_key = models.UUIDField()
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="files")
    file = models.FileField(upload_to="forms", max_length=160)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    privacy = {
        "file": Privacy.SENSITIVE,
        "name": Privacy.PERSONAL,
        "content_type": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["draft_key", "added_by"], condition=Q(submission__isnull=True), name="file_of_a_draft")
        ]
