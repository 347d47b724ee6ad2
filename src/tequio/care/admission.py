"""Who may be given a place in a group, and who does not wait for one.

Nobody enters without a diagnosis and a closed intake review, nor while a review that was judged
high is open, whatever called for it: two people close that one, with their reasons. Who is at high
risk, or was sent by a court, gets the next seat.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.access.models import User
from tequio.care.models import Diagnosis, Level, Plan, Review
from tequio.core.errors import DomainError
from tequio.people.models import Intake, Participant, Route

INTAKE = Review.Trigger.INTAKE
CLOSED = Review.State.CLOSED


def refuse_unready(by: User, participants: Sequence[Participant]) -> None:
    """Refuse with a sentence unless each of these men is ready for a group."""
    keys = [man.pk for man in participants]
    diagnosed = _of(Diagnosis.objects.filter(state=Diagnosis.State.DONE), keys)
    if not diagnosed.issuperset(keys):
        raise _refusal(participants, diagnosed, _("Todavía no tiene diagnóstico."))
    intakes = Review.objects.filter(trigger=INTAKE)
    closed, waiting = (
        _of(intakes.filter(state=CLOSED), keys),
        _of(intakes.exclude(state=CLOSED), keys),
    )
    ready = closed - waiting
    if not ready.issuperset(keys):
        raise _refusal(participants, ready, _("Su revisión de ingreso no está cerrada."))
    high = _of(Review.objects.exclude(state=CLOSED).filter(needs_second=True), keys)
    calm = set(keys) - high
    if high:
        raise _refusal(
            participants,
            calm,
            _("Tiene abierta una revisión de riesgo alto: se cierra antes, entre dos personas."),
        )
    elsewhere = Plan.objects.filter(replaced_at__isnull=True, decision=Plan.Decision.ELSEWHERE)
    here = set(keys) - _of(elsewhere, keys)
    if not here.issuperset(keys):
        raise _refusal(participants, here, _("Su plan dice «aquí no, pero allá sí»."))


def without_delay(participants: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these men who do not wait: last judged high, or sent by a court."""
    keys = list(participants)
    last: dict[UUID, str] = {}
    judged = (
        Review.objects.filter(participant__in=keys).exclude(level="").order_by("judged_at", "pk")
    )
    for man, level in judged.values_list("participant", "level"):
        last[man] = level
    high = {man for man, level in last.items() if level == Level.HIGH}
    sent = Intake.objects.filter(state=Intake.State.DONE, route=Route.COURT)
    return frozenset(high | _of(sent, keys))


def with_open_review(participants: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of these men of whom a review is not closed."""
    return frozenset(_of(Review.objects.exclude(state=CLOSED), list(participants)))


def _of(rows: QuerySet[Any], keys: Sequence[UUID]) -> set[UUID]:
    return set(rows.filter(participant__in=keys).values_list("participant", flat=True))


def _refusal(participants: Sequence[Participant], ready: set[UUID], why: str) -> DomainError:
    lacking = [man for man in participants if man.pk not in ready]
    if len(participants) == 1:
        hint = _("Ve a su página, a «Cuidado», y termina lo que falta antes de darle un lugar.")
        return DomainError(why, hint=hint)
    text = ngettext(
        "%(n)s hombre no puede entrar todavía al grupo.",
        "%(n)s hombres no pueden entrar todavía al grupo.",
        len(lacking),
    )
    return DomainError(text % {"n": len(lacking)}, hint=why)
