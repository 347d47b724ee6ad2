"""What an organisation's own lawyer wrote about its states. The system knows no law by itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids


class LawText(models.Model):
    """When an authority has to be told in one state, in a named lawyer's words and on a date.

    A text is never changed: a newer one stands before it, and what was decided keeps its own.
    """

    class About(models.TextChoices):
        """What the text is about."""

        MINORS = "minors", _("Niñas, niños o adolescentes")
        DANGER = "danger", _("Peligro inminente")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    state = models.CharField(max_length=2)
    about = models.CharField(max_length=8, choices=About.choices)
    text = models.TextField()
    author = models.CharField(max_length=120)
    licence = models.CharField(max_length=20, blank=True)
    dated_on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "state", "about", "-written_at"], name="territory_law"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.about} {self.dated_on}"
