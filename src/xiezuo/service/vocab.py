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


class ReferralState(models.TextChoices):
    """The way of a referral. Passing on needs a consent or a supervisor's written decision (CAS-8)."""

    DRAFTED = "drafted", pgettext_lazy("state of a referral", "drafted")
    CONSENTED = "consented", pgettext_lazy("state of a referral", "agreed by the person")
    OVERRIDDEN = "overridden", pgettext_lazy("state of a referral", "decided by a supervisor")
    SENT = "sent", pgettext_lazy("state of a referral", "sent")
    ACCEPTED = "accepted", pgettext_lazy("state of a referral", "accepted")
    REJECTED = "rejected", pgettext_lazy("state of a referral", "not accepted")
    SERVED = "served", pgettext_lazy("state of a referral", "served")
    NOT_SERVED = "not_served", pgettext_lazy("state of a referral", "not served")
    REVOKED = "revoked", pgettext_lazy("state of a referral", "taken back")
    CLOSED = "closed", pgettext_lazy("state of a referral", "closed")


class OverrideGround(models.TextChoices):
    """On what a supervisor passes something on without a consent (CAS-8)."""

    DANGER = "danger", pgettext_lazy("why without a consent", "danger")
    LAW = "law", pgettext_lazy("why without a consent", "the law asks for it")


class Served(models.TextChoices):
    """What the receiver says became of it."""

    YES = "yes", pgettext_lazy("were they served", "yes")
    NO = "no", pgettext_lazy("were they served", "no")
    UNKNOWN = "unknown", pgettext_lazy("were they served", "not known yet")


class Opening(models.TextChoices):
    """What was done through a link to a referral."""

    OPENED = "opened", pgettext_lazy("through a link", "opened")
    ANSWERED = "answered", pgettext_lazy("through a link", "answered")
    REPORTED = "reported", pgettext_lazy("through a link", "told what became of it")


class TransferState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("state of a transfer", "proposed")
    ACCEPTED = "accepted", pgettext_lazy("state of a transfer", "accepted")
    REJECTED = "rejected", pgettext_lazy("state of a transfer", "not accepted")
    REVOKED = "revoked", pgettext_lazy("state of a transfer", "taken back")


class EcoPart(models.TextChoices):
    """What stands around someone on an ecomap."""

    FAMILY = "family", pgettext_lazy("ecomap", "family")
    FRIENDS = "friends", pgettext_lazy("ecomap", "friends and neighbours")
    SCHOOL = "school", pgettext_lazy("ecomap", "school")
    WORK = "work", pgettext_lazy("ecomap", "work")
    GROUP = "group", pgettext_lazy("ecomap", "groups and activities")
    ORGANISATION = "organisation", pgettext_lazy("ecomap", "organisations")
    COLLEAGUE = "colleague", pgettext_lazy("ecomap", "colleagues of ours")
    OTHER = "other", pgettext_lazy("ecomap", "something else")


class TieKind(models.TextChoices):
    STRONG = "strong", pgettext_lazy("tie", "strong")
    WEAK = "weak", pgettext_lazy("tie", "weak")
    STRAINED = "strained", pgettext_lazy("tie", "strained")
    PLAIN = "plain", pgettext_lazy("tie", "not said")


class TieFlow(models.TextChoices):
    """Which way strength flows."""

    NONE = "none", pgettext_lazy("flow of a tie", "none told")
    TOWARDS = "towards", pgettext_lazy("flow of a tie", "to the person")
    AWAY = "away", pgettext_lazy("flow of a tie", "from the person")
    BOTH = "both", pgettext_lazy("flow of a tie", "both ways")


class RiskState(models.TextChoices):
    """Of a risk report: it ends with a receipt or a supervisor's reason, and is never taken back (CHD-1)."""

    FLAGGED = "flagged", _("flagged, not reported yet")
    REPORTED = "reported", _("reported")
    FOLLOWING = "following", _("being followed")
    CLOSED = "closed", _("closed with a receipt")
    CLOSED_BY_REASON = "closed_by_reason", _("closed by a supervisor's reason")


class RiskStepKind(models.TextChoices):
    FLAGGED = "flagged", _("said that someone is at risk")
    COMPLETED = "completed", _("wrote down more")
    LINKED = "linked", _("said who it is")
    TOLD = "told", _("told someone")
    REPORTED = "reported", _("reported it")
    FOLLOWED = "followed", _("went on with it")
    CLOSED = "closed", _("closed it")


class Capacity(models.TextChoices):
    """Whether someone can decide for themselves by law, as far as whoever found them knows (CHD-2)."""

    UNKNOWN = "unknown", _("not known")
    MINOR = "minor", _("under 18")
    LIMITED = "limited", _("grown up, and cannot decide alone")
    FULL = "full", _("grown up, and decides alone")


