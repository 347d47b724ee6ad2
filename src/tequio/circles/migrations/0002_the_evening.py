"""What was told in an evening, visits, and who comes back to a group."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock


class Migration(migrations.Migration):

    dependencies = [
        ('circles', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityStart',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('said_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('by', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('round', 'Ronda inicial'), ('after', 'Lo que se llevó'), ('note', 'Nota privada')], max_length=5)),
                ('sealed', models.BinaryField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('said_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('by', models.CharField(max_length=100)),
                ('stands', models.BooleanField(default=True)),
                ('ended_why', models.CharField(blank=True, choices=[('replaced', 'Se escribió de nuevo'), ('undone', 'Se deshizo'), ('conflict', 'Llegó junto con otra')], max_length=8)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='circles_membership_once',
        ),
        migrations.AddField(
            model_name='group',
            name='online',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='mark',
            name='said_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='membership',
            name='visit',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='session',
            name='held_by_tap',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='activitystart',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='circles.session'),
        ),
        migrations.AddField(
            model_name='telling',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tellings', to='circles.membership'),
        ),
        migrations.AddField(
            model_name='telling',
            name='private_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='telling',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='circles.telling'),
        ),
        migrations.AddField(
            model_name='telling',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tellings', to='circles.session'),
        ),
        migrations.AddIndex(
            model_name='activitystart',
            index=models.Index(fields=['session', '-said_at'], name='circles_last_activity'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(condition=models.Q(('private_to__isnull', True), ('stands', True)), fields=('session', 'membership', 'part'), name='circles_telling_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(condition=models.Q(('private_to__isnull', False), ('stands', True)), fields=('session', 'membership', 'private_to'), name='circles_note_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by', ''), ('ended_why', ''), ('stands', True)), models.Q(('ended_at__isnull', False), ('stands', False), models.Q(('ended_why', ''), _negated=True), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='circles_telling_ended_whole'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part', 'note'), ('private_to__isnull', False)), models.Q(models.Q(('part', 'note'), _negated=True), ('private_to__isnull', True)), _connector='OR'), name='circles_only_notes_are_private'),
        ),
    ]
