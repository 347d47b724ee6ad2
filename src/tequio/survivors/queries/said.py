"""What a letter says, in words: codes come from many rooms, and names from people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.instruments import definitions
from tequio.survivors import words
from tequio.survivors.rules.letters import Letter
from tequio.ui.parts import Fact

_NAMES: Final[Mapping[str, str | Promise]] = {
    "name": _("Cómo se llama"),
    "relation": _("Relación, según él"),
    "way": _("Por dónde hablarle"),
    "when": _("Cuándo"),
    "lives_together": _("Viven juntos"),
    "children": _("Hay niñas, niños o adolescentes"),
    "words": _("Lo que se escribió"),
    "left_by_name": _("Quién la dejó"),
    "telephone": _("Teléfono"),
    "hours": _("Cuándo"),
    "days": _("Qué días"),
    "if_other": _("Si contesta otra persona"),
    "code_word": _("Palabra clave"),
    "alone": _("¿Estaba sola?"),
    "where": _("Dónde lo dijo"),
    "types": _("De qué tipo"),
    "against": _("Contra quién"),
    "threats": _("Amenazas"),
    "weapons": _("Armas"),
    "strangulation": _("Apretar el cuello"),
    "separation": _("Separación"),
    "level": _("Cuánto preocupa"),
    "before": _("Antes"),
    "reason": _("Motivo"),
    "on": _("Día"),
    "attended": _("Sesiones a las que fue"),
    "held": _("Sesiones que hubo"),
    "form": _("Cuestionario"),
    "wave": _("Cuándo le tocaba"),
    "flags": _("Lo que no puede esperar"),
    "device": _("Desde qué teléfono"),
    "why": _("Por qué lo dejó"),
    "replaces": _("Corrige al número"),
    "type": _("Tipo de archivo"),
    "what_for": _("Para qué"),
    "goes_along": _("Quiere que alguien la acompañe"),
}
_CODES: Final[Mapping[str, str | Promise]] = {
    "yes": _("sí"),
    "no": _("no"),
    "not_said": _("no lo dijo"),
    "partner": _("su pareja"),
    "ex_partner": _("su expareja"),
    "spouse": _("su cónyuge"),
    "co_parent": _("con quien tiene hijas o hijos"),
    "children": _("niñas, niños o adolescentes"),
    "other": _("otra"),
    "round": _("en la ronda"),
    "diagnosis": _("en su diagnóstico"),
    "review": _("en una revisión"),
    "physical": _("física"),
    "sexual": _("sexual"),
    "vicarious": _("vicaria"),
    "psychological": _("psicológica"),
    "economic": _("económica"),
    "low": _("bajo"),
    "medium": _("medio"),
    "high": _("alto"),
    "never": _("nunca"),
    "earlier": _("hace más de un año"),
    "year": _("en el último año"),
    "month": _("en el último mes"),
    "week": _("en la última semana"),
    "at_hand": _("tiene a la mano"),
    "talked": _("se habla de ella"),
    "now": _("ahora"),
    "half_year": _("en los últimos seis meses"),
    "unknown": _("no se sabe"),
    "True": _("sí"),
    "not_alone": _("dijo que no estaba sola"),
    "changed": _("cambió de tema"),
    "locked": _("alguien probó muchos PIN en su enlace"),
}
_HIDDEN: Final = frozenset(
    {"left_by", "agreed", "sheet", "sha256", "data", "answers", "version", "number"}
)
_LISTS: Final[Mapping[str, words.Choices]] = {
    "wave": words.WAVES,
    "flags": words.FLAGS,
    "what_for": words.PURPOSES,
}


def facts(letter: Letter) -> list[Fact]:
    """Return what it says, without what serves the machine only."""
    return [
        Fact(str(_NAMES.get(name, name)), _in_words(name, value))
        for name, value in (letter.says or {}).items()
        if name not in _HIDDEN and value not in ("", [], None)
    ]


def _in_words(name: str, value: Any) -> str:
    if name in _LISTS:
        given = value if isinstance(value, list) else [value]
        return ", ".join(words.words(_LISTS[name], map(str, given)))
    if name == "form":
        shipped = definitions.shipped().get(str(value))
        return shipped.instrument.name.now() if shipped else str(value)
    return words_of(value)


def kept_fact(name: str, value: str) -> Fact | None:
    """Say one thing that a letter said as it is kept afterwards; nothing of what serves machines.

    Lists were joined when it was put away.
    """
    if name in _HIDDEN or not value:
        return None
    given = value.split(", ") if name in _LISTS else value
    return Fact(str(_NAMES.get(name, name)), _in_words(name, given))


def words_of(value: Any) -> str:
    """Say a part of a letter in words."""
    if isinstance(value, list):
        return ", ".join(words_of(one) for one in value)
    return str(_CODES.get(str(value), value))
