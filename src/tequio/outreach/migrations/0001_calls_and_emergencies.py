"""Calls after an absence, reviews after the third, and emergencies of a territory."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0002_room_pin'),
        ('circles', '0004_places_once'),
        ('people', '0002_intake_and_consent'),
        ('programmes', '0003_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('call', 'Llamada'), ('talk', 'Plática personal'), ('review', 'Revisión de riesgo'), ('care', 'Llamada de cuidado')], max_length=6)),
                ('outcome', models.CharField(choices=[('work', 'Trabajo'), ('travel', 'Viaje o traslado'), ('illness', 'Enfermedad'), ('family', 'Asunto de familia'), ('not_wanted', 'No quiso venir'), ('moved', 'Se mudó'), ('detained', 'Está detenido'), ('other', 'Otro motivo'), ('no_answer', 'No contestó'), ('wrong_number', 'Número equivocado')], max_length=12)),
                ('made_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('next_on', models.DateField(null=True)),
                ('sealed_note', models.BinaryField(null=True)),
                ('note_at', models.DateTimeField(null=True)),
                ('voided_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='circles.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='people.participant')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='circles.session')),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['membership', 'session', 'made_at'], name='outreach_last_try'), models.Index(fields=['participant', '-made_at'], name='outreach_calls_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['work', 'travel', 'illness', 'family', 'not_wanted', 'moved', 'detained', 'other', 'no_answer', 'wrong_number'])), name='outreach_known_outcome'), models.CheckConstraint(condition=models.Q(('step__in', ['call', 'talk', 'review', 'care'])), name='outreach_known_step'), models.CheckConstraint(condition=models.Q(models.Q(('voided_at__isnull', True), ('voided_by__isnull', True)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False)), _connector='OR'), name='outreach_void_is_whole'), models.CheckConstraint(condition=models.Q(('sealed_note__isnull', True), ('note_at__isnull', False), _connector='OR'), name='outreach_note_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Emergency',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('municipality', models.CharField(blank=True, max_length=5)),
                ('kind', models.CharField(choices=[('earthquake', 'Sismo'), ('violence', 'Brote de violencia en la zona'), ('pandemic', 'Pandemia o emergencia de salud'), ('weather', 'Huracán, inundación u otro desastre'), ('other', 'Otra emergencia')], max_length=10)),
                ('sessions', models.CharField(choices=[('as_planned', 'Siguen como estaban'), ('online', 'Se hacen en línea'), ('paused', 'Se suspenden')], max_length=10)),
                ('absences_count', models.BooleanField(default=False)),
                ('care_calls', models.BooleanField(default=True)),
                ('numbers', models.TextField(blank=True, max_length=600)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('decided_by', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('lifted_on', models.DateField(null=True)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='programmes.site')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'ends_on'], name='outreach_emergency_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='outreach_emergency_in_order'), models.CheckConstraint(condition=models.Q(('kind__in', ['earthquake', 'violence', 'pandemic', 'weather', 'other'])), name='outreach_emergency_kind'), models.CheckConstraint(condition=models.Q(('sessions__in', ['as_planned', 'online', 'paused'])), name='outreach_emergency_sessions'), models.CheckConstraint(condition=models.Q(('decided_by', ''), _negated=True), name='outreach_emergency_was_decided'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_by__isnull', True), ('lifted_on__isnull', True)), models.Q(('lifted_by__isnull', False), ('lifted_on__isnull', False)), _connector='OR'), name='outreach_emergency_lifted_whole')],
            },
        ),
        migrations.CreateModel(
            name='ThirdAbsence',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('raised_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('began', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.session')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='third_absences', to='circles.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('membership', 'began'), name='outreach_third_absence_once')],
            },
        ),
    ]
