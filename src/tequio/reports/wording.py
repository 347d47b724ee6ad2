"""The words of a certificate. They are fixed: whoever issues one chooses none of them.

A change is a new number; certificates that were issued keep the words they were issued with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NEWEST: Final = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says, before it is words."""

    name: str
    programme: str
    organisation: str
    attended: int
    held: int
    made_up: int
    unrecorded: int
    first_on: date | None
    last_on: date | None


def sentences(facts: Facts, wording: int = NEWEST) -> tuple[str, ...]:
    """Return what is certified, a sentence at a time."""
    if wording != NEWEST:
        raise ValueError(f"No certificate was ever worded with number {wording}.")
    said = [_attended(facts)]
    if facts.made_up:
        said.append(
            ngettext(
                "De ellas, repuso %(n)s en otro grupo del mismo programa.",
                "De ellas, repuso %(n)s en otro grupo del mismo programa.",
                facts.made_up,
            )
            % {"n": facts.made_up}
        )
    if facts.unrecorded:
        said.append(
            ngettext(
                "De %(n)s de esas sesiones no quedó registro de asistencia.",
                "De %(n)s de esas sesiones no quedó registro de asistencia.",
                facts.unrecorded,
            )
            % {"n": facts.unrecorded}
        )
    return tuple(said)


def limits() -> tuple[str, ...]:
    """Return what the certificate does not say: always printed, in full."""
    return (
        _("Esta constancia habla solo de asistencia."),
        _("No dice si hubo cambios en la conducta de quien asistió."),
        _("No dice nada sobre la seguridad de ninguna persona."),
        _("No sustituye una valoración ni una decisión de la autoridad."),
    )


def _attended(facts: Facts) -> str:
    words = ngettext(
        "Se hace constar que %(name)s asistió a %(attended)s de %(held)s sesión que se realizó "
        "mientras formó parte del programa «%(programme)s» de %(organisation)s%(when)s.",
        "Se hace constar que %(name)s asistió a %(attended)s de las %(held)s sesiones que se "
        "realizaron mientras formó parte del programa «%(programme)s» de %(organisation)s"
        "%(when)s.",
        facts.held,
    )
    return words % {
        "name": facts.name,
        "attended": facts.attended,
        "held": facts.held,
        "programme": facts.programme,
        "organisation": facts.organisation,
        "when": _when(facts),
    }


def _when(facts: Facts) -> str:
    if facts.first_on is None or facts.last_on is None:
        return ""
    if facts.first_on == facts.last_on:
        return _(", el %(day)s") % {"day": long_day(facts.first_on)}
    return _(", entre el %(first)s y el %(last)s") % {
        "first": long_day(facts.first_on),
        "last": long_day(facts.last_on),
    }


def long_day(day: date) -> str:
    """Return a day as it is written out on paper."""
    text = date_format(day, "DATE_FORMAT")
    # Django writes Mexican months with a capital, and people do not.
    return text.lower() if (get_language() or "es").startswith("es") else text
