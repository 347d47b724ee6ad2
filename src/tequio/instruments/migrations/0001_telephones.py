"""Telephones that collect, and what they sent."""

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
            name='Receipt',
            fields=[
                ('number', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.CharField(max_length=64)),
                ('replaced', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('seen_on', models.DateField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['organisation', 'created_at'], name='instruments_device_of'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form_id', models.CharField(max_length=200)),
                ('form_version', models.CharField(blank=True, max_length=100)),
                ('number', models.CharField(db_index=True, max_length=64)),
                ('content', models.CharField(max_length=64)),
                ('sealed', models.BinaryField()),
                ('how', models.CharField(choices=[('kept', 'Kept'), ('conflict', 'Conflict'), ('replaced', 'Replaced')], default='kept', max_length=8)),
                ('received_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='instruments.device')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['organisation', 'form_id', 'received_at'], name='instruments_submission_of'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('how', 'conflict'), _negated=True), fields=('number',), name='instruments_submission_stands_once'),
                    models.UniqueConstraint(fields=('number', 'content'), name='instruments_submission_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=64)),
                ('content', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='instruments.submission')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('submission', 'name', 'content'), name='instruments_attachment_once'),
                ],
            },
        ),
    ]
