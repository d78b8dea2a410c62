"""Choice words about the work."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServiceLine(models.TextChoices):
    LIVELIHOOD = "livelihood", _("livelihood")
    CAPACITY = "capacity", _("capacity")
    RIGHTS = "rights", _("rights")
    CARE = "care", _("care")


class Method(models.TextChoices):
    """How the work was done; what each counts as stands in the pack `counting-core`."""

    VISIT = "visit", _("home visit")
    ENQUIRY = "enquiry", _("enquiry")
    CASE = "case", _("case work")
    GROUP = "group", _("group work")
    ACTIVITY = "activity", _("activity")
    OUTREACH = "outreach", _("outreach")
    CHECKIN = "checkin", _("front-desk check-in")
    CENTRE = "centre", _("centre day")
    HOTLINE = "hotline", _("hotline")
    AID = "aid", _("aid")
    COURSE = "course", _("course")
    VOLUNTEERING = "volunteering", _("volunteer hours")


class ParticipationMode(models.TextChoices):
    NAMED = "named", _("named")
    LISTED = "listed", _("listed")
    COUNTED = "counted", _("counted")


class RecordState(models.TextChoices):
    """`arriving` rows belong to an import that has not finished; they count nowhere."""

    ARRIVING = "arriving", _("arriving")
    RECORDED = "recorded", _("recorded")
    CANCELLED = "cancelled", _("cancelled")


class SeriesKind(models.TextChoices):
    """Within what a listed nickname is one person (CNT-1)."""

    GROUP = "group", pgettext_lazy("series", "group")
    ACTIVITY = "activity", _("activity series")
    CHECKIN = "checkin", _("check-in list of a site")
    OUTREACH_AREA = "outreach_area", _("outreach area")


class AgeGroup(models.TextChoices):
    """The coarse ages that counting sheets know; the finer bands are a pack's."""

    CHILD = "child", _("under 18")
    ADULT = "adult", _("18 or older")
    UNKNOWN = "", _("age not known")


class Occasion(models.TextChoices):
    """When a measure was asked: comparing needs a before and an after."""

    BEGINNING = "beginning", _("at the beginning")
    BETWEEN = "between", _("on the way")
    END = "end", _("at the end")
    AFTER = "after", _("after the end")
