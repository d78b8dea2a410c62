"""Choice words of the organisation floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """What a membership lets someone do. Rights come from here; role periods of a person are biography."""

    SOCIAL_WORKER = "social_worker", _("social worker")
    SUPERVISOR = "supervisor", _("supervisor")
    PLACEMENT_STUDENT = "placement_student", _("placement student")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("volunteer coordinator")
    DIRECTOR = "director", _("director")
    DATA_STEWARD = "data_steward", _("data steward")
    SYSADMIN = "sysadmin", _("system administrator")


class OrgKind(models.TextChoices):
    ASSOCIATION = "association", _("association")
    SOCIAL_SERVICE = "social_service", _("social service institution")
    FOUNDATION = "foundation", _("foundation")
    COMMUNITY_ORG = "community_org", _("community-level organisation")
    SW_ASSOCIATION = "sw_association", _("social workers' association")
    COMMITTEE = "committee", _("residents' or villagers' committee")
    GOVERNMENT = "government", _("government")
    ENTERPRISE = "enterprise", _("enterprise")
    SCHOOL = "school", _("school")
    HOSPITAL = "hospital", _("hospital")
    OTHER = "other", _("other")


class FundingKind(models.TextChoices):
    GOVERNMENT_PURCHASE = "government_purchase", _("government purchase of services")
    VENTURE_CALL = "venture_call", _("public-interest venture call")
    JOINT_FUNDRAISING = "joint_fundraising", _("joint fundraising")
    GRANT = "grant", _("grant")
    DONATION = "donation", _("donation")


class Language(models.TextChoices):
    ZH = "zh-hans", "中文"
    EN = "en", "English"


class AttemptKind(models.TextChoices):
    """What is counted until it has to wait: wrong passwords of an account and from an address, wrong codes of the
    second factor, links that lead nowhere, files sent, how often a calendar is fetched and a program asks."""

    ACCOUNT = "account", _("passwords of an account")
    ADDRESS = "address", _("passwords from an address")
    CODE = "code", _("codes of the second factor")
    LINK = "link", _("links")
    UPLOAD = "upload", _("files sent")
    CALENDAR = "calendar", _("calendars fetched")
    PROGRAM = "program", _("what programs ask")
