"""Dated exceptions to the separation of duty."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_key_holders'),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyException',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('signed_on', models.DateField()),
                ('outside_name', models.CharField(max_length=120)),
                ('outside_office', models.CharField(max_length=120)),
                ('outside_organisation', models.CharField(max_length=120)),
                ('ends_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='duty_exceptions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('signed_on'))), name='access_exception_runs_out'), models.CheckConstraint(condition=models.Q(('user', models.F('signed_by')), _negated=True), name='access_exception_of_another')],
            },
        ),
    ]
