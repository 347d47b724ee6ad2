"""The circle of seats: who sits where, what each seat says, and the sheet that places them.

Positions are percentages in a committed style sheet, not CSS ``sin()`` and ``cos()``: those need
Chromium 111, and a phone with Android 6 stops at 106. Nothing is placed by a ``style`` attribute,
because the content security policy forbids it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FEWEST, MOST = 4, 20
# Share of the distance between two neighbours that a seat may fill, and the largest seat.
FILL, LARGEST = 0.92, 20.0


class SeatState(StrEnum):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"
    NOT_RECORDED = ""


@dataclass(frozen=True, slots=True)
class StateWords:
    """How a state is written, marked and typed: a word, a small sign, a key."""

    value: str
    word: str | Promise
    sign: str
    key: str


WORDS: Mapping[SeatState, StateWords] = {
    SeatState.PRESENT: StateWords("present", gettext_lazy("llegó"), "✓", "p"),
    SeatState.LATE: StateWords("late", gettext_lazy("tarde"), "T", "t"),
    SeatState.ABSENT: StateWords("absent", gettext_lazy("faltó"), "F", "f"),
    SeatState.EXCUSED: StateWords("excused", gettext_lazy("avisó"), "A", "a"),
    SeatState.NOT_RECORDED: StateWords("", gettext_lazy("sin registrar"), "", ""),
}
_AFTER: Mapping[SeatState, SeatState] = {
    SeatState.NOT_RECORDED: SeatState.PRESENT,
    SeatState.PRESENT: SeatState.LATE,
    SeatState.LATE: SeatState.ABSENT,
    SeatState.ABSENT: SeatState.EXCUSED,
    SeatState.EXCUSED: SeatState.NOT_RECORDED,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat. Without ``url`` it is only drawn (a facilitator, a closed session)."""

    id: str
    label: str
    state: SeatState = SeatState.NOT_RECORDED
    short: str = ""
    url: str = ""
    facilitator: bool = False
    current: bool = False
    note: str = ""
    href: str = ""
    # A seat that opens something instead of changing: where to, its sign, and what it says aloud.
    leads_to: str = ""
    sign: str = ""
    says: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def letters(self) -> str:
        return self.short or self.label[:2]

    @property
    def kind(self) -> str:
        """The class of the state: words in the sheet, never an empty name."""
        return "facilitator" if self.facilitator else self.state.value or "open"

    @property
    def words(self) -> StateWords:
        return WORDS[self.state]

    @property
    def next(self) -> StateWords:
        return WORDS[_AFTER[self.state]]

    @property
    def spoken(self) -> str:
        """What a screen reader says: the man, his state, and what pressing does."""
        if self.says:
            return self.says
        if self.facilitator:
            return _("%(name)s: facilita") % {"name": self.label}
        if not self.url:
            return _("%(name)s: %(state)s") % {"name": self.label, "state": self.words.word}
        return _("%(name)s: %(state)s. Cambiar a: %(next)s") % {
            "name": self.label,
            "state": self.words.word,
            "next": self.next.word,
        }

    @property
    def answers(self) -> tuple[tuple[StateWords, bool], ...]:
        """The four states for a row of buttons, and which one is pressed."""
        return tuple((words, key is self.state) for key, words in WORDS.items() if key)


@dataclass(frozen=True, slots=True)
class Circle:
    """All seats in the order in which people sit, and what stands in the middle."""

    id: str
    seats: Sequence[Seat]
    came: int
    total: int
    lines: Sequence[str] = ()
    label: str = ""

    @property
    def size(self) -> int:
        return max(FEWEST, min(MOST, len(self.seats)))


@dataclass(frozen=True, slots=True)
class SeatPosition:
    """Where a seat lies on the ring, in hundredths of the ring's width from its left and top."""

    left: float
    top: float


def seats(n: int) -> tuple[SeatPosition, ...]:
    """Positions of ``n`` seats, the first at the top, then clockwise."""
    turns = (-math.pi / 2 + 2 * math.pi * i / n for i in range(n))
    return tuple(
        SeatPosition(round(50 + 50 * math.cos(t), 2), round(50 + 50 * math.sin(t), 2))
        for t in turns
    )


def seat_size(n: int) -> float:
    """Diameter of a seat as a percentage of the whole drawing, so that neighbours never touch."""
    half_chord = math.sin(math.pi / n)
    return round(min(LARGEST, 100 * FILL * half_chord / (1 + FILL * half_chord)), 2)


def short_names(labels: Sequence[str], longest: int = 4) -> tuple[str, ...]:
    """The fewest letters (two to four) that tell each name from the others in the circle."""
    return tuple(_short_name(i, labels, longest) for i in range(len(labels)))


def _short_name(at: int, labels: Sequence[str], longest: int) -> str:
    others = [label.casefold() for i, label in enumerate(labels) if i != at]
    name = labels[at]
    for size in range(2, longest + 1):
        if not any(other[:size] == name[:size].casefold() for other in others):
            return name[:size].strip()
    return name[:longest].strip()


def _above(i: int, n: int) -> str:
    """Down the right side each seat lies over the next, whose rim would hide its small sign."""
    return f" z-index: {(n + 1) // 2 - i};" if i < n // 2 else ""


def positions_css() -> str:
    """The text of ``circle-positions.css``: one rule per size of circle and per seat in it."""
    lines = [
        "/* Written by tequio.ui.circle.positions_css(); a test fails when the two differ. */",
        "@layer tequio {",
    ]
    for n in range(FEWEST, MOST + 1):
        size = seat_size(n)
        chord = round(100 * math.sin(math.pi / n), 2)
        dot = round(100 * size / (100 - size), 2)
        lines.append(f".of-{n} {{ --inset: {size / 2:g}%; --dot: {dot:g}%; --chord: {chord:g}%; }}")
        lines += [
            f".of-{n} .at-{i} {{ left: {seat.left:g}%; top: {seat.top:g}%;{_above(i, n)} }}"
            for i, seat in enumerate(seats(n))
        ]
    return "\n".join([*lines, "}", ""])
