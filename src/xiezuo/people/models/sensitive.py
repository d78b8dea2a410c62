"""What may hurt someone when the wrong people read it: in a table of its own, behind the wall."""

from django.db import models
from django.db.models import Q

from xiezuo.common.crypto import EncryptedTextField
from xiezuo.common.privacy import Privacy
from xiezuo.people.vocab import IdType

S = Privacy.SENSITIVE


class SensitiveFacts(models.Model):
    """F01, the facts of PIPL 28 and the notes about someone. A row exists only where one of them is known.

    The blind index of the identity number stands on the person: it says nothing, and matching needs it.
    """

    behind_wall = True

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="sensitive")
    id_type = models.CharField(max_length=20, choices=IdType.choices, blank=True)
    # Numbers written before this table was there were sealed for the column they stood in.
    id_number = EncryptedTextField(sealed_for="people_person.id_number")
    ethnic_group = models.CharField(max_length=4, blank=True)
    political_status = models.CharField(max_length=4, blank=True)
    economic_state = models.CharField(max_length=40, blank=True)
    health_note = models.TextField(blank=True)
    disability_kind = models.JSONField(default=list, blank=True)
    disability_grade = models.PositiveSmallIntegerField(null=True, blank=True)
    tags = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    privacy = {
        "id_number": S,
        "ethnic_group": S,
        "political_status": S,
        "economic_state": S,
        "health_note": S,
        "disability_kind": S,
        "tags": S,
        "note": S,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(disability_grade__isnull=True) | Q(disability_grade__range=(1, 4)),
                name="sensitive_disability_grade_1_to_4",
            ),
        ]

    def says_something(self) -> bool:
        return any(getattr(self, name) for name in SENSITIVE)


SENSITIVE = tuple(field.name for field in SensitiveFacts._meta.concrete_fields if not field.primary_key)
