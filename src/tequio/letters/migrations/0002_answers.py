"""Answers to forms of the wall, sealed on arrival."""

from django.db import migrations, models

import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('letters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answers',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(db_index=True)),
                ('epoch', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('erase_after', models.DateField()),
            ],
        ),
    ]
