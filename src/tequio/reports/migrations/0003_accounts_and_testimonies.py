"""Accounts of a closed period, and what somebody agreed to tell in them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_words_that_wait'),
        ('people', '0003_assessments'),
        ('programmes', '0004_place_of_the_diagnosis'),
        ('reports', '0002_rights_and_erasures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('folio', models.CharField(max_length=9, unique=True)),
                ('template', models.SlugField(db_index=False, max_length=40)),
                ('template_version', models.CharField(max_length=8)),
                ('template_sha256', models.CharField(max_length=64)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'Borrador'), ('issued', 'Emitido'), ('superseded', 'Sustituido por otro')], default='draft', max_length=10)),
                ('content', models.JSONField(default=dict)),
                ('words', models.JSONField(default=dict)),
                ('releases', models.JSONField(default=list)),
                ('counted_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('begun_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('issued_at', models.DateTimeField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.site')),
                ('superseded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='reports.account')),
            ],
            options={
                'ordering': ('-last_on', '-begun_at'),
                'indexes': [
                    models.Index(fields=['organisation', '-last_on'], name='reports_account_newest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('sha256', ''), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('issued_at__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='reports_account_issued_whole'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'superseded'), ('superseded_by__isnull', False)), models.Q(models.Q(('state', 'superseded'), _negated=True), ('superseded_by__isnull', True)), _connector='OR'), name='reports_account_superseded_by_one'),
                    models.CheckConstraint(condition=models.Q(('last_on__gt', models.F('first_on'))), name='reports_account_has_a_period'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Testimony',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('folio', models.CharField(max_length=9, unique=True)),
                ('given_by', models.CharField(choices=[('man', 'Un participante'), ('community', 'Una persona de la comunidad')], max_length=9)),
                ('way', models.CharField(choices=[('written', 'Por escrito'), ('voice', 'De voz; alguien lo transcribió')], max_length=7)),
                ('sealed', models.BinaryField(null=True)),
                ('uses', models.JSONField(default=list)),
                ('text_version', models.CharField(max_length=8)),
                ('text_sha256', models.CharField(max_length=64)),
                ('agreed_on', models.DateField()),
                ('until', models.DateField(db_index=True)),
                ('ended', models.CharField(blank=True, choices=[('withdrawn', 'Lo retiró quien lo dio'), ('over', 'Terminó el permiso')], max_length=9)),
                ('ended_on', models.DateField(null=True)),
                ('kept_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='testimonies', to='people.participant')),
            ],
            options={
                'ordering': ('-agreed_on', '-kept_at'),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('given_by', 'man'), ('participant__isnull', False)), models.Q(('given_by', 'community'), ('participant__isnull', True)), _connector='OR'), name='reports_testimony_of_whom'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended', ''), ('ended_on__isnull', True), ('sealed__isnull', False)), models.Q(models.Q(('ended', ''), _negated=True), ('ended_on__isnull', False), ('sealed__isnull', True)), _connector='OR'), name='reports_testimony_ends_without_words'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('agreed_on'))), name='reports_testimony_until_later'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Quoted',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quoted', to='reports.account')),
                ('testimony', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quoted', to='reports.testimony')),
            ],
            options={
                'ordering': ('place',),
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'testimony'), name='reports_testimony_once_an_account'),
                ],
            },
        ),
    ]
