"""What is assumed, what was agreed with others, and the sums that were sent and came."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids
from tequio.core import fixed_rows

FIXED = ("studies_expectation", "studies_poolpacket")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_words_that_wait'),
        ('studies', '0003_releases'),
    ]

    operations = [
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('measure', models.CharField(choices=[('retention', 'Hombres que siguen viniendo'), ('sessions', 'Sesiones que se hicieron'), ('rounds', 'Sesiones con la ronda anotada'), ('waves', 'Momentos contestados')], max_length=10)),
                ('percent', models.PositiveSmallIntegerField()),
                ('session', models.PositiveSmallIntegerField(null=True)),
                ('since', models.DateField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_at', models.DateTimeField(default=tequio.core.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'measure', '-written_at'], name='studies_expected_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__gte', 1), ('percent__lte', 99)), name='studies_expected_share'), models.CheckConstraint(condition=models.Q(models.Q(('measure', 'retention'), ('session__gte', 1)), models.Q(models.Q(('measure', 'retention'), _negated=True), ('session__isnull', True)), _connector='OR'), name='studies_expected_session')],
            },
        ),
        migrations.CreateModel(
            name='PoolAgreement',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('instrument', models.SlugField(max_length=60)),
                ('version', models.CharField(max_length=20)),
                ('measure', models.SlugField(max_length=60)),
                ('design', models.JSONField()),
                ('design_sha256', models.CharField(max_length=64)),
                ('sealed_key', models.BinaryField()),
                ('label', models.CharField(max_length=80)),
                ('named', models.BooleanField()),
                ('proposed', models.BooleanField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(default=tequio.core.clock.now)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-made_at'], name='studies_pool_newest')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='studies_pool_once')],
            },
        ),
        migrations.CreateModel(
            name='PoolPacket',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packets', to='studies.poolagreement')),
                ('label', models.CharField(max_length=80)),
                ('own', models.BooleanField()),
                ('data_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='studies.dataset')),
                ('sealed', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('people', models.PositiveIntegerField()),
                ('came_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('came_at', models.DateTimeField(default=tequio.core.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'label'), name='studies_pool_counts_once'), models.UniqueConstraint(fields=('agreement', 'sha256'), name='studies_pool_came_once'), models.UniqueConstraint(condition=models.Q(('own', True)), fields=('agreement',), name='studies_pool_one_of_ours'), models.CheckConstraint(condition=models.Q(models.Q(('data_set__isnull', False), ('own', True)), models.Q(('data_set__isnull', True), ('own', False)), _connector='OR'), name='studies_pool_own_has_rows')],
            },
        ),
        migrations.RunPython(
            fixed_rows.hold("studies_sums", *FIXED), fixed_rows.let_go("studies_sums", *FIXED)
        ),
    ]