class EnquiryState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("an enquiry", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("an enquiry", "answered")
    REFERRED = "referred", pgettext_lazy("an enquiry", "sent on")
    CASE_OPENED = "case_opened", pgettext_lazy("an enquiry", "became an intake")
    CLOSED = "closed", pgettext_lazy("an enquiry", "closed")


class Triage(models.TextChoices):
    """How soon somebody has to do something about a call."""

    RED = "red", pgettext_lazy("triage", "urgent")
    AMBER = "amber", pgettext_lazy("triage", "soon")
    GREEN = "green", pgettext_lazy("triage", "ordinary")


class ReportState(models.TextChoices):
    """Where a daily report stands."""

    DRAFT = "draft", pgettext_lazy("daily report", "not handed in")
    HANDED_IN = "handed_in", pgettext_lazy("daily report", "handed in")
    READ = "read", pgettext_lazy("daily report", "read")


class LabourKind(models.TextChoices):
    """What happened at work, as far as a limit by law follows from it."""

    DISPUTE = "dispute", _("labour dispute")
    EMPLOYED = "employed", _("unpaid wages, still employed")
    LEFT = "left", _("unpaid wages, employment ended")
    LEGAL_AID = "legal_aid", _("legal aid asked for")


class InterruptionKind(models.TextChoices):
    CLAIM = "claim", _("claimed from the other side")
    REQUEST = "request", _("asked an authority for help")
    AGREEMENT = "agreement", _("the other side agreed")


class GroupState(models.TextChoices):
    """The way of a group: a supervisor agrees to its plan and, at its end, to its report."""

    PLANNED = "planned", pgettext_lazy("state of a group", "planned, waits for a supervisor")
    APPROVED = "approved", pgettext_lazy("state of a group", "agreed")
    RECRUITING = "recruiting", pgettext_lazy("state of a group", "looking for members")
    RUNNING = "running", pgettext_lazy("state of a group", "meeting")
    REPORTING = "reporting", pgettext_lazy("state of a group", "report waits for a supervisor")
    CLOSED = "closed", pgettext_lazy("state of a group", "closed")


class ActivityState(models.TextChoices):
    """The way of an activity. A cancelled one counts nowhere and says why."""

    PLANNED = "planned", pgettext_lazy("state of an activity", "planned, waits for a supervisor")
    APPROVED = "approved", pgettext_lazy("state of an activity", "agreed")
    OPEN = "open", pgettext_lazy("state of an activity", "open for sign-up")
    HELD = "held", pgettext_lazy("state of an activity", "held")
    CANCELLED = "cancelled", pgettext_lazy("state of an activity", "cancelled")
    SUMMARISED = "summarised", pgettext_lazy("state of an activity", "summary waits for a supervisor")
    CLOSED = "closed", pgettext_lazy("state of an activity", "closed")


class SignUpState(models.TextChoices):
    """`came` and `no_show` are only known once the days of the activity are written down."""

    REGISTERED = "registered", pgettext_lazy("sign-up", "has a place")
    WAITING = "waiting", pgettext_lazy("sign-up", "waits for a place")
    CANCELLED = "cancelled", pgettext_lazy("sign-up", "gave the place back")
    CAME = "came", pgettext_lazy("sign-up", "came")
    NO_SHOW = "no_show", pgettext_lazy("sign-up", "did not come")


class ToTell(models.TextChoices):
    """What someone who signed up has still to hear."""

    MOVED_UP = "moved_up", pgettext_lazy("to be told", "there is a place now")
    CALLED_OFF = "called_off", pgettext_lazy("to be told", "it does not take place")


class SignInWay(models.TextChoices):
    WALL = "wall", pgettext_lazy("sign-in", "by the code on the wall")
    LIST = "list", pgettext_lazy("sign-in", "on the list of colleagues")


class YouthGroupState(models.TextChoices):
    """A group of a youth hub's own: from an idea of its members to one that leads itself."""

    PROPOSED = "proposed", pgettext_lazy("state of a youth group", "proposed")
    FORMED = "formed", pgettext_lazy("state of a youth group", "formed")
    SELF_LED = "self_led", pgettext_lazy("state of a youth group", "leads itself")
    PAUSED = "paused", pgettext_lazy("state of a youth group", "pauses")
    ENDED = "ended", pgettext_lazy("state of a youth group", "ended")


class AidState(models.TextChoices):
    """The way of an aid. What was approved is promised to the household and taken from the gift, until it is refused or
    withdrawn."""

    APPLIED = "applied", pgettext_lazy("state of an aid", "asked for")
    ASSESSED = "assessed", pgettext_lazy("state of an aid", "assessed")
    APPROVED = "approved", pgettext_lazy("state of an aid", "approved")
    REJECTED = "rejected", pgettext_lazy("state of an aid", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an aid", "withdrawn")
    HANDED_OVER = "handed_over", pgettext_lazy("state of an aid", "handed over")
    FOLLOWED_UP = "followed_up", pgettext_lazy("state of an aid", "followed up")
    REPORTED = "reported", pgettext_lazy("state of an aid", "reported to the donor")


class AidAnswer(models.TextChoices):
    """Of whoever is asked to approve an aid."""

    ASKED = "asked", pgettext_lazy("approval of an aid", "waits")
    APPROVED = "approved", pgettext_lazy("approval of an aid", "approved")
    REJECTED = "rejected", pgettext_lazy("approval of an aid", "not approved")


class LeftWith(models.TextChoices):
    """With whom a child left a site (CHD-6). `unlisted` is possible only where the house softened the rule to a warning;
    `not_here`: written down by mistake, and counted in nothing."""

    COLLECTOR = "collector", pgettext_lazy("a child left with", "someone on the list")
    GUARDIAN = "guardian", pgettext_lazy("a child left with", "a guardian")
    PHONE = "phone", pgettext_lazy("a child left with", "somebody to whom a guardian agreed by phone")
    ALONE = "alone", pgettext_lazy("a child left with", "alone, as the guardians allow")
    UNLISTED = "unlisted", pgettext_lazy("a child left with", "somebody who is on no list")
    NOT_HERE = "not_here", pgettext_lazy("a child left with", "was not here after all")


class WhichParent(models.TextChoices):
    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    BOTH = "both", _("both parents")


class InTouch(models.TextChoices):
    """How parents and child were in contact."""

    PHONE = "phone", pgettext_lazy("contact", "by phone")
    VIDEO = "video", pgettext_lazy("contact", "by video")
    MESSAGE = "message", pgettext_lazy("contact", "by messages")
    VISIT = "visit", pgettext_lazy("contact", "they saw each other")
    OTHER = "other", pgettext_lazy("contact", "in another way")
