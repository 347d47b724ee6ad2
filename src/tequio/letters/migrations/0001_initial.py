"""The slot, the letters in it, receipts, and what is asked in a talk."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0003_key_holders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(db_index=True)),
                ('epoch', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('erase_after', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Agenda',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('participant_id', models.UUIDField(db_index=True)),
                ('due_on', models.DateField()),
                ('subjects', models.JSONField(default=list)),
                ('fixed', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'due_on'], name='letters_agenda_due')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=tequio.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['by', '-at'], name='letters_receipt_of')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='access.organisation')),
                ('held_by', models.CharField(choices=[('own', 'Nuestro equipo de mujeres'), ('allied', 'Una organización aliada'), ('none', 'Nadie: no se guardan datos de las parejas')], default='none', max_length=8)),
                ('epoch', models.PositiveIntegerField(null=True)),
                ('public', models.BinaryField(null=True)),
                ('ally_name', models.CharField(blank=True, max_length=120)),
                ('signed_on', models.DateField(null=True)),
                ('signed_by', models.CharField(blank=True, max_length=120)),
                ('signed_by_ally', models.CharField(blank=True, max_length=120)),
                ('ends_on', models.DateField(null=True)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slots_held', to='access.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('epoch__isnull', True), ('held_by', 'none'), ('holder__isnull', True), ('public__isnull', True)), models.Q(('epoch__isnull', False), ('held_by__in', ['own', 'allied']), ('holder__isnull', False), ('public__isnull', False)), _connector='OR'), name='letters_slot_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('held_by', 'own'), _negated=True), ('holder', models.F('organisation')), _connector='OR'), name='letters_own_slot_is_ours'), models.CheckConstraint(condition=models.Q(models.Q(('held_by', 'allied'), _negated=True), models.Q(('signed_on__isnull', False), models.Q(('signed_by', ''), _negated=True), models.Q(('signed_by_ally', ''), _negated=True), models.Q(('holder', models.F('organisation')), _negated=True)), _connector='OR'), name='letters_ally_has_signed')],
            },
        ),
    ]
