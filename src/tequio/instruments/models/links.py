"""One-time links. A row says neither whose it is, nor what is asked, nor whether it is one."""

from __future__ import annotations

from django.db import models


class OneTimeLink(models.Model):
    """A link, or a row that only looks like one.

    The key is a digest of the code that stands in the link; all else lies in one padded box that
    only the code opens. Rows that nobody was ever given lie among them, so that a dump does not
    even say how many there are. The code itself is kept nowhere.
    """

    id = models.CharField(primary_key=True, max_length=64, editable=False)
    sealed = models.BinaryField()
    # By month, so that what nobody came back for goes without a key.
    erase_after = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.pk[:8]
