"""Versions of packs that are written in this house, and what people did to them."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.forms.models.written import WrittenField
from xiezuo.forms.vocab import Level, PackKind, PackState
from xiezuo.orgs.models import User

IN_WORK = (PackState.DRAFT, PackState.REVIEWED)
WAS_IN_FORCE = (PackState.PUBLISHED, PackState.SUPERSEDED, PackState.RETIRED)


class PackEdition(models.Model):
    """One version of a pack: written, read by its author as a whole, put in force by someone else, and later replaced.

    `body`: the whole pack. `base_body`: what it was made from, the shipped version or an earlier one of the house
    (`base_version`); none for a new pack. `alone`: its author put it in force themselves, in a house of one or two.
    `signed_by`, `fingerprint`: whose file it came from.
    """

    pack_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=PackKind.choices)
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=20, choices=Level.choices)
    place = models.CharField(max_length=6, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=PackState.choices, default=PackState.DRAFT)
    body = WrittenField()
    checksum = models.CharField(max_length=64)
    base_version = models.CharField(max_length=20, blank=True)
    base_body = WrittenField(null=True, blank=True)
    changes = models.CharField(max_length=200, blank=True)
    changes_en = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="packs_written")
    begun_at = models.DateTimeField(default=now)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="packs_published")
    published_at = models.DateTimeField(null=True, blank=True)
    alone = models.BooleanField(default=False)
    sent_back = models.CharField(max_length=300, blank=True)
    signed_by = models.CharField(max_length=120, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    privacy = dict.fromkeys(
        (
            *("pack_id", "version", "title", "place", "body", "checksum", "base_version", "base_body"),
            *("changes", "changes_en", "sent_back", "signed_by", "fingerprint"),
        ),
        Privacy.INTERNAL,
    )

    class Meta:
        ordering = ["pack_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack_id", "version"], name="pack_version_once"),
            models.UniqueConstraint(
                fields=["pack_id"], condition=Q(state__in=IN_WORK), name="one_version_of_a_pack_in_work"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="pack_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=PackState.DRAFT, reviewed_at__isnull=True)
                | (~Q(state=PackState.DRAFT) & Q(reviewed_at__isnull=False)),
                name="pack_reviewed_when_read",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=IN_WORK, published_by__isnull=True, published_at__isnull=True, valid_to__isnull=True
                )
                | Q(
                    state__in=WAS_IN_FORCE,
                    published_by__isnull=False,
                    published_at__isnull=False,
                    valid_from__isnull=False,
                ),
                name="pack_in_force_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("author")) | Q(alone=True),
                name="pack_published_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.version}"


class LocalChange(models.Model):
    """One thing that was changed in a version, why, and later what came of it. `path` is a line of names."""

    edition = models.ForeignKey(PackEdition, models.CASCADE, related_name="local_changes")
    path = models.CharField(max_length=500)
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    result = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    privacy = dict.fromkeys(("path", "what", "why", "result"), Privacy.INTERNAL)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "path"], name="pack_change_told_once")]


class PackReview(models.Model):
    """Who published their own version alone looks at it again by a day, or someone else does."""

    edition = models.OneToOneField(PackEdition, models.PROTECT, related_name="review")
    due_on = models.DateField()
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    privacy = {"note": Privacy.INTERNAL}

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False),
                name="pack_review_done_by_someone",
            )
        ]


class PackVerification(models.Model):
    """Someone held a version of a pack, shipped or own, against its sources on a day."""

    pack_id = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    verified_on = models.DateField()
    verified_by = models.CharField(max_length=60)
    against = models.CharField(max_length=300)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now)

    privacy = dict.fromkeys(("pack_id", "version", "verified_by", "against"), Privacy.INTERNAL)

    class Meta:
        ordering = ["-verified_on", "-pk"]
        indexes = [models.Index(fields=["pack_id", "version"])]


class TrustedSigner(models.Model):
    """An organisation whose packs someone of the house decided to take: by the key with which it signs."""

    organisation = models.CharField(max_length=120)
    public_key = models.CharField(max_length=64, unique=True)
    trusted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    trusted_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = {"organisation": Privacy.INTERNAL, "public_key": Privacy.PUBLIC}

    class Meta:
        ordering = ["organisation", "pk"]
