"""A row of an intake form makes a record and a household, and each may have been here before."""

from typing import Any

from django.db import migrations, models


def tell_apart(apps: Any, _schema_editor: Any) -> None:
    rows = apps.get_model("exchange", "ImportedRow").objects
    rows.filter(household__isnull=False, created=True).update(household_created=True)
    rows.filter(household__isnull=False, record__isnull=True, created=True).update(created=False)


def put_together(apps: Any, _schema_editor: Any) -> None:
    rows = apps.get_model("exchange", "ImportedRow").objects
    rows.filter(household_created=True).update(created=True)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_whole_files")]

    operations = [
        migrations.AddField(
            model_name="importedrow",
            name="household_created",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(tell_apart, put_together),
    ]
