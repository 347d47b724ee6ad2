"""Events and their seals. No foreign key to what they describe: history outlives its subject."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.core import clock, ids


class Event(models.Model):
    """One thing that one person did or saw. People appear by folio, never by name."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=120)
    kind = models.SlugField(max_length=60, db_index=False)
    subject_type = models.SlugField(max_length=40, blank=True, db_index=False)
    subject_id = models.UUIDField(null=True)
    subject_label = models.CharField(max_length=120, blank=True)
    # Codes and counts only: the register of presenters says what each kind may hold.
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_event_subject"),
            models.Index(fields=["organisation_id", "at"], name="audit_event_organisation"),
            models.Index(fields=["actor_id", "subject_id", "at"], name="audit_event_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_label}".strip()


class Seal(models.Model):
    """A closed batch of one organisation's events under one Merkle root, chained to the last."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation_id = models.UUIDField(null=True)
    # Later than the seal before it even if the clock was set back: the newest is the chain's end.
    sealed_at = models.DateTimeField(default=clock.now)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "previous_root"], name="audit_seal_one_chain"
            ),
            # The server's own events belong to no organisation, and NULLs never equal each other.
            models.UniqueConstraint(
                fields=["previous_root"],
                condition=Q(organisation_id__isnull=True),
                name="audit_seal_one_server_chain",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "sealed_at"], name="audit_seal_newest")]

    def __str__(self) -> str:
        return self.root[:12]


class SealedEvent(models.Model):
    """That an event lies in a seal, and what it weighed then: a later change cannot hide."""

    event_id = models.UUIDField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()
    leaf = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "position"], name="audit_leaf_position"),
        ]

    def __str__(self) -> str:
        return f"{self.seal_id}:{self.position}"
