"""What a man told at his diagnosis, the reviews of his situation, and what was decided with him.

What he said and why somebody judged as they did is sealed. In the clear stands only what says
that somebody has to do something: states, dates, who, and a level that a person wrote.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.people.models import Participant
from tequio.territory.models import LawText


class Level(models.TextChoices):
    """How much a person worries, after looking. Words and no numbers: nothing adds them up."""

    LOW = "low", _("Bajo")
    MEDIUM = "medium", _("Medio")
    HIGH = "high", _("Alto")


class Diagnosis(models.Model):
    """The minimum diagnosis: what he answered, sealed as one whole."""

    class State(models.TextChoices):
        """Whether it can still be changed."""

        DRAFT = "draft", _("Sin terminar")
        DONE = "done", _("Terminado")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="diagnoses")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # Which questions were asked, so that an old answer is read as it was meant.
    questions = models.CharField(max_length=8)
    sealed = models.BinaryField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    # When what he said in his own words went; what was coded stays.
    words_erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(state="draft"), name="care_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at__isnull=True, finished_by__isnull=True)
                | Q(state="done", finished_at__isnull=False, finished_by__isnull=False),
                name="care_done_diagnosis_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Review(models.Model):
    """A look at a man's situation, from the moment that something called for it until closed.

    The row holds to its states by itself: see `care.triggers` for what may follow what.
    """

    class Trigger(models.TextChoices):
        """What called for it."""

        INTAKE = "intake", _("Ingreso")
        DISCLOSURE = "disclosure", _("Contó violencia o una amenaza")
        THIRD_ABSENCE = "third_absence", _("Tercera falta")
        SEPARATION = "separation", _("Separación o cambio en la custodia")
        EXIT = "exit", _("Salida del grupo")
        FLAG = "flag", _("Alguien del equipo se preocupó")

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("Espera valoración")
        JUDGED = "judged", _("Valorada, sigue abierta")
        TO_CONFIRM = "to_confirm", _("Espera a una segunda persona")
        CLOSED = "closed", _("Cerrada")

    class Office(models.TextChoices):
        """In which role the second person answers for the closing."""

        COORDINATOR = "coordinator", _("coordinación")
        THERAPIST = "therapist", _("psicoterapia")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reviews")
    trigger = models.CharField(max_length=16, choices=Trigger.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    # What the last judgement said, and whose it was.
    level = models.CharField(max_length=6, choices=Level.choices, blank=True)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    # Once somebody judged it high, two people close it, whatever was judged afterwards.
    needs_second = models.BooleanField(default=False)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    second = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    second_office = models.CharField(max_length=12, choices=Office.choices, blank=True)

    class Meta:
        constraints = [
            # One talk and not five: what happens meanwhile is added to the review that is open.
            models.UniqueConstraint(
                fields=["participant", "trigger"],
                condition=~Q(state="closed"),
                name="care_one_open_review",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "judged", "to_confirm", "closed"]),
                name="care_review_state",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["", "low", "medium", "high"]), name="care_review_level"
            ),
            # A level is somebody's: no level without a named person and a moment.
            models.CheckConstraint(
                condition=Q(level="", reviewer__isnull=True, judged_at__isnull=True)
                | (~Q(level="") & Q(reviewer__isnull=False, judged_at__isnull=False)),
                name="care_judgement_has_a_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(level=""), name="care_judged_before_it_goes_on"
            ),
            models.CheckConstraint(
                condition=~Q(level="high") | Q(needs_second=True),
                name="care_high_needs_a_second",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["open", "judged"], closed_by__isnull=True, closed_at__isnull=True
                )
                | Q(state="to_confirm", closed_by__isnull=False, closed_at__isnull=True)
                | Q(state="closed", closed_by__isnull=False, closed_at__isnull=False),
                name="care_closing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True, second_office="")
                | Q(
                    second__isnull=False,
                    second_office__in=["coordinator", "therapist"],
                    state="closed",
                ),
                name="care_second_in_an_office",
            ),
            # Nobody closes alone what was once judged high.
            models.CheckConstraint(
                condition=~Q(state="closed", needs_second=True)
                | (Q(second__isnull=False) & ~Q(second=F("closed_by"))),
                name="care_two_people_close_high",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "due_on"], name="care_reviews_due"),
            models.Index(fields=["participant", "-opened_at"], name="care_last_review"),
        ]

    def __str__(self) -> str:
        return f"{self.trigger}: {self.state}"


class Signal(models.Model):
    """One thing that called for a review, or was added while it was open."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="signals")
    sealed = models.BinaryField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.pk)


