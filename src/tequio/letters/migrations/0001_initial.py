"""The slot, the letters in it, receipts, and what is asked in a talk."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tequio.core.clock
import tequio.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0004_duty_exceptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="access.organisation",
                    ),
                ),
                ("epoch", models.PositiveIntegerField()),
                ("public", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tequio.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("holder_id", models.UUIDField(db_index=True)),
                ("epoch", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("erase_after", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Agenda",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tequio.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("participant_id", models.UUIDField(db_index=True)),
                ("due_on", models.DateField()),
                ("subjects", models.JSONField(default=list)),
                ("fixed", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="access.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "due_on"], name="letters_agenda_due")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicService",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tequio.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "Para hablar con alguien"),
                            ("health", "Salud"),
                            ("legal", "Asesoría legal"),
                            ("refuge", "Un lugar donde quedarse"),
                            ("children", "Niñas y niños"),
                            ("money", "Trabajo y dinero"),
                            ("papers", "Trámites"),
                            ("other", "Otro"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("what_for", models.CharField(max_length=200)),
                ("telephone", models.CharField(max_length=60)),
                ("hours", models.CharField(max_length=100)),
                ("cost", models.CharField(max_length=80)),
                ("place", models.CharField(blank=True, max_length=160)),
                ("verified_on", models.DateField(null=True)),
                ("verified_by", models.CharField(blank=True, max_length=80)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="access.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "refuge"), _negated=True),
                            ("place", ""),
                            _connector="OR",
                        ),
                        name="letters_refuge_has_no_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_by", ""), ("verified_on__isnull", True)),
                            models.Q(
                                ("verified_on__isnull", False),
                                models.Q(("verified_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letters_service_verified_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tequio.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(default=tequio.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="access.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["by", "-at"], name="letters_receipt_of")],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="access.organisation",
                    ),
                ),
                (
                    "held_by",
                    models.CharField(
                        choices=[
                            ("own", "Nuestro equipo de mujeres"),
                            ("allied", "Una organización aliada"),
                            ("none", "Nadie: no se guardan datos de las parejas"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("epoch", models.PositiveIntegerField(null=True)),
                ("public", models.BinaryField(null=True)),
                ("ally_name", models.CharField(blank=True, max_length=120)),
                ("signed_on", models.DateField(null=True)),
                ("signed_by", models.CharField(blank=True, max_length=120)),
                ("signed_by_ally", models.CharField(blank=True, max_length=120)),
                ("ends_on", models.DateField(null=True)),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots_held",
                        to="access.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("epoch__isnull", True),
                                ("held_by", "none"),
                                ("holder__isnull", True),
                                ("public__isnull", True),
                            ),
                            models.Q(
                                ("epoch__isnull", False),
                                ("held_by__in", ["own", "allied"]),
                                ("holder__isnull", False),
                                ("public__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="letters_slot_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_by", "own"), _negated=True),
                            ("holder", models.F("organisation")),
                            _connector="OR",
                        ),
                        name="letters_own_slot_is_ours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_by", "allied"), _negated=True),
                            models.Q(
                                ("signed_on__isnull", False),
                                models.Q(("signed_by", ""), _negated=True),
                                models.Q(("signed_by_ally", ""), _negated=True),
                                models.Q(("holder", models.F("organisation")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="letters_ally_has_signed",
                    ),
                ],
            },
        ),
    ]
