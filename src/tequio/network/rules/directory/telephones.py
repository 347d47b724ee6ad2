"""Mexican telephones as people wrote them over thirty years, as the ten digits of today.

The prefixes 01, 044 and 045 ended in August 2019; a postal code beside a number is no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LENGTH: Final = 10
# So many digits had a number within a town.
_LOCAL: Final = 7
_PREFIXES: Final = frozenset({"01", "044", "045", "52", "+52", "521"})
_EXTENSION: Final = re.compile(
    r"\(?\b(?:ext|extensi[oó]n|exts)\b[\s.:]*(\d{1,6})?\)?", re.IGNORECASE
)
_TOKEN: Final = re.compile(r"\+?\d+")
_POSTAL: Final = re.compile(r"(?<!\d)(?<!\d[\s-])\d{5}\s*,")
# Emergencies, anonymous reports, women, and what carriers dial with a star.
_SHORT: Final = re.compile(r"911|089|088|079|\*\d{3}")
_NONE: Final = re.compile(r"(no tiene|no tel[eé]fono|s/?n|sin tel[eé]fono|n/?a)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telephones:
    """What was found: whole numbers, the extension of the first, and what was mended."""

    numbers: tuple[str, ...] = ()
    extension: str = ""
    mended: tuple[str, ...] = ()


def read(text: str) -> Telephones:
    """Find every telephone in a text. What is left over is never guessed at."""
    text = text.strip()
    if _NONE.fullmatch(text):
        return Telephones()
    if _SHORT.fullmatch(text):
        return Telephones((text,))
    extension = next((m.group(1) for m in _EXTENSION.finditer(text) if m.group(1)), "")
    bare = _EXTENSION.sub(" ", text)
    without = _POSTAL.sub(" ", bare)
    found, left, prefixed = _numbers(_TOKEN.findall(without))
    mended = [
        code
        for code, happened in (
            ("telephone_postal", without != bare),
            ("telephone_prefix", prefixed),
            ("telephone_several", len(found) > 1),
            ("telephone_left", left),
        )
        if happened
    ]
    return Telephones(tuple(dict.fromkeys(found)), extension or "", tuple(mended))


def _numbers(tokens: list[str]) -> tuple[list[str], bool, bool]:
    """Put groups of digits together until they make ten; a prefix begins anew."""
    found: list[str] = []
    held: list[str] = []
    left = prefixed = False
    for token in tokens:
        if token in _PREFIXES and _begins(held, token):
            left, prefixed, held = left or bool(held), True, []
            continue
        whole = _whole(token.lstrip("+"))
        if whole and not held:
            found += whole
            continue
        held.append(token.lstrip("+"))
        while sum(map(len, held)) > LENGTH:
            held, left = held[1:], True
        if sum(map(len, held)) == LENGTH:
            found.append("".join(held))
            held = []
    return found, left or bool(held), prefixed


def _begins(held: list[str], token: str) -> bool:
    """Tell whether these digits begin a number; in the middle of one they belong to it."""
    there = sum(map(len, held))
    return not there or (there >= _LOCAL and there + len(token) != LENGTH)


def _whole(token: str) -> list[str]:
    """One number, or two that were written without a space between them."""
    if len(token) == LENGTH:
        return [token]
    if len(token) == 2 * LENGTH:
        return [token[:LENGTH], token[LENGTH:]]
    if len(token) == LENGTH + 2 and token.startswith(("01", "52")):
        return [token[2:]]
    return []


def shown(number: str) -> str:
    """Return «55 5564 8483» or «618 137 3476»: as people read them aloud."""
    if len(number) != LENGTH:
        return number
    if number[:2] in {"55", "56", "33", "81"}:
        return f"{number[:2]} {number[2:6]} {number[6:]}"
    return f"{number[:3]} {number[3:6]} {number[6:]}"
