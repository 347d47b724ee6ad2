"""Scheduled talks, and what was decided about telling an authority."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_duty_exceptions'),
        ('care', '0002_steps'),
        ('people', '0002_intake_and_consent'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=tequio.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(choices=[('minors', 'Niñas, niños o adolescentes'), ('danger', 'Peligro inminente')], max_length=8)),
                ('decision', models.CharField(choices=[('tell', 'Avisar'), ('not_tell', 'No avisar')], max_length=8)),
                ('state', models.CharField(max_length=2)),
                ('sealed', models.BinaryField()),
                ('told_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(default=tequio.core.clock.now)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, choices=[('agrees', 'De acuerdo'), ('again', 'Hay que decidirlo otra vez')], max_length=6)),
                ('sealed_review', models.BinaryField(null=True)),
                ('again_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decided_again', to='care.report')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('law', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.lawtext')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='people.participant')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'verdict', 'decided_at'], name='care_reports_wait')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', 'tell'), ('told_at__isnull', True), _connector='OR'), name='care_report_told_only_if_so_decided'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewer__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('reviewed_at__isnull', False), ('reviewer__isnull', False)), _connector='OR'), name='care_report_review_is_whole'), models.CheckConstraint(condition=models.Q(('reviewer', models.F('decided_by')), _negated=True), name='care_report_seen_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('began_on', models.DateField(null=True)),
                ('week', models.PositiveSmallIntegerField(null=True)),
                ('due_on', models.DateField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('talked', 'Se habló de todo'), ('partly', 'Se habló de una parte'), ('did_not_want', 'No quiso hablar'), ('did_not_come', 'No llegó: se pone otro día'), ('left', 'Ya no está en el programa')], max_length=14)),
                ('ended_at', models.DateTimeField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('words_erased_at', models.DateTimeField(null=True)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='people.participant')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'outcome', 'due_on'], name='care_talks_due')],
                'constraints': [models.UniqueConstraint(fields=('participant', 'began_on', 'week'), name='care_one_talk_a_week'), models.CheckConstraint(condition=models.Q(models.Q(('began_on__isnull', True), ('week__isnull', True)), models.Q(('began_on__isnull', False), ('week__isnull', False)), _connector='OR'), name='care_talk_is_counted_whole'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='care_talk_ends_whole')],
            },
        ),
    ]
