"""Who was trained in which model, when and where."""

from __future__ import annotations

from django.db import models

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class Training(models.Model):
    """One person's training in one model, as the organisation vouches for it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="trainings")
    model_slug = models.SlugField(max_length=60, db_index=False)
    trained_on = models.DateField()
    where = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.CharField(max_length=100)

    audit_type = "training"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "model_slug", "trained_on"], name="programmes_training_once"
            ),
        ]

    def __str__(self) -> str:
        return self.model_slug

    @property
    def audit_label(self) -> str:
        """Name the training in the audit log by its model."""
        return self.model_slug
