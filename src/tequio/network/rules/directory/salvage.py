"""Objects out of a file that is no JSON as a whole: each is read by itself, or shown as it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

# Spaces that break JSON and that nobody sees.
_ODD_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\ufeff\u200b\u2003", " "))
_FLAT: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Found:
    """One object: read as it stands, read after mending, or not at all."""

    text: str
    fields: dict[str, Any] | None
    mended: bool = False


def objects(text: str) -> list[Found]:
    """Return every flat object in its order."""
    return [_one(match.group()) for match in _FLAT.finditer(text)]


def _one(text: str) -> Found:
    fields = _parsed(text)
    if fields is not None:
        return Found(text, fields)
    return Found(text, _parsed(text.translate(_ODD_SPACES)), mended=True)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
