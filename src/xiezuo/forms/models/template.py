"""The organisation's own Word template of a form."""

from django.db import models
from django.db.models import Q

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.forms.vocab import TemplateState
from xiezuo.orgs.models import User


class DocumentTemplate(models.Model):
    """One version for one form (its key). It was checked and tried before it is kept; one at most is in use.

    `used` holds the names it speaks of, `sha256` that of the file as it was uploaded.
    """

    form = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="templates", max_length=160)
    sha256 = models.CharField(max_length=64)
    used = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=TemplateState.choices, default=TemplateState.CHECKED)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    in_use_from = models.DateField(null=True, blank=True)

    privacy = {
        "form": Privacy.INTERNAL,
        "name": Privacy.INTERNAL,
        "file": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
        "used": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["form", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["form", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(state=TemplateState.IN_USE), name="template_one_in_use_for_a_form"
            ),
            models.CheckConstraint(
                condition=~Q(state=TemplateState.IN_USE) | Q(in_use_from__isnull=False), name="template_in_use_since"
            ),
        ]

    def __str__(self) -> str:
        return self.name
