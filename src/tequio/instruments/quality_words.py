"""What was seen, put as a question. Nobody is accused: each says what else it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.instruments.rules.quality import Found

# Of these only what has the hours of its beginning and end can say anything.
_TIMED: Final = frozenset({"backwards", "future", "quick", "long", "night", "overlap"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the coordinator, what was seen, and what else it may be."""

    question: str
    seen: str
    maybe: str
    keys: tuple[str, ...]


def asked(found: Found, words: Mapping[str, str] | None = None) -> Asked:
    """Put something seen into words; `words` are those of the form's questions, by their names."""
    question, maybe = _words(found, (words or {}).get(found.what, "") or found.what)
    return Asked(question, _seen(found), maybe, found.keys)


def _seen(found: Found) -> str:
    if found.here is not None and found.kind in {"differs", "changed"}:
        return _("Se vio: promedio %(here).2f en %(seen)d; %(elsewhere).2f en %(rest)d.") % {
            "here": found.here,
            "elsewhere": found.elsewhere or 0.0,
            "seen": found.seen,
            "rest": found.of - found.seen,
        }
    if found.here is not None:
        return _(
            "Se vio: %(seen)d de %(of)d respuestas sin contestar (%(here).0f %%); con las demás "
            "personas, %(rest).0f %%."
        ) % {
            "seen": found.seen,
            "of": found.of,
            "here": 100 * found.here,
            "rest": 100 * (found.elsewhere or 0.0),
        }
    if found.kind in _TIMED:
        return ngettext(
            "Se vio: %(seen)d de %(of)d cuestionario que trae su hora.",
            "Se vio: %(seen)d de %(of)d cuestionarios que traen su hora.",
            found.of,
        ) % {"seen": found.seen, "of": found.of}
    return ngettext(
        "Se vio: %(seen)d de %(of)d cuestionario.",
        "Se vio: %(seen)d de %(of)d cuestionarios.",
        found.of,
    ) % {"seen": found.seen, "of": found.of}


def _words(found: Found, what: str) -> tuple[str, str]:
    names = {"by": found.by or _("quien contestó a solas"), "what": Truncator(what).chars(80)}
    questions = {
        "straight": (
            _("¿Se alcanza a leer cada pregunta de «%(what)s» cuando pregunta %(by)s?"),
            _("Muchas personas dieron la misma respuesta a todas. Puede ser de verdad así."),
        ),
        "backwards": (
            _("¿Está bien la hora de algún teléfono?"),
            _("Terminan antes de empezar. Suele ser un reloj que alguien ajustó a la mitad."),
        ),
        "future": (
            _("¿Algún teléfono tiene la fecha adelantada?"),
            _("Terminan después de haber llegado aquí. Suele ser el reloj."),
        ),
        "quick": (
            _("¿Hubo tiempo de leer las preguntas?"),
            _("Tomaron menos de dos segundos por pregunta. Puede ser una captura desde papel."),
        ),
        "long": (
            _("¿Se quedaron abiertos y se terminaron después?"),
            _("Duraron más de cuatro horas. Suele ser una pausa, y está bien."),
        ),
        "night": (
            _("¿De verdad se contestaron de madrugada?"),
            _("Puede ser que trabajen de noche, o la zona horaria del teléfono."),
        ),
        "overlap": (
            _("¿Preguntó %(by)s a dos personas a la vez?"),
            _("Puede ser que contestaran cada quien el suyo, o que se capturara desde papel."),
        ),
        "twins": (
            _("¿Algún cuestionario se llenó dos veces?"),
            _("Tienen las mismas respuestas, de la primera a la última, con números distintos."),
        ),
        "left_open": (
            _("¿Se entiende la pregunta «%(what)s»?"),
            _("Muchas personas la dejan sin contestar. Dejarla es su derecho."),
        ),
        "left_open_by": (
            _("¿Necesita %(by)s más tiempo o un lugar más tranquilo para preguntar?"),
            _("Queda más sin contestar que con las demás. Puede ser por a quiénes les pregunta."),
        ),
        "differs": (
            _("¿Pregunta %(by)s lo de «%(what)s» de otro modo, o a otras personas?"),
            _("Sale distinto que con las demás. Los grupos pueden ser distintos de verdad."),
        ),
        "changed": (
            _("¿Cambió algo en cómo pregunta %(by)s lo de «%(what)s»?"),
            _("Sus últimos salen distintos de los primeros. Puede que el cambio sea de verdad."),
        ),
    }
    question, maybe = questions[found.kind]
    return question % names, maybe
