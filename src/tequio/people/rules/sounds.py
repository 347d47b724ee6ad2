"""How Spanish names sound, so that Hernández, Hernandes and Ernández find each other.

The rules follow how names are heard and misspelt in Mexico (docs/adr/0037): no silent h; b is v;
s is z, c before e and i, and x; ll is y; ñ is n, because many lists lose it; c, k and qu are one.
Vowels stay: without them half the country would sound alike.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final

from tequio.core.text import fold

# A change of the rules below needs a higher number: every index is made again by the clock.
VERSION: Final = 1

_PARTICLES: Final = frozenset({"de", "del", "la", "las", "los", "el", "y", "e", "da", "do", "i"})
# As clerks shorten them on lists.
_SHORT: Final = {
    "alv": "alvarez",
    "fco": "francisco",
    "fdez": "fernandez",
    "fdz": "fernandez",
    "gcia": "garcia",
    "glez": "gonzalez",
    "glz": "gonzalez",
    "gmo": "guillermo",
    "gomz": "gomez",
    "gpe": "guadalupe",
    "gro": "guerrero",
    "gtz": "gutierrez",
    "gtrz": "gutierrez",
    "hdez": "hernandez",
    "hdz": "hernandez",
    "jmz": "jimenez",
    "jmnz": "jimenez",
    "lpz": "lopez",
    "ma": "maria",
    "mdz": "mendez",
    "mtnz": "martinez",
    "mtz": "martinez",
    "prz": "perez",
    "rdgz": "rodriguez",
    "rdz": "rodriguez",
    "rmz": "ramirez",
    "smz": "sanchez",
    "snchz": "sanchez",
    "vzqz": "vazquez",
}
# In this order; each sees what the earlier ones left. Capitals are sounds already decided.
_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ñ", "n"),
        (r"ph", "f"),
        (r"ch|sh", "C"),
        (r"^x(?=[ou])", "s"),  # Xóchitl, Xochimilco
        (r"^x", "j"),  # Ximena, Xavier
        (r"x", "s"),
        (r"h", ""),
        (r"^w|(?<=[aeiou])w", "u"),
        (r"w", "u"),
        (r"ll(?=y$)", "l"),  # Nelly, Willy
        (r"ll", "y"),
        (r"y$", "i"),
        (r"qu(?=[ei])|q|k", "K"),
        (r"sc(?=[ei])", "s"),
        (r"c(?=[ei])", "s"),
        (r"c", "K"),
        (r"gu(?=[ei])", "G"),
        (r"g(?=[ei])", "j"),
        (r"g", "G"),
        (r"z", "s"),
        (r"v", "b"),
        (r"n(?=[bp])", "m"),
        (r"tl$", "l"),
        (r"(.)\1+", r"\1"),
    )
)
_NOT_LETTERS: Final = re.compile(r"[^a-zñ]+")
_MOST_WORDS: Final = 6
_LONGEST: Final = 14


def key(word: str) -> str:
    """Return how one word sounds."""
    plain = _NOT_LETTERS.sub("", fold(word))
    sound = _SHORT.get(plain, plain)
    for pattern, replacement in _RULES:
        sound = pattern.sub(replacement, sound)
    return sound.upper()[:_LONGEST]


def keys(name: str) -> list[str]:
    """Return how the words of a name sound, without its particles and each once."""
    words = [_NOT_LETTERS.sub("", word) for word in re.split(r"[\s\-.,]+", fold(name))]
    sounds = [key(word) for word in words if len(word) > 1 and word not in _PARTICLES]
    return [sound for sound in dict.fromkeys(sounds) if sound][:_MOST_WORDS]


def pairs(given_names: str, surnames: str) -> frozenset[str]:
    """Return the pairs of words by which a name is found, whichever order it comes in.

    Two given names alone are no pair where surnames are known: every Juan Carlos would be one man.
    One word alone stands for itself.
    """
    given, family = keys(given_names), keys(surnames)
    if not family or not given:
        alone = given or family
        if len(alone) == 1:
            return frozenset(alone)
        return frozenset(_joined(a, b) for a, b in combinations(alone, 2))
    crossed = {_joined(a, b) for a in given for b in family if a != b}
    return frozenset(crossed | {_joined(a, b) for a, b in combinations(family, 2)})


def _joined(one: str, other: str) -> str:
    return "+".join(sorted((one, other)))
