"""A session on paper: the number of each line, and what was pasted from another sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

from tequio.core.text import fold

_CELLS: Final = re.compile(r"\t|;|,|\||\s{2,}")
_STATUS_WORDS: Final = {"si": "p", "vino": "p", "llego": "p", "x": "p", "✓": "p"}
_ANSWER_WORDS: Final = {"p": "x", "-": "x"}


def number_of(sheet: UUID, man: UUID, part: str) -> UUID:
    """Return the number of one man's line: the same sheet sent twice has the same numbers."""
    return uuid5(sheet, f"{man}|{part}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasted lines say, as two letters per man, and the lines that say nothing here."""

    letters: Mapping[UUID, tuple[str, str]]
    unknown: tuple[str, ...] = field(default=())


def read_pasted(text: str, men: Sequence[tuple[UUID, str]]) -> Pasted:
    """Read lines of a spreadsheet: alias, attendance, round; or letters alone, in order."""
    by_alias = {fold(alias): key for key, alias in men}
    letters: dict[UUID, tuple[str, str]] = {}
    unknown: list[str] = []
    in_order = iter(men)
    for line in filter(None, (line.strip("\r\n ") for line in text.splitlines())):
        cells = [cell.strip() for cell in _CELLS.split(line)]
        key = by_alias.get(fold(cells[0]))
        if key is not None:
            cells = cells[1:]
        elif len(cells[0]) <= 1:
            key = next((k for k, _alias in in_order), None)
        if key is None:
            unknown.append(line[:40])
            continue
        status, answer = (*cells, "", "")[:2]
        letters[key] = (_letter(status, _STATUS_WORDS), _letter(answer, _ANSWER_WORDS))
    return Pasted(letters, tuple(unknown))


def _letter(cell: str, words: Mapping[str, str]) -> str:
    plain = fold(cell)
    return words.get(plain, plain[:1])
