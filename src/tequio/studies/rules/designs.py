"""The designs that an organisation could run: what each allows to be said, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evidencia.designs import DESIGNS as SHAPES
from evidencia.designs import DesignName
from tequio.studies.rules.lotteries import ARMS, Offer

Needs = Literal["", "lottery", "comparison", "sites"]
Words = str | Promise
# With fewer, one odd place decides; evidencia refuses below it.
SITES: Final = 4


@dataclass(frozen=True, slots=True)
class Design:
    """One design, in words.

    Attributes
    ----------
    shape
        As `evidencia` calls it.
    how
        What would be done.
    says, not_says
        What it would allow to be said, and what it would not.
    needs
        What has to be there first; of a lottery, `lot` says of which kind.
    """

    slug: str
    name: Words
    shape: DesignName
    how: Words
    says: Words
    not_says: Words
    needs: Needs = ""
    lot: str = ""
    randomised: bool = False

    @property
    def compares(self) -> bool:
        """Whether two arms are compared."""
        return SHAPES[self.shape].compares

    @property
    def arms(self) -> tuple[str, str] | None:
        """Return the words of both arms in the data, the one that is compared with last."""
        if self.needs == "lottery":
            return ARMS[self.lot]
        return ARMS["comparison"] if self.needs == "comparison" else None


_ALL: Final = (
    Design(
        "whole",
        gettext_lazy("Todos, antes y después"),
        "single_arm",
        gettext_lazy("Se pregunta a todos al empezar y otra vez después, sigan o no."),
        gettext_lazy("Si lo que cuentan cambió, cuánto, y qué tan seguro es."),
        gettext_lazy(
            "Que el programa lo causó: sin con quién comparar es un cambio y no un efecto. Quien "
            "llega en crisis suele mejorar de todos modos."
        ),
    ),
    Design(
        "lottery",
        gettext_lazy("Lista de espera por sorteo"),
        "waitlist",
        gettext_lazy(
            "Cuando hay más hombres aceptados que lugares, un sorteo que cualquiera puede "
            "comprobar dice quién empieza ahora y quién en la edición que sigue."
        ),
        gettext_lazy("Cuánto del cambio se debe al programa, mientras unos esperan."),
        gettext_lazy(
            "Cuánto dura: después todos han estado. Ni nada de quienes no entran al sorteo, que "
            "son los de más riesgo."
        ),
        needs="lottery",
        lot="wait",
        randomised=True,
    ),
    Design(
        "comparison",
        gettext_lazy("Comparar con una organización aliada"),
        "parallel",
        gettext_lazy(
            "Otra organización o comunidad pregunta lo mismo en los mismos momentos a hombres que "
            "todavía no entran a un programa."
        ),
        gettext_lazy("Si aquí cambió más o menos que allá."),
        gettext_lazy(
            "Que la diferencia se deba al programa: los hombres y los lugares también son otros."
        ),
        needs="comparison",
    ),
    Design(
        "wedge",
        gettext_lazy("Sede por sede"),
        "stepped_wedge",
        gettext_lazy(
            "Lo nuevo empieza en una sede tras otra, en un orden que se sortea. Ninguna deja de "
            "atender: lo que ya se hace sigue."
        ),
        gettext_lazy("Cuánto cambia una sede al empezar, quitando lo que cambia en todas."),
        gettext_lazy(
            "Gran cosa con pocas sedes: una sola rara mueve el resultado. Y nada cuando ya "
            "empezaron todas."
        ),
        needs="sites",
        randomised=True,
    ),
    Design(
        "calls",
        gettext_lazy("Una ayuda de más, por sorteo"),
        "parallel",
        gettext_lazy(
            "Todos reciben lo que ya se hace. A la mitad, por sorteo, se le da además una ayuda "
            "para seguir viniendo."
        ),
        gettext_lazy("Si con esa ayuda vienen más, y cuánto más."),
        gettext_lazy("Si el programa sirve, ni nada sobre la violencia."),
        needs="lottery",
        lot="calls",
        randomised=True,
    ),
    Design(
        "sections",
        gettext_lazy("Cada año, aquí y en otra comunidad"),
        "repeated_cross_section",
        gettext_lazy(
            "Cada año se pregunta lo mismo, a otras personas cada vez, en la comunidad y en otra "
            "que se le parece y donde no se trabaja."
        ),
        gettext_lazy("Si aquí cambió más que en la otra comunidad."),
        gettext_lazy(
            "Que se deba al trabajo: con un barrio de cada lado, el trabajo y el barrio son la "
            "misma cosa. Ni que haya menos violencia."
        ),
        needs="comparison",
    ),
    Design(
        "hers",
        gettext_lazy("Lo que ellas cuentan, todas"),
        "single_arm",
        gettext_lazy(
            "Se pregunta a todas las mujeres acompañadas, por la vía segura que cada una dijo, "
            "con el muro abierto y por quien las acompaña."
        ),
        gettext_lazy("Si llegó lo que necesitaban y qué cambió para ellas, y qué tan seguro es."),
        gettext_lazy(
            "Que el acompañamiento lo causó. A ninguna se le quita ni se le retrasa un apoyo para "
            "poder comparar."
        ),
    ),
)
DESIGNS: Final[Mapping[str, Design]] = {one.slug: one for one in _ALL}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which designs are offered. Counts of the men's side and of places alone."""

    lottery: Offer
    waiting: int = 0
    seats: int = 0
    sites: int = 0
    comparisons: int = 0


def why_not(design: Design, standing: Standing) -> str:
    """Say why a design cannot be run here and what would change it; nothing where it can."""
    if design.slug == "lottery" and standing.lottery is not Offer.YES:
        return _no_queue(standing)
    if design.needs == "sites" and standing.sites < SITES:
        return ngettext(
            "Hacen falta al menos %(least)s sedes con grupos, y hay %(n)s.",
            "Hacen falta al menos %(least)s sedes con grupos, y hay %(n)s.",
            standing.sites,
        ) % {"least": SITES, "n": standing.sites}
    if design.needs == "comparison" and not standing.comparisons:
        return _(
            "Falta con quién comparar: un acuerdo con una organización o comunidad que pregunte "
            "lo mismo. Puedes anotarlo desde aquí y volver."
        )
    return ""


def _no_queue(standing: Standing) -> str:
    counts = {"waiting": standing.waiting, "seats": standing.seats}
    if standing.lottery is Offer.NOBODY:
        return _(
            "Nadie espera por un sorteo: hoy no hay hombres aceptados en la lista de espera, "
            "fuera de los que entran de inmediato."
        )
    if standing.lottery is Offer.ROOM:
        return (
            _(
                "Hay lugar para todos: esperan %(waiting)s y hay %(seats)s lugares. Nadie debe "
                "esperar solo para poder comparar."
            )
            % counts
        )
    if standing.lottery is Offer.NONE_FREE:
        return _(
            "No hay lugares que sortear: los que se desocupen son de quienes no deben esperar."
        )
    return _(
        "La lista de espera es de este mes. Se ofrece cuando faltaron lugares en dos de los "
        "últimos tres meses."
    )
