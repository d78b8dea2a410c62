"""The door: second factors, invitations, the sessions of each login, and tries that went wrong."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models.user import User
from xiezuo.orgs.vocab import AttemptKind

SECRET = Privacy.AUTHOR_ONLY


class Authenticator(models.Model):
    """An app on a phone that shows a new number every half minute. It counts once a number of it was typed.

    `last_step` is the half minute of the last number taken: none is taken twice.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="authenticator")
    secret = EncryptedTextField()
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True)

    privacy = {"secret": SECRET}


class Passkey(models.Model):
    """A key in a phone, computer or stick, opened by finger, face or PIN. The house has its public half only."""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    privacy = {"name": SECRET, "credential_id": SECRET, "credential": SECRET}

    class Meta:
        ordering = ["added_at", "id"]


class RecoveryCode(models.Model):
    """One of the codes on paper that let someone in, once each, whose phone is lost. Only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    privacy = {"digest": SECRET}


class Invitation(models.Model):
    """A link with which a login's owner chooses a password, once. `made_by` is empty when made at the machine."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="invited")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    privacy = {"digest": SECRET}

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_in_order"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_ends_once"
            ),
        ]


class LoginSession(AbstractBaseSession):
    """A browser's session; whose it is, what it calls itself and when it was last seen stand in columns."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    first_seen = models.DateTimeField(default=now)
    last_seen = models.DateTimeField(default=now)

    privacy = {"session_key": SECRET, "session_data": SECRET, "agent": SECRET, "address": SECRET}


class Attempt(models.Model):
    """Tries of one kind that went wrong, of one account or address (a keyed digest of it), and until when it waits."""

    attempt_kind = models.CharField(max_length=8, choices=AttemptKind.choices)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(default=now)
    last_at = models.DateTimeField(default=now)
    blocked_until = models.DateTimeField(null=True)

    privacy = {"digest": Privacy.INTERNAL}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt_kind", "digest"], name="attempts_counted_together")]
