"""What men ask about their data, and whom the house forgot."""

import django.db.models.deletion
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_duty_exceptions'),
        ('people', '0002_intake_and_consent'),
        ('reports', '0001_certificates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('folio', models.CharField(max_length=9)),
                ('reason', models.CharField(choices=[('asked', 'Lo pidió él'), ('over', 'Se cumplió el plazo en que se guardan'), ('mistake', 'Se anotó por error a alguien que no participa'), ('order', 'Lo ordenó una autoridad')], max_length=8)),
                ('erased_on', models.DateField()),
                ('erased_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('erased_by', models.CharField(max_length=100)),
                ('counts', models.JSONField(default=dict)),
                ('left', models.JSONField(default=dict)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-erased_at'], name='reports_erasure_newest')],
            },
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('folio', models.CharField(max_length=9, unique=True)),
                ('right', models.CharField(choices=[('access', 'Acceso: saber qué se guarda de él'), ('rectification', 'Rectificación: corregir algo'), ('cancellation', 'Cancelación: que se borre'), ('opposition', 'Oposición: que no se use para algo'), ('revocation', 'Revocación: retirar lo que aceptó')], max_length=16)),
                ('received_on', models.DateField()),
                ('way', models.CharField(choices=[('in_person', 'En persona'), ('letter', 'Por escrito en papel'), ('email', 'Por correo electrónico'), ('telephone', 'Por teléfono')], max_length=10)),
                ('asked_by', models.CharField(choices=[('himself', 'Él mismo'), ('representative', 'Alguien con su poder por escrito'), ('guardian', 'Quien tiene la patria potestad, si es menor')], max_length=16)),
                ('identity', models.CharField(blank=True, choices=[('official', 'Mostró una identificación oficial'), ('known', 'Vino en persona y el equipo lo conoce'), ('power', 'Mostró el poder y las dos identificaciones')], max_length=10)),
                ('identity_on', models.DateField(null=True)),
                ('extended_on', models.DateField(null=True)),
                ('decision', models.CharField(blank=True, choices=[('granted', 'Sí procede'), ('partly', 'Procede en parte'), ('denied', 'No procede'), ('nothing_held', 'No se guarda nada de él')], max_length=14)),
                ('answered_on', models.DateField(null=True)),
                ('carried_on', models.DateField(null=True)),
                ('sealed_words', models.BinaryField(null=True)),
                ('sealed_file', models.BinaryField(null=True)),
                ('gathered_at', models.DateTimeField(null=True)),
                ('recorded_by', models.CharField(max_length=100)),
                ('created_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rights_requests', to='people.participant')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'answered_on', 'received_on'], name='reports_rights_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('identity', ''), ('identity_on__isnull', True)), models.Q(models.Q(('identity', ''), _negated=True), ('identity_on__isnull', False)), _connector='OR'), name='reports_rights_identity_whole'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='reports_rights_answer_whole'), models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['granted', 'partly']), _negated=True), models.Q(('identity', ''), _negated=True), _connector='OR'), name='reports_rights_answered_to_him'), models.CheckConstraint(condition=models.Q(('carried_on__isnull', True), ('decision__in', ['granted', 'partly']), _connector='OR'), name='reports_rights_carried_what_was_granted')],
            },
        ),
    ]
