"""Sealed links for organisations without an account: a stock of rows that all look alike.

Every month brings as many rows as every other month, filled with noise. A link takes one of them
over; nothing in the clear says which are taken, by which side, or when.
"""

from __future__ import annotations

from django.db import models

from tequio.access.models import Organisation
from tequio.core import ids


class Slip(models.Model):
    """One sealed link, or the noise of one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    # Under the secret that stands in the address and nowhere else.
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    # Known again by whoever took it, and noise to everybody else.
    mark = models.BinaryField()
    # By month, so that it goes although nobody can read it here.
    erase_after = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
