"""Lotteries, tickets, turns, calls besides, and comparisons with allies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids
from tequio.studies.lottery_triggers import hold, let_go


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_words_that_wait'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('circles', '0005_start_told'),
        ('network', '0002_what_was_found_stays'),
        ('people', '0003_assessments'),
        ('programmes', '0004_place_of_the_diagnosis'),
        ('studies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lottery',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('wait', 'Quién empieza ahora y quién espera'), ('calls', 'A quién se le llama además'), ('sites', 'En qué orden empiezan las sedes'), ('groups', 'En qué orden empiezan los grupos')], max_length=6)),
                ('code', models.CharField(max_length=9, unique=True)),
                ('max_delay_days', models.PositiveSmallIntegerField()),
                ('basis', models.JSONField(default=dict)),
                ('calendar', models.JSONField(default=list)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('commitment', models.CharField(max_length=64)),
                ('sealed_seed', models.BinaryField()),
                ('committed_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('beacon_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('listed', models.TextField(blank=True)),
                ('list_sha256', models.CharField(blank=True, max_length=64)),
                ('seats', models.PositiveSmallIntegerField(null=True)),
                ('said', models.CharField(blank=True, max_length=8)),
                ('beacon', models.CharField(blank=True, max_length=8)),
                ('drawn_on', models.DateField(null=True)),
                ('record', models.TextField(blank=True)),
                ('record_sha256', models.CharField(blank=True, max_length=64)),
                ('cancelled_on', models.DateField(null=True)),
                ('cancelled_because', models.CharField(blank=True, choices=[('seats', 'Ya hay lugar para todos'), ('mistake', 'Tenía un error'), ('harm', 'Esperar le hacía daño a alguien'), ('study', 'El estudio ya no se hace'), ('late', 'Se pasó la fecha')], max_length=8)),
                ('announced_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('beacon_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='programmes.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='programmes.site')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lotteries', to='studies.study')),
            ],
            options={
                'verbose_name_plural': 'lotteries',
                'indexes': [
                    models.Index(fields=['organisation', '-announced_at'], name='studies_lottery_newest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('beacon_on__gt', models.F('closes_on')), ('closes_on__gt', models.F('committed_on'))), name='studies_lottery_days_in_order'),
                    models.CheckConstraint(condition=models.Q(('max_delay_days__gte', 1)), name='studies_lottery_delay'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('list_sha256', ''), ('listed', ''), ('seats__isnull', True), ('title', '')), models.Q(('closed_on__gt', models.F('committed_on')), ('seats__isnull', False), ('closed_on__lt', models.F('beacon_on')), models.Q(('listed', ''), _negated=True), models.Q(('list_sha256', ''), _negated=True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='studies_lottery_closed_whole'),
                    models.CheckConstraint(condition=models.Q(models.Q(('beacon', ''), ('beacon_by__isnull', True)), models.Q(models.Q(('beacon', ''), _negated=True), ('beacon', models.F('said')), ('beacon_by__isnull', False), ('closed_on__isnull', False), models.Q(('beacon_by', models.F('said_by')), _negated=True)), _connector='OR'), name='studies_lottery_number_of_two'),
                    models.CheckConstraint(condition=models.Q(models.Q(('drawn_on__isnull', True), ('record', ''), ('record_sha256', '')), models.Q(('drawn_on__gte', models.F('beacon_on')), models.Q(('record', ''), _negated=True), models.Q(('record_sha256', ''), _negated=True), models.Q(('beacon', ''), _negated=True)), _connector='OR'), name='studies_lottery_result_whole'),
                    models.CheckConstraint(condition=models.Q(models.Q(('cancelled_because', ''), ('cancelled_on__isnull', True)), models.Q(('cancelled_on__isnull', False), models.Q(('cancelled_because', ''), _negated=True)), _connector='OR'), name='studies_lottery_called_off_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=9)),
                ('exempt', models.CharField(blank=True, choices=[('no_wait', 'Riesgo alto, o lo manda una autoridad'), ('again', 'Ya esperó por otro sorteo'), ('suicide', 'Se teme por su vida'), ('separation', 'Está en una separación o un juicio de custodia'), ('minor', 'Es menor de edad'), ('promised', 'Ya se le había prometido un lugar'), ('far', 'Viene de lejos: si no es ahora, no puede'), ('care', 'Otra razón de cuidado que está en su expediente')], max_length=10)),
                ('start', models.CharField(blank=True, max_length=6)),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('released_on', models.DateField(null=True)),
                ('released_because', models.CharField(blank=True, choices=[('no_wait', 'Riesgo alto, o lo manda una autoridad'), ('again', 'Ya esperó por otro sorteo'), ('suicide', 'Se teme por su vida'), ('separation', 'Está en una separación o un juicio de custodia'), ('minor', 'Es menor de edad'), ('promised', 'Ya se le había prometido un lugar'), ('far', 'Viene de lejos: si no es ahora, no puede'), ('care', 'Otra razón de cuidado que está en su expediente')], max_length=10)),
                ('lottery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='studies.lottery')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lottery_tickets', to='people.participant')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('lottery', 'participant'), name='studies_ticket_one_a_man'),
                    models.UniqueConstraint(fields=('lottery', 'code'), name='studies_ticket_code'),
                    models.CheckConstraint(condition=models.Q(models.Q(('rank', 0), ('start', '')), models.Q(('rank', 0), ('start', 'exempt')), models.Q(('exempt', ''), ('rank__gte', 1), ('start__in', ['now', 'later'])), _connector='OR'), name='studies_ticket_drawn_whole'),
                    models.CheckConstraint(condition=models.Q(models.Q(('released_because', ''), ('released_on__isnull', True)), models.Q(('released_on__isnull', False), models.Q(('released_because', ''), _negated=True)), _connector='OR'), name='studies_ticket_released_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExtraCall',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('reached', models.BooleanField()),
                ('made_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='studies.ticket')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('ticket', 'week'), name='studies_one_call_a_week'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=9)),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('starts_on', models.DateField(null=True)),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='circles.group')),
                ('lottery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='studies.lottery')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.site')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('lottery', 'code'), name='studies_turn_code'),
                    models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', True), ('site__isnull', False)), models.Q(('group__isnull', False), ('site__isnull', True)), _connector='OR'), name='studies_turn_of_one'),
                    models.CheckConstraint(condition=models.Q(models.Q(('rank', 0), ('starts_on__isnull', True)), models.Q(('rank__gte', 1), ('starts_on__isnull', False)), _connector='OR'), name='studies_turn_drawn_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('agreed', models.CharField(max_length=300)),
                ('agreed_on', models.DateField()),
                ('instrument', models.CharField(max_length=60)),
                ('version', models.CharField(max_length=20)),
                ('sha256', models.CharField(max_length=64)),
                ('waves', models.JSONField()),
                ('brought_on', models.DateField(null=True)),
                ('people', models.PositiveIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('sealed_rows', models.BinaryField(null=True)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('withdrawn_on', models.DateField(null=True)),
                ('written_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.stakeholder')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='studies.study')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('brought_on__isnull', True), ('file_sha256', ''), ('people', 0), ('rows', 0)), models.Q(('brought_on__isnull', False), ('people__gt', 0), ('rows__gt', 0), models.Q(('file_sha256', ''), _negated=True)), _connector='OR'), name='studies_comparison_brought_whole'), models.CheckConstraint(condition=models.Q(('sealed_rows__isnull', True), models.Q(('brought_on__isnull', False), ('withdrawn_on__isnull', True)), _connector='OR'), name='studies_comparison_withdrawn_is_gone')],
            },
        ),
        migrations.RunPython(
            code=hold,
            reverse_code=let_go,
        ),
    ]
