"""What somebody agreed to tell with their own words, for what, and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.people.models import Participant


class Testimony(models.Model):
    """One testimony. Its words are sealed, never changed, and go when the consent ends.

    Women's testimonies are not kept here: whoever tells what she lived tells it behind the wall.
    """

    class From(models.TextChoices):
        """Whose it is."""

        MAN = "man", _("Un participante")
        COMMUNITY = "community", _("Una persona de la comunidad")

    class Way(models.TextChoices):
        """How it was given. A recording is heard, written down and not kept here."""

        WRITTEN = "written", _("Por escrito")
        VOICE = "voice", _("De voz; alguien lo transcribió")

    class Ended(models.TextChoices):
        """Why it can no longer be shown."""

        WITHDRAWN = "withdrawn", _("Lo retiró quien lo dio")
        OVER = "over", _("Terminó el permiso")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    folio = models.CharField(max_length=9, unique=True)
    given_by = models.CharField(max_length=9, choices=From.choices)
    # Only of a man: so that he finds it in his file, and that it goes when he is forgotten.
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, related_name="testimonies"
    )
    way = models.CharField(max_length=7, choices=Way.choices)
    # The words and how who gave them wants to be called; nothing once it has ended.
    sealed = models.BinaryField(null=True)
    # In which accounts it may stand: of funders, in public, in the community.
    uses = models.JSONField(default=list)
    text_version = models.CharField(max_length=8)
    text_sha256 = models.CharField(max_length=64)
    agreed_on = models.DateField()
    until = models.DateField(db_index=True)
    ended = models.CharField(max_length=9, choices=Ended.choices, blank=True)
    ended_on = models.DateField(null=True)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(default=clock.now)

    audit_type = "testimony"

    class Meta:
        ordering = ("-agreed_on", "-kept_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by="man", participant__isnull=False)
                | Q(given_by="community", participant__isnull=True),
                name="reports_testimony_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_on__isnull=True, sealed__isnull=False)
                | (~Q(ended="") & Q(ended_on__isnull=False, sealed__isnull=True)),
                name="reports_testimony_ends_without_words",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("agreed_on")), name="reports_testimony_until_later"
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def audit_label(self) -> str:
        """Name it by its own folio: his would name the man."""
        return self.folio
