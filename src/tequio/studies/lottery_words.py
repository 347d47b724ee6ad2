"""The sentences of lotteries: why one is offered or not, and what the other ways cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.studies.rules.comparisons import Wrong
from tequio.studies.rules.lotteries import Count, Days, Offer

OFFER: Final[Mapping[Offer, str | Promise]] = {
    Offer.YES: gettext_lazy(
        "Hay más hombres aceptados que lugares, y no es cosa de un mes: quién entra primero puede "
        "decidirlo un sorteo, que es más justo que el orden en que alguien contestó el teléfono."
    ),
    Offer.NOBODY: gettext_lazy(
        "Nadie espera un lugar, o quienes esperan no pueden esperar. No se sortea lo que no falta."
    ),
    Offer.ROOM: gettext_lazy(
        "Hay lugar para todos los que esperan. Hacer esperar a alguien solo para comparar no se "
        "vale."
    ),
    Offer.NONE_FREE: gettext_lazy(
        "No hay ningún lugar libre para empezar ahora: todos esperarían y no habría con quién "
        "comparar. Abre un grupo primero."
    ),
    Offer.LATELY: gettext_lazy(
        "Hoy hay más hombres que lugares, pero en los últimos tres meses no fue así al menos dos "
        "veces. Una fila de un mes no es razón para un sorteo."
    ),
}
DAYS: Final[Mapping[Days, str | Promise]] = {
    Days.CLOSES_TODAY: gettext_lazy(
        "La lista se cierra por lo menos un día después de publicar el compromiso."
    ),
    Days.NUMBER_FIRST: gettext_lazy(
        "El número tiene que salir después de que la lista se cierre: así nadie lo conoce antes."
    ),
    Days.FAR: gettext_lazy("El número sale dentro de más de sesenta días: nadie espera tanto."),
}

WRONG: Final[Mapping[Wrong, str | Promise]] = {
    Wrong.PERSON: gettext_lazy(
        "la persona no es un número ni una clave corta: podría ser un nombre o un teléfono"
    ),
    Wrong.WAVE: gettext_lazy("el momento no es uno de los acordados"),
    Wrong.DATE: gettext_lazy("la fecha no se entiende; se escribe como 2026-11-21"),
    Wrong.ITEM: gettext_lazy("esa pregunta no es de este cuestionario"),
    Wrong.ANSWER: gettext_lazy("esa respuesta no es una de las que tiene la pregunta"),
    Wrong.TWICE: gettext_lazy("la misma pregunta está dos veces para la misma persona y momento"),
}


def counted(now: Count) -> str:
    """Say who waits for how many seats."""
    waits = ngettext(
        "%(n)s hombre aceptado espera", "%(n)s hombres aceptados esperan", now.waiting
    ) % {"n": now.waiting}
    seats = ngettext("%(n)s lugar libre", "%(n)s lugares libres", now.seats) % {"n": now.seats}
    if not now.waiting:
        return _("%(waits)s; hay %(seats)s.") % {"waits": waits, "seats": seats}
    exempt = (
        ngettext(
            "%(n)s no puede esperar y entra sin sorteo",
            "%(n)s no pueden esperar y entran sin sorteo",
            now.exempt,
        )
        % {"n": now.exempt}
        if now.exempt
        else _("ninguno de ellos está exento")
    )
    return _("%(waits)s; hay %(seats)s; %(exempt)s.") % {
        "waits": waits,
        "seats": seats,
        "exempt": exempt,
    }


def title(code: str, beacon_on: date, seats: int, calendar: list[str]) -> str:
    """Return the line that binds what was agreed into the draw. It is the same in any language."""
    parts = [f"Sorteo {code}", f"Lotería Nacional {beacon_on.isoformat()}", f"lugares {seats}"]
    return " · ".join([*parts, *(["días " + " ".join(calendar)] if calendar else [])])
