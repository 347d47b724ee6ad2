"""Forms that an organisation brought, and answers to them under way."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids
import tequio.instruments.models.own_forms


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_duty_exceptions'),
        ('instruments', '0001_telephones'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnForm',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('form_id', models.CharField(max_length=200)),
                ('version', models.CharField(max_length=100)),
                ('title', models.CharField(max_length=200)),
                ('sheets', tequio.instruments.models.own_forms.InOrder()),
                ('xml', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('said', models.JSONField(default=list)),
                ('rights', models.CharField(blank=True, choices=[('ours', 'Es nuestro: lo escribimos en la organización'), ('open', 'Tiene una licencia abierta'), ('permitted', 'Tenemos permiso por escrito de quien lo hizo')], max_length=10)),
                ('rights_said', models.CharField(blank=True, max_length=300)),
                ('brought_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('published_at', models.DateTimeField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('rights', ''), _negated=True), _connector='OR'), name='instruments_own_form_has_rights'),
                    models.UniqueConstraint(fields=('organisation', 'form_id', 'version'), name='instruments_own_form_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OwnFile',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('type', models.CharField(max_length=60)),
                ('data', models.BinaryField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='instruments.ownform')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('form', 'name'), name='instruments_own_file_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OwnSitting',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('draft', models.BinaryField(null=True)),
                ('started_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.ownform')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['organisation', 'by'], name='instruments_sitting_of'),
                ],
            },
        ),
    ]
