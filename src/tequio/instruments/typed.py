"""From what a browser sends to answers as forms keep them, and back to what its fields show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils import timezone

from tequio.instruments.definitions import PREFERS_NOT
from tequio.instruments.xform.asking import Asked, Choice

_INPUTS: Final[Mapping[str, str]] = {
    "int": "whole",
    "integer": "whole",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "moment",
    "geopoint": "place",
}
_ENDS: Final = (("start", "0"), ("end", "10"))
_FEW: Final = 12  # steps of a range that still fit as buttons
_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """One question as the page draws it."""

    name: str
    asked: Asked
    kind: str
    value: str
    chosen: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    refused: bool = False
    may_refuse: bool = False
    error: str = ""
    # Of a rank: what stands at each place; of a place: latitude and longitude.
    places: tuple[str, ...] = ()
    limits: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()

    @property
    def ranks(self) -> list[tuple[int, str]]:
        """Each place of a rank with what stands there."""
        return [
            (n, self.places[n - 1] if n <= len(self.places) else "")
            for n in range(1, len(self.choices) + 1)
        ]


def kind_of(asked: Asked) -> str:
    """Return how a question is drawn."""
    question = asked.question
    if asked.readonly and question.kind not in ("upload", "trigger"):
        return "note"
    match question.kind:
        case "select1":
            return "one"
        case "select":
            return "many"
        case "rank" | "upload":
            return question.kind
        case "trigger":
            return "acknowledge"
        case "range":
            return "one" if steps_of(asked) else "number"
    kind = _INPUTS.get(asked.type, "text")
    return "long" if kind == "text" and "multiline" in question.appearance else kind


def steps_of(asked: Asked) -> tuple[Choice, ...]:
    """Return the numbers of a short range; nothing where there are too many for buttons."""
    try:
        low, high, step = (
            float(asked.question.attributes.get(name) or default)
            for name, default in (("start", "0"), ("end", "10"), ("step", "1"))
        )
    except ValueError:
        return ()
    if step <= 0 or high < low or (high - low) / step + 1 > _FEW:
        return ()
    numbers = [low + n * step for n in range(int((high - low) / step + 1e-9) + 1)]
    words = [str(int(n)) if n.is_integer() else f"{n:g}" for n in numbers]
    return tuple(Choice(word, word) for word in words)


def sent(name: str, asked: Asked, given: QueryDict) -> str:
    """Return the answer that was sent for a question, as forms keep it."""
    kind = kind_of(asked)
    match kind:
        case "many":
            return " ".join(dict.fromkeys(given.getlist(name)))
        case "rank":
            places = [given.get(f"{name}_{n}", "") for n in range(1, len(asked.choices) + 1)]
            return " ".join(filter(None, places))
        case "place":
            return _place(given.get(f"{name}_lat", ""), given.get(f"{name}_lon", ""))
        case "acknowledge":
            return "OK" if given.get(name) else ""
        case "note" | "upload":
            return asked.value
    said = given.get(name, "").strip()[:_LONGEST]
    if kind in ("whole", "decimal", "number"):
        return said.replace(" ", "").replace(",", ".")
    if kind == "moment" and said:
        return _moment(said)
    if kind == "time" and re.fullmatch(r"\d\d:\d\d", said):
        return f"{said}:00.000"
    return said.replace("\r\n", "\n")


def shown(asked: Asked, kind: str, value: str) -> tuple[str, tuple[str, ...]]:
    """Return what a field shows, and what stands at the places of one with several."""
    if kind == "note":
        called = {one.value: one.label for one in asked.choices}
        said = [called.get(one, one) for one in value.split()] if called else [value]
        return ", ".join(said), ()
    if kind == "moment":
        return value[:16], ()
    if kind == "time":
        return value[:5], ()
    if kind == "rank":
        return value, tuple(value.split())
    if kind == "place":
        return value, tuple([*value.split(), "", ""][:2])
    return value, ()


def wrong(asked: Asked, kind: str, value: str) -> bool:
    """Tell whether an answer is none of its kind; what the form says of it is asked elsewhere."""
    if not value or value == PREFERS_NOT:
        return False
    match kind:
        case "rank":
            return len(set(value.split())) != len(asked.choices)
        case "place":
            return not _is_place(value)
        case "date":
            return not _reads(value)
        case "moment":
            return not _reads(value)
        case "number":
            return not _within(asked, value)
        case _:
            return False


def span_of(asked: Asked) -> tuple[str, str]:
    """Return between which numbers a range goes, as the form says them."""
    ends = [asked.question.attributes.get(one) or other for one, other in _ENDS]
    return ends[0], ends[1]


def _within(asked: Asked, value: str) -> bool:
    try:
        low, high = sorted(map(float, span_of(asked)))
        return low <= float(value) <= high
    except ValueError:
        return False


def _reads(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _moment(said: str) -> str:
    try:
        local = datetime.fromisoformat(said)
    except ValueError:
        return said
    aware = local if local.tzinfo else timezone.make_aware(local)
    return aware.isoformat(timespec="milliseconds")


def _place(latitude: str, longitude: str) -> str:
    pair = [one.strip().replace(",", ".") for one in (latitude, longitude)]
    return f"{pair[0] or '?'} {pair[1] or '?'} 0 0" if any(pair) else ""


def _is_place(value: str) -> bool:
    try:
        latitude, longitude = (float(one) for one in value.split()[:2])
    except ValueError:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180
