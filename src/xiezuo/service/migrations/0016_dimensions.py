"""Which of the four dimensions an activity serves; of activities already there, as their plans (F33) said."""

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

LONGEST = 30


def take_from_plans(apps: Any, _schema_editor: Any) -> None:
    """Read what plans say and write each dimension as a row. Activities that have rows keep them."""
    activities = apps.get_model("service", "Activity").objects
    dimension = apps.get_model("service", "ActivityDimension")
    plans = dict(activities.filter(dimensions=None).values_list("plan__submission_id", "pk"))
    if not plans:
        return
    told = apps.get_model("forms", "Submission").objects.filter(pk__in=plans).values_list("pk", "answers")
    for plan, answers in told.iterator():
        named = json.loads(answers or "{}").get("dimensions") or []
        codes = [code for code in dict.fromkeys(map(str, named)) if 0 < len(code) <= LONGEST]
        dimension.objects.bulk_create(dimension(activity_id=plans[plan], code=code) for code in codes)


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0004_filled_forms"),
        ("service", "0015_aid"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityDimension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dimensions",
                        to="service.activity",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "code"), name="activity_dimension_once"),
                    models.CheckConstraint(condition=~Q(code=""), name="activity_dimension_is_named"),
                ],
            },
        ),
        migrations.RunPython(take_from_plans, migrations.RunPython.noop),
    ]
