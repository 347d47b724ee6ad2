"""A participant and, apart, who he is."""

from __future__ import annotations

from django.db import models

from tequio.access.models import Organisation
from tequio.core import clock, ids


class Participant(models.Model):
    """A man in the programme. What is here may be read over a shoulder: no name, no telephone."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    folio = models.CharField(max_length=9, unique=True)
    # What the circle calls him; the group knows him by it and nobody outside does.
    alias = models.CharField(max_length=40)
    # The alias as people look it up and put it in order: Álamo stands beside Alba.
    alias_key = models.CharField(max_length=60)
    # The register import that brought him, so that undoing it takes him away again.
    import_id = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "participant"

    class Meta:
        indexes = [models.Index(fields=["organisation", "alias_key"], name="people_by_alias")]

    def __str__(self) -> str:
        return self.folio

    @property
    def audit_label(self) -> str:
        """Name the participant in the audit log: always by folio."""
        return self.folio


class Identity(models.Model):
    """Name, telephone, year of birth and outside number, sealed with the organisation's key.

    The indexes answer only whether two values are equal; without the key they say nothing.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, primary_key=True, related_name="identity"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    sealed = models.BinaryField()
    name_index = models.CharField(max_length=64, blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    code_index = models.CharField(max_length=64, blank=True)
    # Which rules its sounds were made by; 0 is none yet. A change of rules makes them again.
    sounds_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "name_index"], name="people_by_name"),
            models.Index(fields=["organisation", "phone_index"], name="people_by_phone"),
            models.Index(fields=["organisation", "code_index"], name="people_by_code"),
        ]

    def __str__(self) -> str:
        return str(self.participant_id)


class NameSound(models.Model):
    """How two words of his name sound, as an index: finds him however somebody spells it.

    Pairs and not single words: the commonest surname would show itself by how often it stands.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sounds")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    index = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "index"], name="people_sound_once"),
        ]
        indexes = [models.Index(fields=["organisation", "index"], name="people_by_sound")]

    def __str__(self) -> str:
        return str(self.participant_id)
