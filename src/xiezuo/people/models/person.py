"""The person: one human, one row, many roles over time."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.orgs.models import User
from xiezuo.people.models.sensitive import SensitiveFacts
from xiezuo.people.vocab import BornPrecision, CameFrom, Sex

P, S = Privacy.PERSONAL, Privacy.SENSITIVE
ERASED = _("an erased person")


def _behind(name: str) -> Any:
    """A fact that stands in the table behind the wall, read and written as if it stood on the person."""

    def told(person: "Person") -> Any:
        return getattr(person.behind, name)

    def tell(person: "Person", value: Any) -> None:
        setattr(person.behind, name, value)

    return property(told, tell)


class Person(models.Model):
    """F01. Only the nickname is required; a nickname is the name where nothing else is known.

    `born_on` keeps what is known and `born_precision` how much of it (month: the first of it; year: 1 January).
    An erased row keeps sex and, as `born_on`, no birthday but the earliest one that gives the same age bands.
    `unanswered` says of facts that are empty why they are: {"phone": "declined"}; of what is not in it nobody has asked.
    Official code lists (ethnic group, education, marriage, political status, places) hold codes of pack codes-core.
    What may hurt someone stands in `SensitiveFacts`; here it can be read and written once `people.sensitive` has
    fetched it, and is refused before.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)  # of the form it was written on: written twice is once
    nickname = models.CharField(max_length=60)
    full_name = models.CharField(max_length=60, blank=True)
    alias = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    born_on = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=8, choices=BornPrecision.choices, blank=True)
    id_number_index = models.CharField(max_length=64, blank=True)
    education = models.CharField(max_length=4, blank=True)
    marriage = models.CharField(max_length=4, blank=True)
    hukou_place = models.CharField(max_length=60, blank=True)
    current_place = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    arrived_precision = models.CharField(max_length=8, choices=BornPrecision.choices, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    wechat = models.CharField(max_length=60, blank=True)
    reach_when = models.CharField(max_length=120, blank=True)
    safe_to_message = models.BooleanField(default=False)
    employment = models.CharField(max_length=40, blank=True)
    occupation = models.CharField(max_length=120, blank=True)
    school = models.CharField(max_length=120, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    unanswered = models.JSONField(default=dict, blank=True)
    for_testing = models.BooleanField(default=False)

    came_from = models.CharField(max_length=12, choices=CameFrom.choices, default=CameFrom.RECORDED)
    legal_basis = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="person")
    # The row of the same human that is kept; whoever looks, lists or counts sees that one alone.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="merged_rows"
    )
    erased_on = models.DateField(null=True, blank=True)  # since then it says nothing but that someone was counted
    sound = models.CharField(max_length=240, blank=True, editable=False)  # of the name, for finding whoever is here

    id_type, id_number = _behind("id_type"), _behind("id_number")
    ethnic_group, political_status = _behind("ethnic_group"), _behind("political_status")
    economic_state, health_note = _behind("economic_state"), _behind("health_note")
    disability_kind, disability_grade = _behind("disability_kind"), _behind("disability_grade")
    tags, note = _behind("tags"), _behind("note")

    privacy = {
        "nickname": P,
        "full_name": P,
        "alias": P,
        "id_number_index": S,
        "education": P,
        "marriage": P,
        "hukou_place": P,
        "current_place": P,
        "address": P,
        "phone": P,
        "wechat": P,
        "reach_when": P,
        "employment": P,
        "occupation": P,
        "school": P,
        "grade": P,
        "unanswered": P,
        "legal_basis": Privacy.INTERNAL,
        "sound": P,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(nickname=""), name="person_has_a_nickname"),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True, born_precision="") | Q(born_on__isnull=False) & ~Q(born_precision=""),
                name="person_birth_says_how_exact",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="person_is_not_merged_into_self"),
        ]
        indexes = [
            models.Index(fields=["id_number_index"], condition=~Q(id_number_index=""), name="person_by_id_number"),
            models.Index(fields=["id"], condition=Q(for_testing=True), name="person_invented"),
            # Nearly every row stands for itself: this index is for counting those, and narrows nothing.
            models.Index(fields=["id", "merged_into", "erased_on"], name="person_stands_alone"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"),
            models.Index(fields=["erased_on"], condition=Q(erased_on__isnull=False), name="person_erased"),
            models.Index(fields=["full_name"]),
            models.Index(fields=["nickname"]),
            models.Index(fields=["alias"], condition=~Q(alias=""), name="person_by_alias"),
            models.Index(fields=["phone"]),
            models.Index(fields=["sound"]),
            models.Index(fields=["born_on"]),
        ]

    def __str__(self) -> str:
        return str(ERASED) if self.erased_on else self.full_name or self.nickname

    @property
    def behind(self) -> SensitiveFacts:
        """The facts behind the wall, an empty row where nothing is known. Raises BehindTheWall where nobody has
        decided that they may be seen."""
        try:
            return self.sensitive
        except SensitiveFacts.DoesNotExist:
            return SensitiveFacts(person=self)  # which also makes it the row of this person

    @property
    def number(self) -> str:
        """What stands on paper for this row and finds it again: P000123."""
        return f"P{self.pk:06d}"
