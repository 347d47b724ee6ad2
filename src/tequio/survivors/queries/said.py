"""What a letter says, in words: codes come from many rooms, and names from people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
}
_HIDDEN: Final = frozenset({"left_by", "agreed"})


def facts(letter: Letter) -> list[Fact]:
    """Return what it says, without what serves the machine only."""
    return [
        Fact(str(_NAMES.get(name, name)), _said(value))
        for name, value in (letter.says or {}).items()
        if name not in _HIDDEN and value not in ("", [], None)
    ]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    return str(_CODES.get(str(value), value))
