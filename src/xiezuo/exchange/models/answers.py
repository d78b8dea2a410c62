"""What someone decided about the problems of a file before it is taken in."""

from django.db import models

from xiezuo.common.days import now
from xiezuo.common.privacy import Privacy
from xiezuo.exchange.models.imported import ImportBatch
from xiezuo.orgs.models import User


class ProblemAnswer(models.Model):
    """The answer to all problems of one kind in a sheet, or with `cell` to one of them, which goes before.

    `answer` is a code of answers.toml, `value` the choice where the answer asks for one (a service line). The sheet
    is named by its position, so that answers outlive reading the file again.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="answers")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    cell = models.CharField(max_length=12, blank=True)
    answer = models.CharField(max_length=24)
    value = models.CharField(max_length=24, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="problem_answers")
    at = models.DateTimeField(default=now)

    privacy = {
        "kind": Privacy.INTERNAL,
        "cell": Privacy.INTERNAL,
        "answer": Privacy.INTERNAL,
        "value": Privacy.INTERNAL,
    }

    class Meta:
        ordering = ["position", "kind", "cell"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position", "kind", "cell"], name="one_answer_to_a_problem")
        ]
