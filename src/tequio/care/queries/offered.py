"""What this room offers to Hoy, to lists and to a man's page: coded facts, no sealed word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.scoped import Scoped
from tequio.care.models import Diagnosis, Plan, Review
from tequio.care.policies import may_be_second, may_know, men_visible_to, reviews_visible_to
from tequio.core import clock
from tequio.people.models import Participant

MOST = 12
State = Review.State


@dataclass(frozen=True, slots=True)
class DueReview:
    """A review that is not closed, as a list shows it."""

    review_id: UUID
    folio: str
    alias: str
    trigger: str
    trigger_label: str
    state: str
    state_label: str
    level: str
    level_label: str
    opened_on: date
    due_on: date
    overdue: bool
    waits_for_me: bool
    url: str


@dataclass(frozen=True, slots=True)
class OpenDiagnosis:
    """A diagnosis that somebody began and nobody finished."""

    folio: str
    alias: str
    begun_on: date
    url: str


@dataclass(frozen=True, slots=True)
class Flag:
    """That somebody looks after a man's situation; a screen in the room says no more."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of his way, with its day."""

    on: date
    kind: str
    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Panel:
    """How diagnosis, reviews and plan stand, for his page."""

    url: str
    diagnosis: str
    reviews: tuple[DueReview, ...]
    plan: str
    may_enter_a_group: bool


def due_reviews(user: User, day: date) -> tuple[DueReview, ...]:
    """Return what waits to be looked at, what waits longest first."""
    return tuple(as_due(user, review, day) for review in _FIRST_REVIEWS.ask(user))


def open_reviews(user: User) -> QuerySet[Review]:
    """Return the reviews that are not closed: high ones first, then those due soonest."""
    weight = Case(When(level="high", then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        reviews_visible_to(user)
        .exclude(state=State.CLOSED)
        .select_related("participant", "reviewer")
        .order_by(weight, "due_on", "opened_at", "pk")
    )


_FIRST_REVIEWS = Scoped(lambda user: open_reviews(user)[:MOST])


def as_due(user: User, review: Review, day: date) -> DueReview:
    """Return a review as a list shows it."""
    return DueReview(
        review_id=review.pk,
        folio=review.participant.folio,
        alias=review.participant.alias,
        trigger=review.trigger,
        trigger_label=review.get_trigger_display(),
        state=review.state,
        state_label=review.get_state_display(),
        level=review.level,
        level_label=review.get_level_display() if review.level else "",
        opened_on=_day(user, review.opened_at),
        due_on=review.due_on,
        overdue=review.state in (State.OPEN, State.JUDGED) and review.due_on < day,
        waits_for_me=review.state == State.TO_CONFIRM and may_be_second(user, review),
        url=reverse("care:review", kwargs={"review_id": review.pk}),
    )


def open_diagnoses(user: User) -> tuple[OpenDiagnosis, ...]:
    """Return the diagnoses that this person may go on with, the oldest first."""
    if user.scope(Permission.DIAGNOSIS_TAKE) is None:
        return ()
    men = men_visible_to(user, Permission.DIAGNOSIS_TAKE)
    rows = Diagnosis.objects.filter(
        state=Diagnosis.State.DRAFT, organisation=user.organisation_id, participant__in=men
    )
    return tuple(
        OpenDiagnosis(
            folio=row.participant.folio,
            alias=row.participant.alias,
            begun_on=_day(user, row.begun_at),
            url=overview_url(row.participant.folio),
        )
        for row in rows.select_related("participant").order_by("begun_at", "pk")[:MOST]
    )


def flags(user: User, participants: Sequence[UUID]) -> dict[UUID, Flag]:
    """Return those of these men of whom a review is open."""
    rows = reviews_visible_to(user).exclude(state=State.CLOSED)
    found = rows.filter(participant__in=list(participants)).values_list(
        "participant", "participant__folio"
    )
    return {key: Flag(_("Revisión abierta"), overview_url(folio)) for key, folio in found}


def timeline(user: User, participant: Participant) -> tuple[Entry, ...]:
    """Return the facts of his diagnosis, reviews and plans, the newest first."""
    if not may_know(user, participant):
        return ()
    return tuple(sorted(_entries(user, participant), key=lambda entry: entry.on, reverse=True))


def _entries(user: User, man: Participant) -> list[Entry]:
    whole = overview_url(man.folio)
    entries = []
    for diagnosis in man.diagnoses.filter(state=Diagnosis.State.DONE):
        on = _day(user, diagnosis.finished_at or diagnosis.begun_at)
        entries.append(Entry(on, "diagnosis", _("Diagnóstico terminado"), "", whole))
    for review in man.reviews.select_related("reviewer"):
        entries += _of_review(user, review)
    for plan in man.plans.all():
        words = plan.get_decision_display()
        entries.append(Entry(_day(user, plan.made_at), "plan", _("Plan"), words, whole))
    return entries


def _of_review(user: User, review: Review) -> list[Entry]:
    url = reverse("care:review", kwargs={"review_id": review.pk})
    why = review.get_trigger_display()
    entries = [Entry(_day(user, review.opened_at), "review", _("Se abrió una revisión"), why, url)]
    if review.judged_at and review.reviewer:
        said = _("%(level)s, según %(name)s") % {
            "level": review.get_level_display(),
            "name": review.reviewer.name,
        }
        entries.append(Entry(_day(user, review.judged_at), "judgement", _("Valoración"), said, url))
    if review.closed_at:
        title = _("Se cerró una revisión")
        entries.append(Entry(_day(user, review.closed_at), "review", title, why, url))
    return entries


def panel(user: User, participant: Participant) -> Panel | None:
    """Return how his diagnosis, reviews and plan stand, or None where the role may not know."""
    mine = Diagnosis.objects.filter(participant=OuterRef("pk"))
    plan = Plan.objects.filter(participant=OuterRef("pk"), replaced_at__isnull=True)
    man = (
        men_visible_to(user)
        .filter(pk=participant.pk)
        .annotate(
            done=Exists(mine.filter(state=Diagnosis.State.DONE)),
            draft=Exists(mine.filter(state=Diagnosis.State.DRAFT)),
            decision=Subquery(plan.values("decision")[:1]),
        )
        .values("done", "draft", "decision")
        .first()
    )
    if man is None:
        return None
    reviews = list(participant.reviews.select_related("participant").order_by("due_on", "pk"))
    today = _day(user, None)
    decision = man["decision"] or ""
    return Panel(
        url=overview_url(participant.folio),
        diagnosis="done" if man["done"] else "draft" if man["draft"] else "",
        reviews=tuple(as_due(user, r, today) for r in reviews if r.state != State.CLOSED),
        plan=str(Plan.Decision(decision).label) if decision else "",
        may_enter_a_group=man["done"] and _may_enter(reviews, decision),
    )


def _may_enter(reviews: Sequence[Review], decision: str) -> bool:
    intakes = [review.state for review in reviews if review.trigger == Review.Trigger.INTAKE]
    closed = bool(intakes) and all(state == State.CLOSED for state in intakes)
    return closed and decision != Plan.Decision.ELSEWHERE


def overview_url(folio: str) -> str:
    """Return the address of his diagnosis, reviews and plan."""
    return reverse("care:overview", kwargs={"folio": folio})


def _day(user: User, moment: datetime | None) -> date:
    zone = ZoneInfo(user.organisation.timezone)
    return (moment or clock.now()).astimezone(zone).date()
