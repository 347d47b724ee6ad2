"""Permissions for texts that belong to somebody else: who gave it, for what, until when."""

from __future__ import annotations

from datetime import date

from django.db import models

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class TextPermission(models.Model):
    """One permission for one instrument. It is never changed: a new one takes its place."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # The shell in the library that it fills.
    slug = models.CharField(max_length=60)
    given_by = models.CharField(max_length=200)
    covers = models.CharField(max_length=300)
    # The last day on which it may be asked; None: it says no end.
    until = models.DateField(null=True)
    # The paper itself; it may carry signatures and names.
    sealed_paper = models.BinaryField()
    paper_type = models.CharField(max_length=40)
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    audit_type = "text_permission"

    class Meta:
        indexes = [models.Index(fields=["organisation", "slug"], name="instruments_permission_of")]

    def __str__(self) -> str:
        return self.slug

    def stands_on(self, day: date) -> bool:
        """Whether the text may be asked on a day."""
        return self.withdrawn_at is None and (self.until is None or day <= self.until)

    @property
    def stands(self) -> bool:
        """Whether the text may be asked today."""
        return self.stands_on(clock.today(self.organisation.timezone))

    @property
    def audit_label(self) -> str:
        """Name the instrument."""
        return self.slug
