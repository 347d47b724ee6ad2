"""The slot's address, the letters that lie in it, and what a man is asked when he is talked to.

Nothing here says who is a survivor. A letter is sealed to the wall's key as soon as it is written;
an agenda is drawn for every man alike.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Slot(models.Model):
    """Where an organisation's letters go: its own women's team, an ally's, or nowhere.

    Without a slot, or with one that leads nowhere, no partner data may be collected.
    """

    class Holder(models.TextChoices):
        """Who keeps what women say."""

        OWN = "own", _("Nuestro equipo de mujeres")
        ALLIED = "allied", _("Una organización aliada")
        NONE = "none", _("Nadie: no se guardan datos de las parejas")

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True)
    held_by = models.CharField(max_length=8, choices=Holder.choices, default=Holder.NONE)
    # The organisation whose wall opens the letters, its wall's turn of keys, and the public half.
    holder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="slots_held"
    )
    epoch = models.PositiveIntegerField(null=True)
    public = models.BinaryField(null=True)
    # With an ally: who signed, when, and until when it holds.
    ally_name = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=120, blank=True)
    signed_by_ally = models.CharField(max_length=120, blank=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    held_by="none", holder__isnull=True, epoch__isnull=True, public__isnull=True
                )
                | Q(
                    held_by__in=["own", "allied"],
                    holder__isnull=False,
                    epoch__isnull=False,
                    public__isnull=False,
                ),
                name="letters_slot_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(held_by="own") | Q(holder=models.F("organisation")),
                name="letters_own_slot_is_ours",
            ),
            models.CheckConstraint(
                condition=~Q(held_by="allied")
                | (
                    Q(signed_on__isnull=False)
                    & ~Q(signed_by="")
                    & ~Q(signed_by_ally="")
                    & ~Q(holder=models.F("organisation"))
                ),
                name="letters_ally_has_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.held_by


class Letter(models.Model):
    """One sealed letter. Kind, man and moment lie inside, and all letters weigh the same."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    holder_id = models.UUIDField(db_index=True)
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()
    # By month, so that old letters go although nobody can read them here.
    erase_after = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)


class Receipt(models.Model):
    """What a person who deposited by hand can see ever after: delivered, and nothing else."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="letters_receipt_of")]

    def __str__(self) -> str:
        return str(self.at)


class Agenda(models.Model):
    """What a man is asked in one scheduled talk: drawn for every man alike.

    The wall may change which subjects stand here (never how many) before the talk is opened. The
    row keeps no trace of it: no author, no moment, no second version.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # A man's key. No foreign key: he stands in a room above.
    participant_id = models.UUIDField(db_index=True)
    due_on = models.DateField()
    subjects = models.JSONField(default=list)
    # Once somebody has begun the talk, nothing changes what is asked in it.
    fixed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "due_on"], name="letters_agenda_due")]

    def __str__(self) -> str:
        return str(self.due_on)
