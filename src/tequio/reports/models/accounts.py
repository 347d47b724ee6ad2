"""An account of a closed period: what was counted, and the words that stand beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.programmes.models import Site
from tequio.reports.models.testimonies import Testimony


class Account(models.Model):
    """One account («informe»). Once issued the database refuses to change it (migration 0004).

    `content` holds every sentence and number as it is printed: aggregates that passed disclosure
    control, and never a row. Printing again reads nothing else, and gives the same bytes.
    """

    class State(models.TextChoices):
        """How it stands."""

        DRAFT = "draft", _("Borrador")
        ISSUED = "issued", _("Emitido")
        SUPERSEDED = "superseded", _("Sustituido por otro")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    folio = models.CharField(max_length=9, unique=True)
    template = models.SlugField(max_length=40, db_index=False)
    template_version = models.CharField(max_length=8)
    template_sha256 = models.CharField(max_length=64)
    first_on = models.DateField()
    last_on = models.DateField()
    # Of one site; empty for the whole organisation.
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField(default=dict)
    # What whoever signs wrote of each section, by its key.
    words = models.JSONField(default=dict)
    # Keys of the releases that it shows, as text.
    releases = models.JSONField(default=list)
    counted_at = models.DateTimeField(default=clock.now)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    # Of content, words, releases and testimonies, as `reports.accounts.content.fingerprint` says.
    sha256 = models.CharField(max_length=64, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes"
    )

    audit_type = "account"

    class Meta:
        ordering = ("-last_on", "-begun_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", issued_at__isnull=True, sha256="")
                | (~Q(state="draft") & Q(issued_at__isnull=False) & ~Q(sha256="")),
                name="reports_account_issued_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_by__isnull=False)
                | (~Q(state="superseded") & Q(superseded_by__isnull=True)),
                name="reports_account_superseded_by_one",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gt=F("first_on")), name="reports_account_has_a_period"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-last_on"], name="reports_account_newest"),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def audit_label(self) -> str:
        """Name it by its folio."""
        return self.folio


class Quoted(models.Model):
    """That a testimony stands in an account, and in which place."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="quoted")
    testimony = models.ForeignKey(Testimony, on_delete=models.CASCADE, related_name="quoted")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(
                fields=["account", "testimony"], name="reports_testimony_once_an_account"
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)
