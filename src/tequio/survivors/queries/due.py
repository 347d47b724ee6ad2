"""What waits for somebody today, worked out from covers once the wall is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tequio.core.text import fold
from tequio.survivors import words
from tequio.survivors.queries.case import DueLine, due_line
from tequio.survivors.queries.covers import Line
from tequio.survivors.rules import standing
from tequio.survivors.words import word


@dataclass(frozen=True, slots=True)
class Waiting:
    """One woman for whom something waits."""

    id: UUID
    alias: str
    accompanied_by: str
    state: str
    due: tuple[DueLine, ...]

    @property
    def late(self) -> bool:
        """Whether some of it is past its day."""
        return any(one.late for one in self.due)


def waiting(lines: Iterable[Line], today: date) -> list[Waiting]:
    """Return for whom something waits, the longest first."""
    found = []
    for line in lines:
        due = standing.due_now(line.cover, today)
        if due:
            said = tuple(due_line(one, today) for one in due)
            cover = line.cover
            found.append(
                Waiting(
                    line.id,
                    cover.alias,
                    cover.accompanied_by,
                    word(words.STATES, cover.state),
                    said,
                )
            )
    return sorted(found, key=lambda one: (one.due[0].on or date.min, fold(one.alias)))
