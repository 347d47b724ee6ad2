"""What an organisation's own lawyer wrote about its states."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0004_duty_exceptions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LawText',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(max_length=2)),
                ('about', models.CharField(choices=[('minors', 'Niñas, niños o adolescentes'), ('danger', 'Peligro inminente')], max_length=8)),
                ('text', models.TextField()),
                ('author', models.CharField(max_length=120)),
                ('licence', models.CharField(blank=True, max_length=20)),
                ('dated_on', models.DateField()),
                ('written_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'state', 'about', '-written_at'], name='territory_law')],
            },
        ),
    ]
