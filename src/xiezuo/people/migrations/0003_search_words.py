from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_indexes_for_counting'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['search_text'], name='person_search_words'),
        ),
    ]
