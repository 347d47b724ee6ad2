"""What several organisations agreed to answer together, and the sums that they sent each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.studies.models.datasets import DataSet


class PoolAgreement(models.Model):
    """One question that several organisations answer in the same way.

    The design is known to all and no secret; the key is exchanged in person and lies sealed.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # The name by which everybody finds the key; the same in every organisation.
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    # Instrument, its version, measure: what of ours answers the question.
    instrument = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    measure = models.SlugField(max_length=60)
    # `evidencia.pooling.PooledDesign`, as all of them have it.
    design = models.JSONField()
    design_sha256 = models.CharField(max_length=64)
    sealed_key = models.BinaryField()
    # How this organisation is called in its packet: its name, or a code that says nothing.
    label = models.CharField(max_length=80)
    named = models.BooleanField()
    # Whether it was proposed here, or joined.
    proposed = models.BooleanField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    audit_type = "pool_agreement"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="studies_pool_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="studies_pool_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_label(self) -> str:
        """Name it by its code, which all of them know."""
        return self.code


class PoolPacket(models.Model):
    """The signed sums of one organisation, exactly as they were sent or came. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.ForeignKey(PoolAgreement, on_delete=models.PROTECT, related_name="packets")
    label = models.CharField(max_length=80)
    own = models.BooleanField()
    # Of which frozen rows of ours the sums are; empty for those of others.
    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    came_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    came_at = models.DateTimeField(default=clock.now)

    audit_type = "pool_packet"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "label"], name="studies_pool_counts_once"),
            models.UniqueConstraint(fields=["agreement", "sha256"], name="studies_pool_came_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(own=True), name="studies_pool_one_of_ours"
            ),
            models.CheckConstraint(
                condition=Q(own=True, data_set__isnull=False) | Q(own=False, data_set__isnull=True),
                name="studies_pool_own_has_rows",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def audit_label(self) -> str:
        """Name it by the beginning of its hash."""
        return self.sha256[:12]
