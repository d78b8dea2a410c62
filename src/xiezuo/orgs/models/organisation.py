"""The organisation itself, and the other bodies it names."""

from django.db import models
from django.db.models import F, Q

from xiezuo.common.periods import in_order
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models.user import User
from xiezuo.orgs.vocab import FundingKind, OrgKind, StaffRole


class Organisation(models.Model):
    """Any body, ours or another. Exactly one is the house: the legal person whose database this is.

    `solo_mode`: one or two people run the house, and second signatures that no law demands are not asked for.
    """

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=24, blank=True)
    org_kind = models.CharField(max_length=24, choices=OrgKind.choices)
    is_house = models.BooleanField(default=False)
    solo_mode = models.BooleanField(default=False)

    privacy = {"name": Privacy.PUBLIC, "short_name": Privacy.PUBLIC}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_house"], condition=Q(is_house=True), name="one_house_per_database")
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class LegalIdentity(models.Model):
    """The form, name and code under which an organisation existed for a time; several follow one another."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="legal_identities")
    org_kind = models.CharField(max_length=24, choices=OrgKind.choices)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    privacy = {"name": Privacy.PUBLIC, "uscc": Privacy.PUBLIC}

    class Meta:
        ordering = ["from_on"]
        constraints = [in_order("legal_identity_in_order")]


class Site(models.Model):
    """A place of work of the house. `other_names` are the ways its name is written in old sheets."""

    name = models.CharField(max_length=60, unique=True)
    address = models.CharField(max_length=200, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    privacy = {"name": Privacy.PUBLIC, "address": Privacy.PUBLIC, "other_names": Privacy.INTERNAL}

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="site_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """A long-running undertaking such as 新市民之家; projects come and go inside it."""

    name = models.CharField(max_length=80, unique=True)
    about = models.TextField(blank=True)

    privacy = {"name": Privacy.PUBLIC, "about": Privacy.PUBLIC}

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """A bounded piece of work, usually funded."""

    name = models.CharField(max_length=120)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="projects")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    sites = models.ManyToManyField(Site, blank=True, related_name="projects")

    privacy = {"name": Privacy.PUBLIC}

    class Meta:
        ordering = ["-from_on", "name"]
        constraints = [
            in_order("project_in_order"),
            models.UniqueConstraint(fields=["name", "from_on"], name="project_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Funding(models.Model):
    """Money promised to a project: by whom, how much (yuan, two decimals), for which period."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="fundings")
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="fundings")
    funding_kind = models.CharField(max_length=24, choices=FundingKind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    restriction = models.TextField(blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    privacy = {"restriction": Privacy.INTERNAL}

    class Meta:
        constraints = [
            in_order("funding_in_order"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funding_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.funder} · {self.project}"


class Membership(models.Model):
    """A login's role in the house, at one site or (no site) at all of them, for a period."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=StaffRole.choices)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="memberships")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            in_order("membership_in_order"),
            models.UniqueConstraint(fields=["user", "role", "site", "from_on"], name="membership_once_per_site"),
            models.UniqueConstraint(
                fields=["user", "role", "from_on"], condition=Q(site__isnull=True), name="membership_once_everywhere"
            ),
        ]
