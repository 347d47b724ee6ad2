"""How a man came, and what has to be known so that he can take part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.people.models.participant import Participant


class Route(models.TextChoices):
    """Through whom he came, as published reports count it."""

    FRIEND = "friend", _("Un amigo o conocido")
    FAMILY = "family", _("Su familia")
    PARTNER_INVITATION = "partner_invitation", _("Su pareja lo invitó")
    PARTNER_ULTIMATUM = "partner_ultimatum", _("Su pareja le puso un ultimátum")
    HEALTH = "health", _("Un servicio de salud")
    ACADEMIC = "academic", _("Una escuela o universidad")
    GOVERNMENT = "government", _("Una oficina de gobierno")
    COURT = "court", _("Un juzgado o una fiscalía")
    CIVIL_ORGANISATION = "civil_organisation", _("Otra organización civil")
    CAMPAIGN = "campaign", _("Internet o una campaña")
    HELPLINE = "helpline", _("Una línea de ayuda")
    OWN_CRISIS = "own_crisis", _("Por su cuenta, en una crisis")
    OTHER = "other", _("Otra vía")


class Motive(models.TextChoices):
    """What he hopes for, as he says it on the first day."""

    FAMILY_RELATIONS = "family_relations", _("Mejorar la relación con su familia")
    LEAVE_VIOLENCE = "leave_violence", _("Dejar la violencia")
    PARTNER = "partner", _("Conservar o recuperar a su pareja")
    CHILDREN = "children", _("Ser mejor padre, o ver a sus hijas e hijos")
    ANGER = "anger", _("Manejar el enojo o los celos")
    CRISIS = "crisis", _("Salir de una crisis personal")
    ORDERED = "ordered", _("Cumplir lo que le ordenó una autoridad")
    LEARN = "learn", _("Aprender o conocer a otros hombres")
    OTHER = "other", _("Otro motivo")
    NOT_SAID = "not_said", _("Prefiere no decir")


class Intake(models.Model):
    """One entry into the programme. Only route and motive lie open: reports count them.

    The answers are sealed; the free texts too, and they go when their time is over.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Sin terminar")
        DONE = "done", _("Terminado")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="intakes")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    route = models.CharField(max_length=24, choices=Route.choices, blank=True)
    motive = models.CharField(max_length=24, choices=Motive.choices, blank=True)
    answers = models.BinaryField()
    texts = models.BinaryField(null=True)
    # When the texts were last written: their time runs from then.
    texts_at = models.DateTimeField(null=True, db_index=True)
    texts_erased_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(state="draft"), name="people_one_open_intake"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at__isnull=True)
                | (Q(state="done", finished_at__isnull=False) & ~Q(route="") & ~Q(motive="")),
                name="people_done_intake_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(texts__isnull=True) | Q(texts_at__isnull=False),
                name="people_texts_have_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="people_intake_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["participant", "-started_at"], name="people_last_intake")]

    def __str__(self) -> str:
        return str(self.pk)


class Safeguard(models.Model):
    """What must be there before a minor takes part. The adult who signs is a relation, not a name:

    she may be the mother, and no name or telephone of hers lies on this side.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, primary_key=True, related_name="safeguard"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    sealed = models.BinaryField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.participant_id)
