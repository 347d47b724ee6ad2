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


class Address(models.Model):
    """Where letters for the wall of an organisation go: its turn of keys and the public half.

    It is public, like an address on an envelope, and says nothing of what was delivered.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True)
    epoch = models.PositiveIntegerField()
    public = models.BinaryField()

    def __str__(self) -> str:
        return str(self.organisation_id)


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


class PublicService(models.Model):
    """A service as anybody may read of it on the public page, once somebody has called there."""

    class Kind(models.TextChoices):
        """What it is for, in words that say nothing over a shoulder."""

        TALK = "talk", _("Para hablar con alguien")
        HEALTH = "health", _("Salud")
        LEGAL = "legal", _("Asesoría legal")
        REFUGE = "refuge", _("Un lugar donde quedarse")
        CHILDREN = "children", _("Niñas y niños")
        MONEY = "money", _("Trabajo y dinero")
        PAPERS = "papers", _("Trámites")
        OTHER = "other", _("Otro")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=100)
    what_for = models.CharField(max_length=200)
    telephone = models.CharField(max_length=60)
    hours = models.CharField(max_length=100)
    cost = models.CharField(max_length=80)
    place = models.CharField(max_length=160, blank=True)
    # Who called there, and on which day. A change of anything takes it back.
    verified_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=80, blank=True)

    audit_type = "public_service"

    class Meta:
        constraints = [
            # Where women and children hide stands nowhere, not even by mistake.
            models.CheckConstraint(
                condition=~Q(kind="refuge") | Q(place=""), name="letters_refuge_has_no_address"
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by="")
                | (Q(verified_on__isnull=False) & ~Q(verified_by="")),
                name="letters_service_verified_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the service: it is public."""
        return self.name


class Answers(models.Model):
    """Somebody's answers to a form of the wall, sealed to its key as they arrived.

    Outside this table takes rows and never answers, as that of letters. A row weighs a multiple of
    sixteen kilobytes, whatever it holds.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    holder_id = models.UUIDField(db_index=True)
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()
    erase_after = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)
