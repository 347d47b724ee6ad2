"""Who tells: the one who may have used violence, or the one who may have lived it.

Informants are named by the data. A few names are known; any other is nobody in particular, and no
rule depends on a guess.
"""

from __future__ import annotations

from typing import Final, Literal
from unicodedata import combining, normalize

Teller = Literal["his", "hers"]

_HIS: Final = frozenset(
    "self man men male participant participants participante participantes hombre hombres el "
    "ellos autoinforme".split()
)
_HERS: Final = frozenset(
    "woman women female partner partners expartner survivor mujer mujeres pareja parejas "
    "expareja exparejas ella ellas sobreviviente sobrevivientes".split()
)


def teller(informant: str | None) -> Teller | None:
    """Return whose account `informant` gives, or None where the name does not say."""
    words = _plain(informant or "").replace("-", " ").replace("_", " ").split()
    if any(word in _HERS for word in words):
        return "hers"
    return "his" if any(word in _HIS for word in words) else None


def _plain(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