class Judgement(models.Model):
    """A level with its reasons and whose they are. It is never changed: a new one is written."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="judgements")
    level = models.CharField(max_length=6, choices=Level.choices)
    # Reasons, measures, and what was agreed with him.
    sealed = models.BinaryField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["low", "medium", "high"]), name="care_judgement_level"
            ),
        ]

    def __str__(self) -> str:
        return self.level


class Step(models.Model):
    """One change of a review's state: from what to what, by whom and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="steps")
    came_from = models.CharField(max_length=10, choices=Review.State.choices)
    went_to = models.CharField(max_length=10, choices=Review.State.choices)
    sealed = models.BinaryField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.came_from} → {self.went_to}"


class Plan(models.Model):
    """What was decided with him: parallel tracks with their reasons, or «not here, but there».

    A new plan replaces the one before, which stays to be read.
    """

    class Decision(models.TextChoices):
        """Whether he is accompanied here."""

        HERE = "here", _("Aquí")
        ELSEWHERE = "elsewhere", _("Aquí no, pero allá sí")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="plans")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    # Tracks, places and reasons: a track to psychiatry says something about him.
    sealed = models.BinaryField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(replaced_at__isnull=True),
                name="care_one_plan_in_force",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["here", "elsewhere"]), name="care_plan_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.decision


class Talk(models.Model):
    """A scheduled talk with one man. Every man has them; what is asked lies in `letters.Agenda`.

    Its key is the agenda's key. Some come by the calendar, some by plain chance: neither says
    anything about him.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        TALKED = "talked", _("Se habló de todo")
        PARTLY = "partly", _("Se habló de una parte")
        DID_NOT_WANT = "did_not_want", _("No quiso hablar")
        DID_NOT_COME = "did_not_come", _("No llegó: se pone otro día")
        LEFT = "left", _("Ya no está en el programa")

    id = models.UUIDField(primary_key=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="talks")
    # From which start it was counted, and its week; none for one that was drawn by chance.
    began_on = models.DateField(null=True)
    week = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    # A short note; it goes with the other words of his.
    sealed = models.BinaryField(null=True)
    words_erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "began_on", "week"], name="care_one_talk_a_week"
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True, week__isnull=True)
                | Q(began_on__isnull=False, week__isnull=False),
                name="care_talk_is_counted_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at__isnull=True)
                | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="care_talk_ends_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "outcome", "due_on"], name="care_talks_due")
        ]

    def __str__(self) -> str:
        return str(self.due_on)


class Report(models.Model):
    """Whether an authority is told about a child or about danger now: decided, and looked at again.

    What happened and why lies sealed. Neither who decided nor what was decided is ever changed.
    """

    class About(models.TextChoices):
        """What may have to be told."""

        MINORS = "minors", _("Niñas, niños o adolescentes")
        DANGER = "danger", _("Peligro inminente")

    class Decision(models.TextChoices):
        """What was decided."""

        TELL = "tell", _("Avisar")
        NOT_TELL = "not_tell", _("No avisar")

    class Verdict(models.TextChoices):
        """What the second person says."""

        AGREES = "agrees", _("De acuerdo")
        AGAIN = "again", _("Hay que decidirlo otra vez")

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reports")
    about = models.CharField(max_length=8, choices=About.choices)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    state = models.CharField(max_length=2)
    # The lawyer's text that was read; none where the organisation had none.
    law = models.ForeignKey(LawText, on_delete=models.PROTECT, null=True, related_name="+")
    # Reasons, authority, its folio.
    sealed = models.BinaryField()
    told_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    # What this decision takes the place of, where a second person asked for it.
    again_of = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, related_name="decided_again"
    )
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True)
    sealed_review = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="tell") | Q(told_at__isnull=True),
                name="care_report_told_only_if_so_decided",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reviewer__isnull=True, reviewed_at__isnull=True)
                | (~Q(verdict="") & Q(reviewer__isnull=False, reviewed_at__isnull=False)),
                name="care_report_review_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=F("decided_by")), name="care_report_seen_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "verdict", "decided_at"], name="care_reports_wait")
        ]

    def __str__(self) -> str:
        return self.decision
