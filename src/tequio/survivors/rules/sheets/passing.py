"""Passing her on to another service: the least that she chose, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from tequio.network.rules import referrals as engine
from tequio.survivors import words
from tequio.survivors.rules.sheets.base import BadSheet, Body, known, need


@dataclass(frozen=True, slots=True)
class Step:
    """A state and its day."""

    state: str
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that the others see of her, as she worded it."""

    code: str
    value: str


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
    # What lies on the link, and its secret; both go as soon as nothing more is shared.
    shared: tuple[Shared, ...] = ()
    secret: str = ""
    # Who went along the first time.
    escort: str = ""
    escorted_on: date | None = None

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
        known((one.code for one in self.shared), words.DATA)
        wrong = engine.broken(self.steps)
        if wrong is not None:
            raise BadSheet(
                _("Esa canalización no puede pasar de «%(before)s» a «%(after)s».")
                % {
                    "before": words.word(words.REFERRAL_STATES, wrong[0].state),
                    "after": words.word(words.REFERRAL_STATES, wrong[1].state),
                }
            )
        need(
            not engine.backwards(self.steps),
            _("Ese paso tiene una fecha anterior al paso de antes."),
        )

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.steps[-1].state

    @property
    def is_open(self) -> bool:
        """Whether something may still happen."""
        return engine.is_open(self.state)

    @property
    def call_on(self) -> date | None:
        """When somebody calls because nothing was heard."""
        return engine.call_on(self.state, self.steps[-1].on)
