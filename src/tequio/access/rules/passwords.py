"""What a password must be: long and not guessable. No rule about its composition (ASVS 6.2)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tequio.core import entropy
from tequio.core.text import fold

SHORTEST: Final = 15
LONGEST: Final = 128
WORDS_OFFERED: Final = 6
_DATA: Final = Path(__file__).resolve().parents[1] / "data"
_FEWEST_DIFFERENT: Final = 5
# A name of three letters is inside too many words to forbid it.
_SHORTEST_NAME: Final = 4


def problems(password: str, *, names: Iterable[str] = ()) -> list[str]:
    """Return every reason why a password is not good enough, as sentences; none when it is."""
    found = []
    if len(password) < SHORTEST:
        found.append(
            _("Tiene %(length)d caracteres y necesita al menos %(shortest)d.")
            % {"length": len(password), "shortest": SHORTEST}
        )
    if len(password) > LONGEST:
        found.append(_("Tiene más de %(longest)d caracteres.") % {"longest": LONGEST})
    if not found and _is_common(password):
        found.append(_("Es una de las primeras que alguien probaría. Usa palabras al azar."))
    if _contains_a_name(password, names):
        found.append(_("Contiene tu nombre, tu usuario o el nombre de tu organización."))
    return found


def offer() -> str:
    """Return six random Spanish words: easy to remember, about 62 bits for a guesser."""
    words = _lines("palabras.txt")
    return " ".join(words[entropy.below(len(words))] for _i in range(WORDS_OFFERED))


def _is_common(password: str) -> bool:
    plain = re.sub(r"\s", "", fold(password))
    letters = re.sub(r"[\W\d_]", "", plain)
    common = set(_lines("contrasenas_comunes.txt"))
    unit = _repeated_unit(plain)
    return (
        plain in common
        or letters in common
        or (unit != plain and (len(unit) <= _FEWEST_DIFFERENT or unit in common))
        or (_repeated_unit(letters) in common)
        or len(set(plain)) < _FEWEST_DIFFERENT
        or _is_a_run(plain)
    )


def _repeated_unit(text: str) -> str:
    """Return the shortest piece whose repetition gives the text: «abcabc» is «abc»."""
    return text[: (text + text).find(text, 1)] if text else text


def _is_a_run(text: str) -> bool:
    """Tell 123456789012345 and its kind: nearly every character follows the one before."""
    steps = [ord(b) - ord(a) for a, b in itertools.pairwise(text)]
    return len(steps) > 0 and sum(abs(step) == 1 for step in steps) >= 0.8 * len(steps)


def _contains_a_name(password: str, names: Iterable[str]) -> bool:
    plain = re.sub(r"[\W_]", "", fold(password))
    words = {word for name in names for word in re.split(r"[\W_]+", fold(name))}
    return any(word in plain for word in words if len(word) >= _SHORTEST_NAME)


@lru_cache(maxsize=4)
def _lines(name: str) -> tuple[str, ...]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
