"""What a mark in a register means, by the evidence inside the file and never by habit alone."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.circles.registers.mark_words import ABSENCES, FIXED, LEGEND_WORDS, TICKS, Status
from tequio.core.tabular import Cell
from tequio.core.text import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """One mark that could be read in two ways, the reading chosen and why."""

    mark: str
    chosen: Status
    other: Status
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class MarkReading:
    """The reading of every mark that occurs in the file."""

    meanings: tuple[tuple[str, Status], ...]
    choices: tuple[Choice, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()


_LEGEND = re.compile(
    r"(?<!\w)[\"'«(]?([^\s\w]|\w{1,2})[\"'»)]?\s*[=:–—-]\s*\"?"
    r"((?:no\s+)?[^\W\d_]{3,}(?:\s+[^\W\d_]{3,}(?!\s*[=:]))?)",
    re.IGNORECASE,
)


def mark_key(value: Cell) -> str:
    """Return the mark for comparing: folded, 1.0 is «1», words joined by a hyphen."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.date | dt.time | int | float):
        return str(value)
    folded = fold(value.replace("\ufe0f", ""))
    return re.sub(r"[\s_]+", "-", folded.strip(" ;,")) or folded


def known_mark(value: Cell) -> bool:
    """Whether the value is a mark we have a word for, ambiguous or not."""
    key = mark_key(value)
    return key in FIXED or key in _AMBIGUOUS


def legend_word(text: str) -> Status | None:
    """Return what a word of a legend stands for."""
    folded = fold(text)
    return next((status for start, status in LEGEND_WORDS if folded.startswith(start)), None)


def read_legend(texts: Iterable[str]) -> dict[str, Status]:
    """Return the marks explained in lines such as «A = asistencia, F = falta»."""
    found: dict[str, Status] = {}
    for text in texts:
        for match in _LEGEND.finditer(text):
            status = legend_word(match[2])
            if status is not None:
                found.setdefault(mark_key(match[1]), status)
    return found


def read_marks(
    columns: Iterable[Iterable[Cell]], legend: dict[str, Status] | None = None
) -> MarkReading:
    """Decide how each mark of the file is read, from the marks that share a column with it."""
    each = [Counter(key for key in map(mark_key, column) if key) for column in columns]
    counts: Counter[str] = sum(each, Counter())
    legend = legend or {}
    meanings: dict[str, Status] = {}
    choices: list[Choice] = []
    unknown: list[tuple[str, int]] = []
    for key in sorted(counts, key=lambda mark: (-counts[mark], mark)):
        if key in legend:
            meanings[key] = legend[key]
        elif key in _AMBIGUOUS:
            beside = sum((column for column in each if column[key]), Counter[str]())
            choice = _AMBIGUOUS[key](beside, legend)
            meanings[key] = choice.chosen
            choices.append(choice)
        elif key in FIXED:
            meanings[key] = FIXED[key]
        else:
            unknown.append((key, counts[key]))
    choices.extend(_said_by_legend(counts, legend))
    return MarkReading(tuple(sorted(meanings.items())), tuple(choices), tuple(unknown))


def status_of(value: Cell, meanings: dict[str, Status]) -> Status | None:
    """Return the status of a mark under a reading; None when nobody said what it means."""
    return meanings.get(mark_key(value))


def status_name(status: Status) -> str:
    """Return the word a person reads."""
    return {
        Status.PRESENT: _("asistió"),
        Status.LATE: _("retardo"),
        Status.ABSENT: _("faltó"),
        Status.EXCUSED: _("falta justificada"),
        Status.IGNORED: _("no cuenta"),
    }[status]


def _said_by_legend(counts: Counter[str], legend: dict[str, Status]) -> list[Choice]:
    return [
        Choice(mark, legend[mark], legend[mark], counts[mark], _sentence(mark, legend[mark], _(
            "el archivo lo explica en una nota")))
        for mark in sorted(counts) if mark in legend
    ]  # fmt: skip


def _sentence(mark: str, chosen: Status, reason: str) -> str:
    return _("«%(mark)s» se leyó como «%(status)s» porque %(reason)s. Puedes cambiarlo.") % {
        "mark": mark.upper(),
        "status": status_name(chosen),
        "reason": reason,
    }


def _choose(counts: Counter[str], mark: str, chosen: Status, other: Status, reason: str) -> Choice:
    return Choice(mark, chosen, other, counts[mark], _sentence(mark, chosen, reason))


def _has(counts: Counter[str], marks: Iterable[str], besides: str) -> bool:
    return any(counts[mark] for mark in marks if mark != besides)


def _share(counts: Counter[str], mark: str) -> float:
    return counts[mark] / counts.total()


def _letter_a(counts: Counter[str], legend: dict[str, Status]) -> Choice:
    """«A» is *asistió* beside F, and *ausente* beside ticks or P."""
    present, absent = Status.PRESENT, Status.ABSENT
    if _has(counts, ABSENCES, "a") or Status.ABSENT in legend.values():
        return _choose(counts, "a", present, absent, _("hay otra marca para las faltas"))
    if _has(counts, (*TICKS, "p"), "a") or Status.PRESENT in legend.values():
        return _choose(counts, "a", absent, present, _("hay otra marca para las asistencias"))
    if _share(counts, "a") >= 0.5:
        return _choose(counts, "a", present, absent, _("es la marca más frecuente"))
    return _choose(counts, "a", absent, present, _("es una marca poco frecuente"))


def _letter_x(counts: Counter[str], legend: dict[str, Status]) -> Choice:
    """«x» crosses out beside ticks; alone, or beside F, it says that he came."""
    present, absent = Status.PRESENT, Status.ABSENT
    if _has(counts, ABSENCES, "x") or Status.ABSENT in legend.values():
        return _choose(counts, "x", present, absent, _("hay otra marca para las faltas"))
    if _has(counts, TICKS, "x") or Status.PRESENT in legend.values():
        return _choose(counts, "x", absent, present, _("hay otra marca para las asistencias"))
    if _share(counts, "x") >= 0.5:
        return _choose(counts, "x", present, absent, _("es la marca más frecuente"))
    return _choose(counts, "x", absent, present, _("es una marca poco frecuente"))


def _letter_p(counts: Counter[str], _legend: dict[str, Status]) -> Choice:
    """«P» is *presente*, unless another mark already says so beside F: then it is *permiso*."""
    present, excused = Status.PRESENT, Status.EXCUSED
    came = _has(counts, (*TICKS, "/", "x"), "p") or (counts["a"] and counts["f"])
    if came and _share(counts, "p") < 0.3:
        return _choose(counts, "p", excused, present, _("hay otra marca para las asistencias"))
    return _choose(counts, "p", present, excused, _("ninguna otra marca dice quién vino"))


def _slash(counts: Counter[str], legend: dict[str, Status]) -> Choice:
    """In school lists a dot is presence and a stroke absence; alone, a stroke is presence."""
    present, absent = Status.PRESENT, Status.ABSENT
    ticks = _has(counts, (*TICKS, "p"), "/") or Status.PRESENT in legend.values()
    if ticks and not _has(counts, ABSENCES, "/"):
        return _choose(counts, "/", absent, present, _("hay otra marca para las asistencias"))
    return _choose(counts, "/", present, absent, _("ninguna otra marca dice quién vino"))


_AMBIGUOUS = {"a": _letter_a, "x": _letter_x, "p": _letter_p, "/": _slash}
