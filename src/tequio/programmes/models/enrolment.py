"""A man's way through one edition: dated, reasoned steps that nobody rewrites."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tequio.access.models import Organisation
from tequio.core import clock, ids
from tequio.people.models import Participant
from tequio.programmes.models.editions import Edition, Site
from tequio.programmes.states import MOVES, State


class Enrolment(models.Model):
    """Where one man stands in one edition.

    `state`, `since` and `turns` are written by the database itself when a step is added; whoever
    writes them by hand is refused (migration 0003).
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="enrolments"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enrolments")
    # Where he would like to come; empty when any place will do.
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=12, blank=True, choices=State.choices)
    since = models.DateField(null=True)
    turns = models.PositiveSmallIntegerField(default=0)
    import_id = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "enrolment"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "edition"], name="programmes_enrolment_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "state", "since"], name="programmes_enrolment_queue"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def audit_label(self) -> str:
        """Name the enrolment in the audit log by its key: a folio would name the man."""
        return str(self.pk)[:8]


def _known_moves() -> Q:
    allowed = Q()
    for start, end in MOVES:
        allowed |= Q(from_state=start, to_state=end)
    return allowed


class EnrolmentStep(models.Model):
    """One step: from where to where, on which day, and why. Only added to."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    # The database takes the steps along when the man is forgotten; nobody else can.
    enrolment = models.ForeignKey(Enrolment, on_delete=models.DO_NOTHING, related_name="steps")
    position = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=State.choices)
    happened_on = models.DateField()
    reason = models.SlugField(max_length=24, db_index=False)
    sealed_note = models.BinaryField(null=True)
    # His dose when he reached the end: sessions attended, of those held while he was expected.
    attended = models.PositiveSmallIntegerField(null=True)
    held = models.PositiveSmallIntegerField(null=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "position"], name="programmes_step_position"
            ),
            models.CheckConstraint(condition=_known_moves(), name="programmes_step_known_move"),
            models.CheckConstraint(condition=~Q(reason=""), name="programmes_step_reasoned"),
            models.CheckConstraint(
                condition=Q(attended__isnull=True, held__isnull=True)
                | Q(attended__isnull=False, held__isnull=False, attended__lte=F("held")),
                name="programmes_step_dose_whole",
            ),
            # The end is counted as a dose and never as a yes.
            models.CheckConstraint(
                condition=~Q(from_state="in_group", to_state="completed") | Q(held__isnull=False),
                name="programmes_step_end_has_dose",
            ),
            models.CheckConstraint(
                condition=~Q(to_state="excluded") | Q(sealed_note__isnull=False),
                name="programmes_step_exclusion_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
