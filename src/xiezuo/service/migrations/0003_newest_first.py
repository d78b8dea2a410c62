from django.db import migrations

# PostgreSQL puts days that are not known first unless it is told; SQLite has them last and needs no index of its own.
NEWEST_FIRST = """
CREATE INDEX record_newest_first ON service_servicerecord (service_date DESC NULLS LAST, id DESC)
"""


def order_newest_first(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NEWEST_FIRST)


def forget_order(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX record_newest_first")


class Migration(migrations.Migration):

    dependencies = [
        ('service', '0002_indexes_for_counting'),
    ]

    operations = [
        migrations.RunPython(order_newest_first, forget_order),
    ]
