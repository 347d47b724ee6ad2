"""Key pairs of those who enter behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_room_pin'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyHolder',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to=settings.AUTH_USER_MODEL)),
                ('public', models.BinaryField()),
                ('by_passphrase', models.BinaryField()),
                ('by_recovery_code', models.BinaryField()),
            ],
        ),
    ]
