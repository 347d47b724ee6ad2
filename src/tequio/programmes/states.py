"""Where a man stands in a programme, how he may move on, and the reasons that are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.letters.kinds import Kind


class State(models.TextChoices):
    """Where a man stands in one edition."""

    ENQUIRY = "enquiry", _("Preguntó")
    ACCEPTED = "accepted", _("Aceptado")
    WAITING = "waiting", _("En lista de espera")
    IN_GROUP = "in_group", _("En grupo")
    COMPLETED = "completed", _("Llegó al final")
    WITHDRAWN = "withdrawn", _("Se retiró")
    EXCLUDED = "excluded", _("Salió por decisión del equipo")
    REFERRED = "referred", _("Aquí no, pero allá sí")
    MAINTENANCE = "maintenance", _("En mantenimiento")


_S = State
BEGINNING: Final = ""
AGAIN: Final = (_S.COMPLETED, _S.WITHDRAWN, _S.EXCLUDED, _S.REFERRED, _S.MAINTENANCE)

# From where to where. What is not here the database refuses (migration 0003).
MOVES: Final[tuple[tuple[str, str], ...]] = (
    (BEGINNING, _S.ENQUIRY),
    (BEGINNING, _S.IN_GROUP),  # a register kept before this system: he was in a group already
    (_S.ENQUIRY, _S.ACCEPTED),
    (_S.ENQUIRY, _S.REFERRED),
    (_S.ENQUIRY, _S.WITHDRAWN),
    (_S.ACCEPTED, _S.WAITING),
    (_S.ACCEPTED, _S.IN_GROUP),
    (_S.ACCEPTED, _S.REFERRED),
    (_S.ACCEPTED, _S.WITHDRAWN),
    (_S.WAITING, _S.IN_GROUP),
    (_S.WAITING, _S.REFERRED),
    (_S.WAITING, _S.WITHDRAWN),
    (_S.IN_GROUP, _S.WAITING),
    (_S.IN_GROUP, _S.COMPLETED),
    (_S.IN_GROUP, _S.WITHDRAWN),
    (_S.IN_GROUP, _S.EXCLUDED),
    (_S.COMPLETED, _S.MAINTENANCE),
    (_S.MAINTENANCE, _S.COMPLETED),
    (_S.COMPLETED, _S.ACCEPTED),
    (_S.WITHDRAWN, _S.ACCEPTED),
    (_S.EXCLUDED, _S.ACCEPTED),
    (_S.REFERRED, _S.ACCEPTED),
    (_S.MAINTENANCE, _S.ACCEPTED),
)


def may_move(start: str, end: str) -> bool:
    """Tell whether a man may move from one state to another."""
    return (start, end) in MOVES


def next_states(start: str) -> tuple[State, ...]:
    """Return where a man may go from here."""
    return tuple(State(end) for begin, end in MOVES if begin == start)


def desk_states(start: str) -> tuple[State, ...]:
    """Return where the desk may send him; into and out of a group he goes on its own page."""
    if start == _S.IN_GROUP:
        return (State.COMPLETED,)
    return tuple(end for end in next_states(start) if end is not State.IN_GROUP)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why he moved: the word on the page and where this reason may lead."""

    label: str | Promise
    to: tuple[State, ...]


