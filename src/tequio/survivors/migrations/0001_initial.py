"""The sealed wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.survivors.models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0004_duty_exceptions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Epoch',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('public', models.BinaryField()),
                ('paper_public', models.BinaryField()),
                ('on_paper', models.BinaryField()),
                ('for_next', models.BinaryField(null=True)),
                ('is_open', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Ready',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('public', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('sealed_key', models.BinaryField()),
                ('cover', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('erase_after', models.DateField(null=True)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survivors.epoch')),
            ],
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='survivors.case')),
            ],
        ),
        migrations.CreateModel(
            name='Wall',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('confirmed', models.BooleanField(default=False)),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('sign_in', models.CharField(max_length=64)),
                ('wrapped', models.BinaryField()),
                ('opened_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('wall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survivors.wall')),
            ],
        ),
        migrations.CreateModel(
            name='HeldLetter',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('sealed_key', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('erase_after', models.DateField()),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='survivors.case')),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survivors.epoch')),
                ('wall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='survivors.wall')),
            ],
        ),
        migrations.CreateModel(
            name='ExportRequest',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survivors.epoch')),
                ('wall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='survivors.wall')),
            ],
        ),
        migrations.AddField(
            model_name='epoch',
            name='wall',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='epochs', to='survivors.wall'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survivors.epoch')),
                ('wall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survivors.wall')),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='wall',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='survivors.wall'),
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='survivors.epoch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('epoch', 'user'), name='survivors_share_once')],
            },
        ),
        migrations.CreateModel(
            name='Spent',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='survivors.case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'case'), name='survivors_spent_once')],
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.UUIDField(default=tequio.survivors.models.walled_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('chain', models.CharField(max_length=64)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='survivors.epoch')),
                ('wall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='survivors.wall')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('wall', 'position'), name='survivors_log_position')],
            },
        ),
        migrations.AddConstraint(
            model_name='epoch',
            constraint=models.UniqueConstraint(fields=('wall', 'number'), name='survivors_epoch_once'),
        ),
        migrations.AddConstraint(
            model_name='epoch',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('wall',), name='survivors_one_open_epoch'),
        ),
        migrations.AddConstraint(
            model_name='epoch',
            constraint=models.CheckConstraint(condition=models.Q(('is_open', True), ('for_next__isnull', False), _connector='OR'), name='survivors_closed_epoch_goes_on'),
        ),
    ]
