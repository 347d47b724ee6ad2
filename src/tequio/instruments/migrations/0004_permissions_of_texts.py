"""Permissions for texts that belong to somebody else, and the forms that rest on one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('instruments', '0003_one_time_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextPermission',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('slug', models.CharField(max_length=60)),
                ('given_by', models.CharField(max_length=200)),
                ('covers', models.CharField(max_length=300)),
                ('until', models.DateField(null=True)),
                ('sealed_paper', models.BinaryField()),
                ('paper_type', models.CharField(max_length=40)),
                ('brought_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['organisation', 'slug'], name='instruments_permission_of'),
                ],
            },
        ),
        migrations.AddField(
            model_name='ownform',
            name='permission',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='instruments.textpermission'),
        ),
    ]