_OUT: Final = (_S.WITHDRAWN,)
REASONS: Final[Mapping[str, Reason]] = {
    "asked": Reason(_("Se acercó a preguntar"), (_S.ENQUIRY,)),
    "invited": Reason(_("Se le invitó"), (_S.ENQUIRY,)),
    "register": Reason(_("Venía en el registro anterior"), (_S.IN_GROUP,)),
    "diagnosed": Reason(_("Diagnóstico y plan hechos"), (_S.ACCEPTED,)),
    "came_back": Reason(_("Quiere volver"), (_S.ACCEPTED,)),
    "no_seat": Reason(_("No hay lugar todavía"), (_S.WAITING,)),
    "hour": Reason(_("Espera un grupo que le quede por horario"), (_S.WAITING,)),
    "place": Reason(_("Espera un grupo más cerca"), (_S.WAITING,)),
    "other_group": Reason(_("Pasa a otro grupo"), (_S.WAITING,)),
    "group_closed": Reason(_("Su grupo cerró"), (_S.WAITING,)),
    "seat": Reason(_("Hay lugar en un grupo"), (_S.IN_GROUP,)),
    "end_reached": Reason(_("Terminó el ciclo de sesiones"), (_S.COMPLETED,)),
    "stops_maintenance": Reason(_("Ya no viene a mantenimiento"), (_S.COMPLETED,)),
    "goes_on": Reason(_("Sigue cada mes"), (_S.MAINTENANCE,)),
    "addiction": Reason(_("Primero necesita atención por consumo"), (_S.REFERRED,)),
    "psychiatry": Reason(_("Primero necesita atención psiquiátrica"), (_S.REFERRED,)),
    "therapy_only": Reason(_("Le conviene terapia individual"), (_S.REFERRED,)),
    "other_place": Reason(_("Otra organización le queda mejor"), (_S.REFERRED,)),
    "not_for_group": Reason(_("Un grupo no es lugar seguro para él o los demás"), (_S.REFERRED,)),
    "work": Reason(_("Trabajo u horario"), _OUT),
    "money": Reason(_("Dinero"), _OUT),
    "transport": Reason(_("Transporte o distancia"), _OUT),
    "health": Reason(_("Salud"), _OUT),
    "family": Reason(_("Situación en casa"), _OUT),
    "resistance": Reason(_("No quiso seguir"), _OUT),
    "court": Reason(_("Cambió lo que pedía la autoridad"), _OUT),
    "moved": Reason(_("Se mudó"), _OUT),
    "unsafe": Reason(_("No se sentía seguro en el trayecto o en el lugar"), _OUT),
    "unknown": Reason(_("No se sabe: dejó de venir"), _OUT),
    "took_back": Reason(_("Ya no acepta participar"), _OUT),
    "other_reason": Reason(_("Otro motivo"), _OUT),
    "excluded_threats": Reason(_("Amenazó a alguien del equipo o del grupo"), (_S.EXCLUDED,)),
    "excluded_in_group": Reason(_("Usó violencia en el grupo"), (_S.EXCLUDED,)),
    "excluded_intoxicated": Reason(_("Llegó varias veces con consumo"), (_S.EXCLUDED,)),
    "excluded_other_need": Reason(_("Necesita otra atención antes"), (_S.EXCLUDED,)),
    "excluded_other": Reason(_("Otra decisión del equipo"), (_S.EXCLUDED,)),
}
# Why a man leaves his group, in the order in which it is asked: first what happens most.
LEAVING: Final = (
    (_("Se retira"), tuple((c, r.label) for c, r in REASONS.items() if _S.WITHDRAWN in r.to)),
    (_("Sigue en el programa"), (("other_group", REASONS["other_group"].label),)),
    (
        _("Decisión del equipo"),
        tuple((c, r.label) for c, r in REASONS.items() if _S.EXCLUDED in r.to),
    ),
)


def letter_of(start: str, end: str) -> Kind | None:
    """Return the letter that goes into the slot when a man moves so; for every man alike."""
    if end == _S.ACCEPTED and start in AGAIN:
        return Kind.RE_ENTRY
    return _LETTERS.get(end)


_LETTERS: Final[Mapping[str, Kind]] = {
    _S.WITHDRAWN: Kind.WITHDRAWAL,
    _S.EXCLUDED: Kind.EXCLUSION,
    _S.COMPLETED: Kind.END,
}


# Reasons that make sense only from one state.
_ONLY_FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "diagnosed": (_S.ENQUIRY,),
    "came_back": AGAIN,
    "no_seat": (_S.ACCEPTED,),
    "hour": (_S.ACCEPTED,),
    "place": (_S.ACCEPTED,),
    "other_group": (_S.IN_GROUP,),
    "group_closed": (_S.IN_GROUP,),
    "end_reached": (_S.IN_GROUP,),
    "stops_maintenance": (_S.MAINTENANCE,),
}


def reasons_for(start: str, end: str) -> tuple[tuple[str, str | Promise], ...]:
    """Return the reasons that may lead from one state to another, as choices of a form."""
    if not may_move(start, end):
        return ()
    return tuple(
        (code, reason.label)
        for code, reason in REASONS.items()
        if end in reason.to and start in _ONLY_FROM.get(code, (start,))
    )


def reason_label(code: str) -> str:
    """Say a reason aloud; one that is no longer offered comes back as it was written."""
    found = REASONS.get(code)
    return str(found.label) if found else code
