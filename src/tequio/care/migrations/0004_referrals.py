"""Men who were passed on to another place, and what became of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_words_that_wait'),
        ('care', '0003_talks_and_reports'),
        ('people', '0003_assessments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('sent', 'Enviada'), ('accepted', 'La aceptaron'), ('declined', 'No la aceptaron'), ('arrived', 'Llegó'), ('served', 'Recibió atención'), ('not_served', 'No recibió atención'), ('revoked', 'Se retiró el permiso')], default='sent', max_length=10)),
                ('call_on', models.DateField(null=True)),
                ('agreed_until', models.DateField()),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('words_erased_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='people.participant')),
            ],
            options={
                'ordering': ('-made_at',),
                'indexes': [
                    models.Index(fields=['organisation', 'call_on'], name='care_referrals_to_call'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('call_on__isnull', False), ('state__in', ['sent', 'accepted', 'arrived'])), models.Q(('call_on__isnull', True), ('state__in', ['declined', 'served', 'not_served', 'revoked'])), _connector='OR'), name='care_referral_is_called_while_open'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReferralStep',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('sent', 'Enviada'), ('accepted', 'La aceptaron'), ('declined', 'No la aceptaron'), ('arrived', 'Llegó'), ('served', 'Recibió atención'), ('not_served', 'No recibió atención'), ('revoked', 'Se retiró el permiso')], max_length=10)),
                ('on', models.DateField()),
                ('why', models.CharField(blank=True, choices=[('full', 'No hay lugar ahora'), ('not_ours', 'No es lo que hacemos'), ('area', 'No atendemos esa zona'), ('papers', 'Faltan papeles o requisitos'), ('did_not_come', 'No vino o no se pudo encontrar'), ('other', 'Otra razón')], max_length=12)),
                ('by_link', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=tequio.core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='care.referral')),
            ],
            options={
                'ordering': ('on', 'at'),
            },
        ),
    ]
