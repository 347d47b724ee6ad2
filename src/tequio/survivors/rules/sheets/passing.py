"""Passing her on to another service: the least that she chose, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need

# From each state the states that may follow. She may take it back at any time before the end.
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "sent": ("accepted", "declined", "arrived", "revoked"),
    "accepted": ("arrived", "served", "not_served", "revoked"),
    "arrived": ("served", "not_served", "revoked"),
    "declined": (),
    "served": (),
    "not_served": (),
    "revoked": (),
}
WAITING: Final = ("sent", "accepted", "arrived")


@dataclass(frozen=True, slots=True)
class Step:
    """A state and its day."""

    state: str
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Referral(Body):
    """To whom, what for, and with which data she agreed to be passed on."""

    KIND: ClassVar[str] = "referral"

    to: str
    purpose: str
    data: tuple[str, ...]
    agreed_on: date
    agreed_until: date
    steps: tuple[Step, ...]
    summary: str = ""
    # As she tells it, and not as the other service does.
    told: str = ""

    def __post_init__(self) -> None:
        known((self.purpose,), words.PURPOSES)
        known(self.data, words.DATA)
        need(bool(self.data), _("Falta elegir con ella qué se comparte, o «Nada»."))
        need(
            "nothing" not in self.data or len(self.data) == 1,
            _("Dice «nada» y también otras cosas. Deja solo lo que ella eligió."),
        )
        need(
            self.agreed_until >= self.agreed_on,
            _("El permiso termina antes de empezar. Revisa las dos fechas."),
        )
        need(bool(self.steps) and self.steps[0].state == "sent", _("Falta el día en que se envió."))
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            need(
                after.state in AFTER.get(before.state, ()),
                _("Esa canalización no puede pasar de «%(before)s» a «%(after)s».")
                % {
                    "before": words.word(words.REFERRAL_STATES, before.state),
                    "after": words.word(words.REFERRAL_STATES, after.state),
                },
            )
            need(after.on >= before.on, _("Ese paso tiene una fecha anterior al paso de antes."))

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.steps[-1].state
