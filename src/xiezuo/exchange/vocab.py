"""Choice words of what comes in and goes out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchState(models.TextChoices):
    """The life of one imported file."""

    READING = "reading", _("being read")
    UNREADABLE = "unreadable", _("cannot be read")
    UNDERSTOOD = "understood", _("waiting for your word")
    APPLYING = "applying", _("being imported")
    APPLIED = "applied", _("imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("put aside")


class RowState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ARRIVED = "arrived", _("arrived")
    ALREADY_HERE = "already_here", _("already here")
    KEPT_ASIDE = "kept_aside", _("kept aside")
    LEFT_OUT = "left_out", _("left out on your word")
    UNDONE = "undone", _("undone")


class MatchAnswer(models.TextChoices):
    """What someone said of a row that may stand for a person who is here already."""

    SAME = "same", pgettext_lazy("possible match", "the same person")
    DIFFERENT = "different", pgettext_lazy("possible match", "another person")
    LATER = "later", pgettext_lazy("possible match", "decide later")


class ExportKind(models.TextChoices):
    """What a list that leaves the house is of."""

    PEOPLE = "people", pgettext_lazy("a list of", "people")
    RECORDS = "records", pgettext_lazy("a list of", "service records")
    VOLUNTEERS = "volunteers", pgettext_lazy("a list of", "volunteers")
    FILE = "file", pgettext_lazy("a list of", "a whole file")


class ExportState(models.TextChoices):
    """The life of a list that leaves the house."""

    ASKED = "asked", pgettext_lazy("export", "waiting for a second person")
    APPROVED = "approved", pgettext_lazy("export", "may be written")
    REFUSED = "refused", pgettext_lazy("export", "refused")
    WRITTEN = "written", pgettext_lazy("export", "ready to be fetched")
    EXPIRED = "expired", pgettext_lazy("export", "over; the file is removed")
