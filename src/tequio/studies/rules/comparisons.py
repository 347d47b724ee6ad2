"""Pure reading of what an ally hands over: the long file of our own exports, and no names in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tequio.core.tabular import Cell, Sheet
from tequio.instruments.definitions import PREFERS_NOT, Instrument
from tequio.instruments.exports import Answer
from tequio.instruments.rules.answered import fits

COLUMNS: Final = ("person", "wave", "date", "item", "answer")
# Whatever else our long file has; anything more is not asked for and may name somebody.
_KNOWN: Final = frozenset({*COLUMNS, "how", "item_label", "answer_label", "value"})
# A number or a short code made for the file: no name, telephone, folio or address.
_PERSON: Final = re.compile(r"[A-Za-z]{0,3}-?[0-9]{1,6}")
_SHOWN: Final = 20


class Wrong(StrEnum):
    """What is wrong with a row."""

    PERSON = "person"
    WAVE = "wave"
    DATE = "date"
    ITEM = "item"
    ANSWER = "answer"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that does not fit: its number in the sheet, and what is wrong."""

    row: int
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Brought:
    """What was read of a file: sittings, or everything that is wrong with it."""

    answers: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    # Answers in free words are left where they are: they may name somebody.
    left_out: int = 0
    wrong_in_all: int = 0

    @property
    def right(self) -> bool:
        """Whether every row fits."""
        return bool(self.answers) and not (self.wrong_in_all or self.missing or self.strange)

    @property
    def people(self) -> int:
        """How many people there are."""
        return len({one.who for one in self.answers})

    @property
    def by_wave(self) -> Counter[str]:
        """How many sittings there are at each moment."""
        return Counter(one.wave for one in self.answers)


def read(sheet: Sheet, whole: Instrument, waves: Collection[str]) -> Brought:
    """Read a long file against an instrument and the moments that were agreed."""
    head = [_text(cell).casefold() for cell in (sheet.rows[0] if sheet.rows else ())]
    missing = tuple(name for name in COLUMNS if name not in head)
    strange = tuple(name for name in head if name and name not in _KNOWN)
    if missing or strange:
        return Brought(missing=missing, strange=strange)
    return _Reader(whole, frozenset(waves), {name: head.index(name) for name in COLUMNS}).read(
        sheet.rows[1:]
    )


class _Reader:
    def __init__(self, whole: Instrument, waves: frozenset[str], at: dict[str, int]) -> None:
        self.whole, self.waves, self.at = whole, waves, at
        self.sittings: dict[tuple[str, str], tuple[date, dict[str, str]]] = {}
        self.left_out = 0

    def read(self, rows: Sequence[Sequence[Cell]]) -> Brought:
        problems = [
            Problem(number, wrong)
            for number, row in enumerate(rows, start=2)
            if any(_text(cell) for cell in row)
            for wrong in self._row({name: self._cell(row, at) for name, at in self.at.items()})
        ]
        answers = tuple(
            Answer(who, wave, on, "paper", given)
            for (who, wave), (on, given) in sorted(self.sittings.items())
        )
        return Brought(
            answers=() if problems else answers,
            problems=tuple(problems[:_SHOWN]),
            left_out=self.left_out,
            wrong_in_all=len(problems),
        )

    @staticmethod
    def _cell(row: Sequence[Cell], at: int) -> Cell:
        return row[at] if at < len(row) else None

    def _row(self, cells: dict[str, Cell]) -> Iterator[Wrong]:
        who, wave = _text(cells["person"]), _text(cells["wave"])
        on, item = _day(cells["date"]), self.whole.item(_text(cells["item"]))
        if not _PERSON.fullmatch(who):
            yield Wrong.PERSON
        if wave not in self.waves:
            yield Wrong.WAVE
        if on is None:
            yield Wrong.DATE
        if item is None or item.kind == "note":
            yield Wrong.ITEM
            return
        given = _text(cells["answer"]).removeprefix("'")
        if item.kind == "text":
            self.left_out += bool(given)
            return
        if given and given != PREFERS_NOT and not fits(self.whole, item, given):
            yield Wrong.ANSWER
        elif on is not None:
            _on, answers = self.sittings.setdefault((who, wave), (on, {}))
            if item.id in answers:
                yield Wrong.TWICE
            elif given:
                answers[item.id] = given


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(_text(cell))
    except ValueError:
        return None
