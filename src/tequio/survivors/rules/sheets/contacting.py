"""How she may be reached, and every time that somebody spoke with her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from django.utils.translation import gettext as _

from tequio.survivors import words
from tequio.survivors.rules.sheets.base import Body, known, need


@dataclass(frozen=True, slots=True)
class Channel:
    """One way that she said is safe."""

    how: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Days (Monday is 0) between two hours."""

    days: tuple[str, ...]
    begins: time
    ends: time

    def __post_init__(self) -> None:
        known(self.days, words.DAYS)
        need(bool(self.days), _("Faltan los días de ese horario."))
        need(self.begins < self.ends, _("Ese horario termina antes de empezar."))

    def holds(self, moment: datetime) -> bool:
        """Tell whether a local moment falls into them."""
        return str(moment.weekday()) in self.days and self.begins <= moment.time() < self.ends


@dataclass(frozen=True, slots=True)
class SafeContact(Body):
    """The card. Without her word nobody writes to her first."""

    KIND: ClassVar[str] = "safe_contact"

    we_may_begin: bool = False
    channels: tuple[Channel, ...] = ()
    hours: tuple[Hours, ...] = ()
    device_shared_with: str = ""
    who_may_answer: str = ""
    we_say: str = ""
    approved: bool = False
    code_word: str = ""
    may_leave: tuple[str, ...] = ()
    do_not_contact: bool = False
    do_not_contact_why: str = ""
    verified_on: date | None = None
    verified_by: str = ""

    def __post_init__(self) -> None:
        known((c.how for c in self.channels), words.CHANNELS)
        known(self.may_leave, words.MAY_LEAVE)
        need(
            not self.do_not_contact or bool(self.do_not_contact_why.strip()),
            _("Si no se le contacta, escribe por qué."),
        )
        need(
            not (self.do_not_contact and self.we_may_begin),
            _("La tarjeta dice «no contactar» y también que podemos buscarla."),
            _("Deja solo una de las dos."),
        )
        need(
            not self.we_may_begin or bool(self.channels),
            _("Para buscarla hace falta al menos un canal que ella haya dicho que es seguro."),
        )
        need(
            not self.may_leave or (bool(self.we_say.strip()) and self.approved),
            _("Solo se deja un mensaje con un texto que ella aprobó."),
            _("Escribe el texto neutral y marca que ella lo aprobó."),
        )

    def why_not(self, how: str) -> str:
        """Say why nobody may begin a contact this way, or nothing."""
        if self.do_not_contact:
            return _("Su tarjeta dice que no se le contacte.")
        if not self.we_may_begin:
            return _("Ella no ha dicho que podamos buscarla. Nadie le escribe primero.")
        if how not in {channel.how for channel in self.channels}:
            return _("Ella no ha dicho que ese canal sea seguro.")
        return ""

    def is_hour(self, moment: datetime) -> bool:
        """Tell whether a local moment is one of hers; without hours there is none."""
        return any(window.holds(moment) for window in self.hours)


@dataclass(frozen=True, slots=True)
class Contact(Body):
    """One line of the contact log. Written only after her rules were read again."""

    KIND: ClassVar[str] = "contact"

    on: date
    began: str
    how: str
    reached: str
    by: str
    minutes: int | None = None
    said: str = ""
    # Who read her rules again before this, and when. Empty only where she came to us.
    rules_on: date | None = None
    rules_by: str = ""
    # Where it was about a moment of asking: which one, and what she said to it.
    wave: str = ""
    asked: str = ""

    def __post_init__(self) -> None:
        known((self.began,), words.BEGAN)
        known((self.how,), words.CHANNELS)
        known((self.reached,), words.REACHED)
        known((self.wave,) if self.wave else (), words.WAVES)
        known((self.asked,) if self.asked else (), words.ASKED)
        need(
            not self.asked or (bool(self.wave) and self.reached == "spoke"),
            _("Lo que ella dijo se anota solo si hablaron."),
        )
        need(
            self.began == "she" or (self.rules_on is not None and bool(self.rules_by)),
            _("Antes de anotarlo, confirma que leíste otra vez sus reglas de contacto."),
        )
