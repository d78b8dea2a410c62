"""The way by which someone looks at what is recorded about them."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.person import Person


class MemberLink(models.Model):
    """`looker` may look at what is recorded about `subject`: themselves, or someone for whom they answer by law.

    It opens once, until `expires_at`; from `used_at` on the device that opened it may look for the minutes of pack
    member-default, and never after `ended_at`. Only a keyed digest of what stands in the address is kept.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    subject = models.ForeignKey(Person, models.PROTECT, related_name="member_links")
    looker = models.ForeignKey(Person, models.PROTECT, related_name="member_links_held")
    verified_by = models.CharField(max_length=120)  # how the worker made sure who they are
    cleared_to = models.BigIntegerField(
        default=0
    )  # up to this answer the worker said: the looker is not who may not know
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = {"token_hash": Privacy.AUTHOR_ONLY, "verified_by": Privacy.INTERNAL}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="member_link_lasts"),
            models.CheckConstraint(condition=~Q(verified_by=""), name="member_link_says_how_verified"),
        ]
