"""Some digits that open a screen which locked itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoomPin',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to=settings.AUTH_USER_MODEL)),
                ('digest', models.CharField(max_length=128)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('set_at', models.DateTimeField(default=tequio.core.clock.now)),
            ],
        ),
    ]
