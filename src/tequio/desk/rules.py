"""Pure decisions of the person's page: the recap, in whole sentences, by rule and never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.text import join_names
from tequio.ui.templatetags.ui import day as in_words


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a man, as far as the reader may know it. None is: not for this reader."""

    groups: tuple[str, ...] = ()
    last_group: str = ""
    last_ended_on: date | None = None
    came: int = 0
    held: int = 0
    unrecorded: int = 0
    last_came_on: date | None = None
    missed_in_a_row: int = 0
    state: str = ""
    state_since: date | None = None
    calls: int | None = None
    last_call: str = ""
    last_call_on: date | None = None
    certificates: int = 0
    has_phone: bool | None = None
    agreements: int | None = None


def recap(known: Known) -> str:
    """Return one paragraph: where he is, how much he came, what was done, and what is missing."""
    return " ".join([*_where(known), *_how_much(known), *_done(known), *_missing(known)])


def _where(known: Known) -> list[str]:
    if known.groups:
        said = _("Está en %(groups)s.") % {"groups": join_names(list(known.groups))}
    elif known.last_group and known.last_ended_on:
        said = _("Hoy no está en ningún grupo; estuvo en %(group)s hasta el %(day)s.") % {
            "group": known.last_group,
            "day": in_words(known.last_ended_on),
        }
    else:
        said = _("Todavía no está en ningún grupo que puedas ver.")
    if not known.state:
        return [said]
    way = _("En el programa: %(state)s, desde el %(day)s.") % {
        "state": known.state.lower(),
        "day": in_words(known.state_since),
    }
    return [said, way]


def _how_much(known: Known) -> list[str]:
    if not known.held:
        return [_("Todavía no ha habido sesiones que le toquen.")] if known.groups else []
    said = [
        ngettext(
            "Vino a %(came)s de %(n)s sesión que le tocaba.",
            "Vino a %(came)s de %(n)s sesiones que le tocaban.",
            known.held,
        )
        % {"came": known.came, "n": known.held}
    ]
    if known.last_came_on is not None:
        said.append(_("La última vez fue el %(day)s.") % {"day": in_words(known.last_came_on)})
    elif not known.came:
        said.append(_("Todavía no ha venido a ninguna."))
    if known.missed_in_a_row:
        n = known.missed_in_a_row
        said.append(ngettext("Faltó a la última.", "Lleva %(n)s faltas seguidas.", n) % {"n": n})
    return said


def _done(known: Known) -> list[str]:
    said = []
    if known.calls:
        said.append(
            ngettext(
                "Se le ha llamado %(n)s vez: el %(day)s, %(outcome)s.",
                "Se le ha llamado %(n)s veces; la última, el %(day)s: %(outcome)s.",
                known.calls,
            )
            % {
                "n": known.calls,
                "day": in_words(known.last_call_on),
                "outcome": known.last_call.lower(),
            }
        )
    if known.certificates:
        n = known.certificates
        said.append(
            ngettext(
                "Tiene %(n)s constancia de asistencia.", "Tiene %(n)s constancias de asistencia.", n
            )
            % {"n": n}
        )
    return said


def _missing(known: Known) -> list[str]:
    lacking = []
    if known.unrecorded:
        n = known.unrecorded
        lacking.append(
            ngettext("la asistencia de %(n)s sesión", "la asistencia de %(n)s sesiones", n)
            % {"n": n}
        )
    if known.has_phone is False:
        lacking.append(_("su teléfono"))
    if known.agreements == 0:
        lacking.append(_("preguntarle qué acepta"))
    if not lacking:
        return []
    return [_("Falta: %(things)s.") % {"things": join_names(lacking)}]
