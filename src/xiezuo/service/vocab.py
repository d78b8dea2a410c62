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


class CaseState(models.TextChoices):
    """The way of a case (MZ/T 094-2017). A case that was closed is not opened again: coming back is a new case."""

    INTAKE = "intake", pgettext_lazy("state of a case", "intake")
    DECLINED = "declined", pgettext_lazy("state of a case", "declined")
    REFERRED_OUT = "referred_out", pgettext_lazy("state of a case", "referred")
    ACCEPTED = "accepted", pgettext_lazy("state of a case", "accepted")
    ASSESSING = "assessing", pgettext_lazy("state of a case", "being assessed")
    PLANNED = "planned", pgettext_lazy("state of a case", "planned")
    INTERVENING = "intervening", pgettext_lazy("state of a case", "intervening")
    REASSESSING = "reassessing", pgettext_lazy("state of a case", "being reviewed")
    EVALUATING = "evaluating", pgettext_lazy("state of a case", "being evaluated")
    CLOSING_PENDING = "closing_pending", pgettext_lazy("state of a case", "closing, waits for a supervisor")
    CLOSED = "closed", pgettext_lazy("state of a case", "closed")
    FOLLOW_UP = "follow_up", pgettext_lazy("state of a case", "followed up")
    ARCHIVED = "archived", pgettext_lazy("state of a case", "archived")
    SUSPENDED = "suspended", pgettext_lazy("state of a case", "suspended")
    TRANSFERRED = "transferred", pgettext_lazy("state of a case", "being transferred")


# A case that was closed is corrected no more, nor are its forms (CAS-4).
LOCKED_STATES = (CaseState.CLOSED, CaseState.FOLLOW_UP, CaseState.ARCHIVED)


class RiskLevel(models.TextChoices):
    """Set by a person who gives the reason, never by a score (DAT-6)."""

    HIGH = "high", pgettext_lazy("risk", "high")
    MEDIUM = "medium", pgettext_lazy("risk", "medium")
    LOW = "low", pgettext_lazy("risk", "low")


class CloseReason(models.TextChoices):
    GOALS_REACHED = "goals_reached", _("goals reached")
    OWN_WISH = "own_wish", _("their own wish")
    MOVED_AWAY = "moved_away", _("moved away")
    LOST_CONTACT = "lost_contact", _("contact lost")
    REFUSED = "refused", pgettext_lazy("why a case closes", "refused")
    REFERRED = "referred", pgettext_lazy("why a case closes", "referred")
    BEYOND_COMPETENCE = "beyond_competence", _("beyond what we can do")
    DIED = "died", _("died")
    OTHER = "other", pgettext_lazy("why a case closes", "other")
