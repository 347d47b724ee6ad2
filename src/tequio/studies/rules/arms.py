"""What is compared, in a reader's words: a plan and its rows say it in one that a machine reads.

What was published is never changed: the words are put into what is shown or printed of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evidencia.words.table import Language

_ARMS: Final[Mapping[str, str | Promise]] = {
    "now": gettext_lazy("empezar ya"),
    "later": gettext_lazy("esperar"),
    "calls": gettext_lazy("la ayuda de más"),
    "usual": gettext_lazy("lo de siempre"),
    "started": gettext_lazy("haber empezado"),
    "not_yet": gettext_lazy("no empezar todavía"),
    "programme": gettext_lazy("el programa"),
    "comparison": gettext_lazy("la comparación"),
}
_QUOTED: Final[Mapping[Language, str]] = {"es": "«%s»", "en": "“%s”"}
_BETWEEN: Final = " vs "
# Where a result names what is compared; the same word elsewhere means something else.
_NAMED: Final = {"arm", "arms", "control", "baseline", "contrast"}


def word(arm: str) -> str:
    """Name one side; an own word of a plan stays as it is."""
    return str(_ARMS.get(arm, arm))


def in_text(text: str, arms: Sequence[str]) -> str:
    """Return a sentence with what it quotes in words."""
    quoted = _QUOTED["en" if (get_language() or "").startswith("en") else "es"]
    for arm in arms:
        text = text.replace(quoted % arm, quoted % word(arm))
    return text


def in_contrast(contrast: str, arms: Sequence[str]) -> str:
    """Return both sides in words; anything else as it is."""
    first, _vs, second = contrast.partition(_BETWEEN)
    if first in arms and second in arms:
        return _("%(first)s frente a %(second)s") % {"first": word(first), "second": word(second)}
    return contrast


def in_result(text: str) -> str:
    """Return a result as it is printed: the same numbers, with what is compared in words."""
    result = json.loads(text)
    arms = result.get("arms", ())
    return json.dumps(_walked(result, "", arms), ensure_ascii=False) if arms else text


def _walked(found: Any, key: str, arms: Sequence[str]) -> Any:
    if isinstance(found, dict):
        return {name: _walked(value, name, arms) for name, value in found.items()}
    if isinstance(found, list):
        return [_walked(value, key, arms) for value in found]
    if not isinstance(found, str):
        return found
    if key in {"es", "en"}:
        return in_text(found, arms)
    if key not in _NAMED:
        return found
    sides = found.split(_BETWEEN)
    return _BETWEEN.join(map(word, sides)) if set(sides) <= set(arms) else found
