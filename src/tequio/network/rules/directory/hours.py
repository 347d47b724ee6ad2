"""Hours as people write them, read into days and times; what is not wholly understood stays words.

«Lunes a viernes de 9 a 15 h; sábados 9:00–13:00» says when it is open. «Previa cita» does not, and
half an understanding would send somebody to a closed door.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from tequio.core.text import fold
from tequio.network.rules.directory.drafts import Opens

_DAYS: Final = {
    name: weekday
    for weekday, names in enumerate(
        (
            ("lunes", "lun", "l", "monday"),
            ("martes", "mar", "tuesday"),
            ("miercoles", "mie", "mier", "wednesday"),
            ("jueves", "jue", "j", "thursday"),
            ("viernes", "vie", "v", "friday"),
            ("sabado", "sabados", "sab", "s", "saturday"),
            ("domingo", "domingos", "dom", "d", "sunday"),
        )
    )
    for name in names
}
_EARLY: Final = 6
_WHOLE_DAY: Final = (time(0, 0), time(23, 59))
# The whole week and the whole day, before anything is cut into words.
_ALWAYS: Final = re.compile(r"\b24 ?/ ?7\b")
_EVERY_DAY: Final = re.compile(r"\b(todos los dias|diario|diariamente|every day)\b")
_ALL_HOURS: Final = re.compile(r"(las )?24 ?(horas|hrs?|hours|h)\b|a toda hora|todo el dia|all day")
_TIME: Final = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$")
_WORD: Final = re.compile(r"\d{1,2}(?:[:.]\d{2})?(?:am|pm)?|[a-zñ]+|[-,;]")
# Words that stand there and say nothing.
_EMPTY: Final = frozenset("de del las los el la en horario h hr hrs hora horas from".split())
_TO: Final = frozenset({"a", "al", "-", "to"})
_AND: Final = frozenset({",", "y", "e", "and"})
_NEXT: Final = _AND | {";"}


class Stretch(Protocol):
    """A stretch of a weekday, however it is kept."""

    @property
    def weekday(self) -> int:
        """Return the day; 0 is Monday."""

    @property
    def opens(self) -> time:
        """Return when it opens."""

    @property
    def closes(self) -> time:
        """Return when it closes."""


@dataclass(frozen=True, slots=True)
class Now:
    """Whether it is open at a moment: until when, or on which day and when it opens next."""

    is_open: bool
    at: time
    days_ahead: int = 0
    weekday: int = 0

    @property
    def all_day(self) -> bool:
        """Whether it does not close before the day ends."""
        return self.is_open and self.at == _WHOLE_DAY[1]


def read(text: str) -> tuple[Opens, ...]:
    """Return the stretches that a text says; none where any part of it says something else."""
    words = _words(text)
    found: list[Opens] = []
    while words:
        days, words = _days(words)
        ranges, words = _ranges(words)
        if not days or not ranges:
            return ()
        found += [Opens(day, opens, closes) for day in days for opens, closes in ranges]
        if words and words[0] in _NEXT:
            words = words[1:]
    return tuple(sorted(found, key=lambda one: (one.weekday, one.opens)))


def whole_day(opens: time, closes: time) -> bool:
    """Tell whether a stretch is all of a day."""
    return (opens, closes) == _WHOLE_DAY


def now(openings: Iterable[Stretch], moment: datetime) -> Now | None:
    """Say whether it is open at a moment of its own clock; None where nothing is known of it."""
    known = sorted(openings, key=lambda one: (one.weekday, one.opens))
    today, clock = moment.weekday(), moment.time()
    for one in known:
        if one.weekday == today and one.opens <= clock < one.closes:
            return Now(is_open=True, at=one.closes)
    for ahead in range(8):
        day = (moment + timedelta(days=ahead)).weekday()
        for one in known:
            if one.weekday == day and (ahead or one.opens > clock):
                return Now(is_open=False, at=one.opens, days_ahead=ahead, weekday=day)
    return None


def _words(text: str) -> list[str]:
    said = fold(text.replace("–", "-").replace("—", "-"))
    said = re.sub(r"(\d) ?([ap])\.? ?m\b\.?", r"\1\2m", said)
    said = _ALWAYS.sub("lunes a domingo todashoras", said)
    said = _EVERY_DAY.sub("lunes a domingo", said)
    said = _ALL_HOURS.sub("todashoras", said)
    said = re.sub(r"(\d)(hrs?|h)\b", r"\1", said).rstrip(". ")
    if re.sub(r"[\s:.]", "", _WORD.sub("", said)):
        # Something stands there that is neither a word nor a time.
        return ["?"]
    found = [word for word in _WORD.findall(said) if word not in _EMPTY]
    # «Las 24 horas» alone says it of every day.
    return ["lunes", "a", "domingo", *found] if found == ["todashoras"] else found


def _days(words: Sequence[str]) -> tuple[list[int], list[str]]:
    found: list[int] = []
    rest = list(words)
    while rest and rest[0] in _DAYS:
        first = last = _DAYS[rest.pop(0)]
        if len(rest) > 1 and rest[0] in _TO and rest[1] in _DAYS:
            last = _DAYS[rest[1]]
            rest = rest[2:]
        if last < first:
            return [], rest
        found += range(first, last + 1)
        if len(rest) > 1 and rest[0] in _AND and rest[1] in _DAYS:
            rest = rest[1:]
        else:
            break
    return found, rest


def _ranges(words: Sequence[str]) -> tuple[list[tuple[time, time]], list[str]]:
    found: list[tuple[time, time]] = []
    rest = list(words)
    if rest and rest[0] == "todashoras":
        return [_WHOLE_DAY], rest[1:]
    while len(rest) > 2 and rest[1] in _TO:
        opens, closes = _time(rest[0]), _time(rest[2])
        if opens is None or closes is None or closes <= opens or _doubtful(rest[0], opens):
            return [], rest
        found.append((opens, closes))
        rest = rest[3:]
        if len(rest) > 1 and rest[0] in _AND and _TIME.match(rest[1]):
            rest = rest[1:]
        else:
            break
    return found, rest


def _doubtful(word: str, opens: time) -> bool:
    """«1 a 5» is the afternoon for who wrote it; before six in the morning somebody says «am»."""
    return 1 <= opens.hour < _EARLY and not word.endswith("am")


def _time(word: str) -> time | None:
    match = _TIME.match(word)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    if (hour, minute) == (24, 0):
        return _WHOLE_DAY[1]
    return time(hour, minute) if hour < 24 and minute < 60 else None
