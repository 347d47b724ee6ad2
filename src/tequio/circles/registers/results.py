"""The plan of an import: what would be written, what cannot be, and where each row went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tequio.circles.registers.likeness import Likeness
from tequio.circles.registers.mapping import Gap
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.people import Person
from tequio.circles.registers.sessions import SessionLabel
from tequio.core.tabular import Cell


class Fate(StrEnum):
    """Where a row of the file ends. Every row has exactly one."""

    TITLE = "title"
    HEADER = "header"
    SUMMARY = "summary"
    NOTE = "note"
    EMPTY = "empty"
    SKIPPED = "skipped"
    USED = "used"
    UNATTRIBUTED = "unattributed"
    PROBLEM = "problem"


class Severity(StrEnum):
    """ERROR: something is not imported. WARNING: imported, look at it. NOTE: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about one place of the file. `code` groups sentences of one kind."""

    severity: Severity
    code: str
    sheet: str
    cell: str
    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One meeting. `weight` is the number of programme sessions that it covers."""

    index: int
    label: SessionLabel
    weight: int
    group: str
    sheet: str
    cell: str
    came: int = 0
    came_without_identity: int = 0


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """One person at one meeting, with the place and the text that say so."""

    person: str
    session: int
    status: Status
    sheet: str
    cell: str
    raw: str


@dataclass(frozen=True, slots=True)
class LooseMark:
    """A mark in a row that does not say who it is about."""

    session: int
    status: Status | None
    cell: str
    raw: str


@dataclass(frozen=True, slots=True)
class UnattributedRow:
    """A row without id or name, kept whole."""

    sheet: str
    row: int
    cell: str
    values: tuple[Cell, ...]
    marks: tuple[LooseMark, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same person at the same meeting, written more than once."""

    person: str
    session: int
    agrees: bool
    sheet: str
    cells: tuple[str, ...]
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """How many rows of the file ended where."""

    title: int = 0
    header: int = 0
    summary: int = 0
    note: int = 0
    empty: int = 0
    skipped: int = 0
    used: int = 0
    unattributed: int = 0
    problem: int = 0

    @property
    def total(self) -> int:
        """Sum of all headings."""
        furniture = self.title + self.header + self.summary + self.note + self.empty + self.skipped
        return furniture + self.data_rows

    @property
    def data_rows(self) -> int:
        """Rows that say something about somebody."""
        return self.used + self.unattributed + self.problem


@dataclass(frozen=True, slots=True)
class RowFate:
    """Where one row went."""

    sheet: str
    row: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """Everything an import would do. `implied` are absences that nobody wrote (see `gap`)."""

    people: tuple[Person, ...]
    sessions: tuple[PlannedSession, ...]
    marks: tuple[PlannedMark, ...]
    implied: tuple[PlannedMark, ...]
    unattributed: tuple[UnattributedRow, ...]
    repeats: tuple[Repeat, ...]
    problems: tuple[Problem, ...]
    possible_duplicates: tuple[Likeness, ...]
    fates: tuple[RowFate, ...]
    account: Account
    rows_total: int
    gap: Gap

    def problems_of(self, code: str) -> tuple[Problem, ...]:
        """Return the problems of one kind."""
        return tuple(problem for problem in self.problems if problem.code == code)

    @property
    def blocked(self) -> bool:
        """Whether something would not be imported."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)
