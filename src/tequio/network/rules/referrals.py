"""A referral as a conversation: its states, what may follow what, and when somebody should call.

One engine, and the rows stand elsewhere: a man's in `care`, a woman's behind the wall. Here lies
nothing of either; only plain values come in and go out.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where it stands."""

    SENT = "sent", _("Enviada")
    ACCEPTED = "accepted", _("La aceptaron")
    DECLINED = "declined", _("No la aceptaron")
    ARRIVED = "arrived", _("Llegó")
    SERVED = "served", _("Recibió atención")
    NOT_SERVED = "not_served", _("No recibió atención")
    REVOKED = "revoked", _("Se retiró el permiso")


# From each state those that may follow. Whoever was referred may take it back before the end.
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    State.SENT: (State.ACCEPTED, State.DECLINED, State.ARRIVED, State.REVOKED),
    State.ACCEPTED: (State.ARRIVED, State.SERVED, State.NOT_SERVED, State.REVOKED),
    State.ARRIVED: (State.SERVED, State.NOT_SERVED, State.REVOKED),
    State.DECLINED: (),
    State.SERVED: (),
    State.NOT_SERVED: (),
    State.REVOKED: (),
}
WAITING: Final = (State.SENT.value, State.ACCEPTED.value, State.ARRIVED.value)
# What the other organisation may answer by itself: only the person takes a permission back.
THEIRS: Final[Mapping[str, tuple[str, ...]]] = {
    state: tuple(one for one in after if one != State.REVOKED) for state, after in AFTER.items()
}
# Without a reason nobody knows where else to ask.
WITH_REASON: Final = frozenset({State.DECLINED.value, State.NOT_SERVED.value})
# Nothing heard for so long: call them, do not wait.
CALL_AFTER: Final[Mapping[str, timedelta]] = {
    State.SENT: timedelta(days=3),
    State.ACCEPTED: timedelta(days=7),
    State.ARRIVED: timedelta(days=7),
}
# A permission is for one errand and not for ever.
LONGEST: Final = timedelta(days=60)


class Reason(models.TextChoices):
    """Why they could not."""

    FULL = "full", _("No hay lugar ahora")
    NOT_OURS = "not_ours", _("No es lo que hacemos")
    AREA = "area", _("No atendemos esa zona")
    PAPERS = "papers", _("Faltan papeles o requisitos")
    DID_NOT_COME = "did_not_come", _("No vino o no se pudo encontrar")
    OTHER = "other", _("Otra razón")


class Dated(Protocol):
    """A state and its day, whoever keeps it."""

    @property
    def state(self) -> str:
        """Which state."""

    @property
    def on(self) -> date:
        """On which day."""


def may_follow(before: str, after: str) -> bool:
    """Tell whether one state may follow another."""
    return after in AFTER.get(before, ())


def is_open(state: str) -> bool:
    """Tell whether something may still happen."""
    return bool(AFTER.get(state))


def broken(steps: Sequence[Dated]) -> tuple[Dated, Dated] | None:
    """Return the first two steps of which the second may not follow the first."""
    pairs = itertools.pairwise(steps)
    return next(((a, b) for a, b in pairs if not may_follow(a.state, b.state)), None)


def backwards(steps: Sequence[Dated]) -> bool:
    """Tell whether some step bears a day before that of the step before it."""
    return any(b.on < a.on for a, b in itertools.pairwise(steps))


def call_on(state: str, since: date) -> date | None:
    """Return the day on which the sender calls if nothing was heard; none once it has ended."""
    wait = CALL_AFTER.get(state)
    return since + wait if wait else None
