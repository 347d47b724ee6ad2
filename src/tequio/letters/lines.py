"""National telephones of the public page, read from a file with their source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Line:
    """One telephone that works in the whole country."""

    slug: str
    name: str
    telephone: str
    hours: str
    cost: str
    source: str
    # Whether a person has called there. What nobody called is shown with that remark.
    confirmed: bool


@cache
def lines() -> tuple[Line, ...]:
    """Return every national line."""
    text = files("tequio.letters").joinpath("data/lines.toml").read_text(encoding="utf-8")
    return tuple(Line(**one) for one in tomllib.loads(text)["lines"])
