"""Choice words of forms and packs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackKind(models.TextChoices):
    """What a pack holds."""

    FORMS = "forms", _("forms")
    LADDER = "ladder", _("ladder")
    TAXONOMY = "taxonomy", _("taxonomy")
    CRITERIA = "criteria", _("criteria")
    RULES = "rules", _("rules")
    CODES = "codes", _("code lists")
    CALENDAR = "calendar", _("calendar")
    DOCUMENTS = "documents", _("paper layouts")
    MEASURES = "measures", _("measures")
    CHECKLIST = "checklist", _("checklist")
    MODEL = "model", _("model package")
    LEDGER = "ledger", _("ledger layout")
    TIMELINE = "timeline", _("timelines")


class Level(models.TextChoices):
    """For whom a pack holds; the nearer one wins."""

    NATIONAL = "national", _("the whole country")
    PROVINCE = "province", _("a province")
    CITY = "city", _("a city or district")
    FUNDER = "funder", _("a funder")
    ORGANISATION = "organisation", _("this organisation")


class Mark(models.TextChoices):
    """How far a fact was looked up."""

    VERIFIED = "verified", _("read in the source")
    SECONDARY = "secondary", _("quoted elsewhere")
    UNVERIFIED = "unverified", _("not looked up: custom or our own choice")


class RuleAct(models.TextChoices):
    """What the software does where a rule is not kept."""

    REFUSE = "refuse", pgettext_lazy("what a rule does", "refuses")
    WARN = "warn", pgettext_lazy("what a rule does", "warns")
    REMIND = "remind", pgettext_lazy("what a rule does", "reminds")
    INFORM = "inform", pgettext_lazy("what a rule does", "tells")


class PackState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a pack", "draft")
    REVIEWED = "reviewed", pgettext_lazy("state of a pack", "reviewed")
    PUBLISHED = "published", pgettext_lazy("state of a pack", "published")
    SUPERSEDED = "superseded", pgettext_lazy("state of a pack", "superseded")
    RETIRED = "retired", pgettext_lazy("state of a pack", "retired")


class FieldType(models.TextChoices):
    """What a field of a form takes."""

    TEXT = "text", _("one line")
    LONG = "long", _("text of several lines")
    INTEGER = "integer", _("whole number")
    DECIMAL = "decimal", _("number")
    YUAN = "yuan", _("amount in yuan")
    DATE = "date", pgettext_lazy("type of a field", "day")
    TIME = "time", _("time of day")
    DATETIME = "datetime", _("day and time")
    YES_NO = "yes_no", _("yes or no")
    FILE = "file", pgettext_lazy("type of a field", "file, photo or recording")
    SIGNATURE = "signature", _("signature")
    RATING = "rating", _("rating 0 to 5")
    CHOICE = "choice", _("one of a list")
    CHOICES = "choices", _("several of a list")
    REFERENCE = "reference", _("one that is recorded already")
    REFERENCES = "references", _("several that are recorded already")
    COMPUTED = "computed", _("worked out by the system")
    ROWS = "rows", pgettext_lazy("type of a field", "rows")


class SubmissionState(models.TextChoices):
    """Where a filled form stands. One without a place for a signature is complete once its author has finished it."""

    COMPLETE = "complete", pgettext_lazy("state of a filled form", "complete")
    WAITING = "waiting", pgettext_lazy("state of a filled form", "waits for a decision")
    APPROVED = "approved", pgettext_lazy("state of a filled form", "agreed to")
    RETURNED = "returned", pgettext_lazy("state of a filled form", "returned")
    REJECTED = "rejected", pgettext_lazy("state of a filled form", "not agreed to")


class Unanswered(models.TextChoices):
    """Why a fact about a person is not known."""

    UNKNOWN = "unknown", pgettext_lazy("why there is no answer", "not known")
    DECLINED = "declined", pgettext_lazy("why there is no answer", "they would rather not say")
    NOT_ASKED = "not_asked", pgettext_lazy("why there is no answer", "not asked")


class TemplateState(models.TextChoices):
    """The life of one version of the organisation's own Word template."""

    CHECKED = "checked", pgettext_lazy("state of a template", "checked, not in use yet")
    IN_USE = "in_use", pgettext_lazy("state of a template", "in use")
    SUPERSEDED = "superseded", pgettext_lazy("state of a template", "superseded")
    RETIRED = "retired", pgettext_lazy("state of a template", "not used any more")
