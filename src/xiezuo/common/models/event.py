"""What happened, written once: audit line, timeline entry and outbox job in one row, chained by keyed hash."""

from django.db import models

from xiezuo.common.privacy import Privacy


class Event(models.Model):
    """One thing that someone did. Holds ids, codes and numbers only, never text that may have to be erased."""

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)  # a login of the floor above; null: the system itself
    code = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    privacy = {
        "code": Privacy.INTERNAL,
        "subject": Privacy.INTERNAL,
        "facts": Privacy.INTERNAL,
        "hash": Privacy.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-id"]), models.Index(fields=["-at"])]


class EventHead(models.Model):
    """The end of the chain. One row: it makes writers take turns, and shows when the last rows are missing."""

    hash = models.CharField(max_length=64, default="")
    length = models.BigIntegerField(default=0)

    privacy = {"hash": Privacy.INTERNAL}

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="event_head_is_one_row")]
