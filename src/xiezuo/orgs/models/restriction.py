"""What a gift may pay for (指定用途), and what the donor agreed to change about it."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models.organisation import Funding
from xiezuo.orgs.models.user import User


class DonorAgreement(models.Model):
    """The donor agreed that a funding pays for something else: who of them, on which day, and who told it here (AID-2)."""

    funding = models.ForeignKey(Funding, models.PROTECT, related_name="agreements")
    agreed_by = models.CharField(max_length=60)
    agreed_on = models.DateField()
    words = models.TextField(blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=now)

    privacy = {"agreed_by": Privacy.INTERNAL, "words": Privacy.INTERNAL}

    class Meta:
        ordering = ["-id"]


class DonorRestriction(models.Model):
    """A kind of aid (code of the list `aid_kind`) for which a funding pays, from a day on. A funding of which no such row is
    written pays for anything only if it is not restricted in words either. `began_by`, `ended_by`: what the donor agreed."""

    funding = models.ForeignKey(Funding, models.PROTECT, related_name="restrictions")
    aid_kind = models.CharField(max_length=30)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    began_by = models.ForeignKey(DonorAgreement, models.PROTECT, null=True, blank=True, related_name="began")
    ended_by = models.ForeignKey(DonorAgreement, models.PROTECT, null=True, blank=True, related_name="ended")

    privacy = {"aid_kind": Privacy.INTERNAL}

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("donor_restriction_in_order"),
            models.UniqueConstraint(
                fields=["funding", "aid_kind"], condition=Q(to_on__isnull=True), name="donor_restriction_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True, ended_by__isnull=True) | Q(to_on__isnull=False, ended_by__isnull=False),
                name="donor_restriction_ends_by_agreement",
            ),
        ]
