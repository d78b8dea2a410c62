"""Who helps on a day of an activity, named before it and marked on it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_tasks_and_timelines"),
        ("service", "0016_dimensions"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayHelper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("came", models.BooleanField(default=False)),
                ("minutes", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="helpers", to="service.activityday"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days_helped", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("day", "person"), name="helper_once_per_day")],
            },
        ),
    ]
