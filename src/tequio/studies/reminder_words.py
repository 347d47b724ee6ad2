"""The lines by which Hoy reminds of a study: what to do, and why on that day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from tequio.studies.rules.reminders import What

_TITLES: Final[Mapping[What, str | Promise]] = {
    What.CLOSES_SOON: gettext_lazy("Se cierra la lista de un sorteo"),
    What.CLOSE: gettext_lazy("Cierra la lista del sorteo"),
    What.MISSED: gettext_lazy("Se pasó el día de cerrar la lista"),
    What.NUMBER_SOON: gettext_lazy("Sale el número de la Lotería Nacional"),
    What.SAY: gettext_lazy("Escribe el premio mayor de la Lotería Nacional"),
    What.CONFIRM: gettext_lazy("Confirma el premio mayor de la Lotería Nacional"),
    What.ASK_ANOTHER: gettext_lazy("Falta que otra persona confirme el número"),
    What.DRAW: gettext_lazy("Ya se puede sortear"),
    What.STARTS: gettext_lazy("Empieza quien sigue en el orden del sorteo"),
    What.RUN: gettext_lazy("Se acerca una publicación"),
    What.LATE: gettext_lazy("Ya tocaba publicar"),
}
_WHAT_TO_DO: Final[Mapping[What, str | Promise]] = {
    What.CLOSES_SOON: gettext_lazy(
        "Pega la hoja donde todos la vean; a quien deba quedar fuera del sorteo, anótalo antes."
    ),
    What.CLOSE: gettext_lazy(
        "Hoy se puede; a más tardar, este día. Cuando el número salga, la lista ya no se cierra."
    ),
    What.MISSED: gettext_lazy(
        "El número ya se conoce y la lista sigue abierta: cancela el sorteo y anuncia otro."
    ),
    What.NUMBER_SOON: gettext_lazy("Ese día dos personas lo escriben, cada una desde su sesión."),
    What.SAY: gettext_lazy("Búscalo en el sitio de la Lotería Nacional; otra persona lo confirma."),
    What.CONFIRM: gettext_lazy(
        "Otra persona ya lo escribió. Búscalo y escríbelo tú también, sin preguntarle."
    ),
    What.ASK_ANOTHER: gettext_lazy("Ya lo escribiste. Pide que alguien más lo escriba."),
    What.DRAW: gettext_lazy("Dos personas confirmaron el número; al sortear queda todo publicado."),
    What.SEATS: gettext_lazy("Ninguno de ellos tiene que esperar. Dales su lugar en un grupo."),
    What.WAIT_ENDS: gettext_lazy(
        "Ese día se cumple lo más que alguien espera. Ten listo su lugar y avísales."
    ),
    What.WAIT_ENDED: gettext_lazy(
        "Se cumplió lo más que alguien espera: el sorteo ya no los detiene. Dales su lugar."
    ),
    What.STARTS: gettext_lazy("Revisa que su grupo esté abierto y que sepan su día."),
    What.RUN: gettext_lazy(
        "El periodo ya cerró: corre el plan. Ese día se publica solo, diga lo que diga."
    ),
    What.LATE: gettext_lazy("Corre el plan: al terminar se publica solo, diga lo que diga."),
}


def title(what: What, men: int) -> str:
    """Return the title of a line; of men only how many they are."""
    if what is What.SEATS:
        return ngettext(
            "%(n)s hombre puede empezar y no tiene lugar",
            "%(n)s hombres pueden empezar y no tienen lugar",
            men,
        ) % {"n": men}
    if what in (What.WAIT_ENDS, What.WAIT_ENDED):
        return ngettext(
            "%(n)s hombre termina de esperar por el sorteo",
            "%(n)s hombres terminan de esperar por el sorteo",
            men,
        ) % {"n": men}
    return str(_TITLES[what])


def what_to_do(what: What) -> str:
    """Return what to do, in a sentence."""
    return str(_WHAT_TO_DO[what])
