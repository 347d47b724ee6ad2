"""Whether a text that somebody else may hear or find says more than it should."""

from __future__ import annotations

import re
from typing import Final

from tequio.core.text import fold

# Beginnings of words, without accents; somebody else at the telephone must not hear them.
_TELL: Final = (
    "violen", "agres", "maltrat", "golpe", "abuso", "victima", "refugio", "denunci", "tequio",
)  # fmt: skip
_LINK: Final = re.compile(r"https?:|\bwww\.|\b[\w-]+\.(?:mx|org|com|net|info)\b")


def what_tells(text: str, *, house: str = "") -> str:
    """Return the first thing in a text that tells what it is about, or nothing.

    `house` is the organisation's name, as people say it.
    """
    said = fold(text)
    name = fold(house.partition("(")[0])
    if name and re.search(rf"\b{re.escape(name)}\b", said):
        return name
    link = _LINK.search(said)
    if link:
        return link.group()
    found = re.search(rf"\b(?:{'|'.join(_TELL)})\w*", said)
    return found.group() if found else ""
