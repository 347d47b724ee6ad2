"""Frozen rows, runs on them, and what was published: once and for ever."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids
from tequio.audit.triggers import insert_only, not_insert_only

FIXED = ("studies_dataset", "studies_release")


class Migration(migrations.Migration):

    dependencies = [
        ('studies', '0002_lottery'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataSet',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_sets', to='studies.study')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.plan')),
                ('number', models.PositiveSmallIntegerField()),
                ('until', models.DateField()),
                ('rows', models.PositiveIntegerField()),
                ('units', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField()),
                ('fresh', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('added', models.PositiveIntegerField(null=True)),
                ('changed', models.PositiveIntegerField(null=True)),
                ('removed', models.PositiveIntegerField(null=True)),
                ('built_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('built_at', models.DateTimeField(default=tequio.core.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('study', 'number'), name='studies_data_set_once'), models.CheckConstraint(condition=models.Q(models.Q(('added__isnull', True), ('changed__isnull', True), ('number', 1), ('removed__isnull', True)), models.Q(('added__isnull', False), ('changed__isnull', False), ('number__gt', 1), ('removed__isnull', False)), _connector='OR'), name='studies_data_set_says_what_changed')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='DataSetRows',
            fields=[
                ('data_set', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='kept', serialize=False, to='studies.dataset')),
                ('sealed', models.BinaryField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='studies.study')),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='studies.dataset')),
                ('job_id', models.UUIDField(null=True)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'En espera'), ('running', 'En curso'), ('done', 'Terminada'), ('stopped', 'Detenida'), ('failed', 'No se pudo')], default='waiting', max_length=8)),
                ('log', models.JSONField(default=list)),
                ('message', models.CharField(blank=True, max_length=400)),
                ('result', models.BinaryField(null=True)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['waiting', 'running'])), models.Q(models.Q(('state__in', ['waiting', 'running']), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='studies_run_finished'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('study',), name='studies_one_run_at_a_time')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='studies.study')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.plan')),
                ('run', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='release', to='studies.run')),
                ('number', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('period_from', models.DateField()),
                ('period_to', models.DateField()),
                ('outcome', models.CharField(choices=[('published', 'Publicado'), ('not_enough', 'No alcanza')], max_length=10)),
                ('result', models.TextField(blank=True)),
                ('seal', models.CharField(choices=[('sha256', 'Huella SHA-256 de los datos congelados'), ('hmac', 'Huella con llave del muro')], max_length=6)),
                ('sha256', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(default=tequio.core.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-due_on'], name='studies_release_newest')],
                'constraints': [models.UniqueConstraint(fields=('study', 'due_on'), name='studies_release_a_day'), models.UniqueConstraint(fields=('study', 'number'), name='studies_release_once'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'not_enough'), ('result', '')), models.Q(('outcome', 'published'), models.Q(('result', ''), _negated=True)), _connector='OR'), name='studies_release_says_all_or_nothing'), models.CheckConstraint(condition=models.Q(('period_from__lte', models.F('period_to')), ('period_to__lt', models.F('due_on'))), name='studies_release_of_a_closed_period'), models.CheckConstraint(condition=models.Q(models.Q(('run__isnull', False), ('seal', 'sha256')), models.Q(('run__isnull', True), ('seal', 'hmac')), _connector='OR'), name='studies_release_says_whence')],
            },
        ),
        # A released word stands. So does what a set of rows was; the rows themselves go by the clock.
        migrations.RunPython(insert_only(*FIXED), not_insert_only(*FIXED)),
    ]
