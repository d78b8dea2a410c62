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
