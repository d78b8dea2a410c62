"""Choice words about figures, reports and targets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportPart(models.TextChoices):
    """What an organisation writes itself into its annual report, in the order of the report."""

    OPENING = "opening", _("The year in a few sentences")
    STORIES = "stories", _("What people told us")
    LEARNT = "learnt", _("What we learnt")
    AHEAD = "ahead", _("What comes next")
