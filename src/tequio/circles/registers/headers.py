"""Which row names the columns, below titles and above people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tequio.circles.registers.dates import MONTH_NUMBERS, Period, read_date, read_period
from tequio.circles.registers.grid import Grid, at, filled, header_grid, text_at, width
from tequio.circles.registers.sessions import (
    SessionLabel,
    label_text,
    looks_like_session,
    parse_label,
)
from tequio.circles.registers.vocabulary import IDENTITY_ROLES, Role, header_role
from tequio.core.tabular import Cell, Sheet
from tequio.core.text import fold, squeeze

_SEARCHED_ROWS = 60
_LONG_TEXT = 60
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The rows that name the columns: `parts[column]` from top to bottom, without repetitions."""

    row: int
    count: int
    parts: tuple[tuple[Cell, ...], ...]

    def text(self, column: int) -> str:
        """Return the whole title of a column."""
        if column >= len(self.parts):
            return ""
        return " ".join(squeeze(label_text(part)) for part in self.parts[column])


def find_header(sheet: Sheet, grid: Grid, start: int = 0) -> HeaderBlock | None:
    """Return the first block of rows from `start` that looks like a header."""
    stop = min(start + _SEARCHED_ROWS, len(grid))
    scores = {row: header_score(grid[row]) for row in range(start, stop)}
    best = max(scores.values(), default=0.0)
    if best < _ENOUGH:
        return None
    row = next(
        (r for r in scores if scores[r] >= max(_ENOUGH, best * 0.6) and _identities(grid[r])),
        None,
    )
    if row is None:
        row = next(r for r in scores if scores[r] == best)
    first, count = _extend(grid, row, start)
    return block_at(sheet, grid, first, count)


def block_at(sheet: Sheet, grid: Grid, row: int, count: int) -> HeaderBlock:
    """Return the header block at a known place."""
    rows = header_grid(sheet, grid, row, count)
    parts = []
    for column in range(width(rows)):
        values: list[Cell] = []
        for value in (at(rows, line, column) for line in range(len(rows))):
            if value is not None and value not in values:
                values.append(value)
        parts.append(tuple(values))
    return HeaderBlock(row, count, tuple(parts))


def header_score(row: tuple[Cell, ...]) -> float:
    """Return how much a row looks like the one that names the columns."""
    cells = filled(row)
    roles = [header_role(v) for _c, v in cells if isinstance(v, str) and not v.endswith(":")]
    known = {role for role in roles if role is not None}
    if not cells or (len(cells) < 2 and not known & IDENTITY_ROLES):
        return 0.0
    score = sum(3.0 if role in IDENTITY_ROLES else 2.0 for role in known)
    sessions = session_run([v for _c, v in cells])
    score += min(sessions, 10)
    if not known and sessions < 2:
        return 0.0
    if not known and sessions == len(cells) and _dates(cells) >= 2:
        # Dates alone in a row, over a list of names without a title.
        score += 1.5
    score -= 3.0 * sum(1 for _c, v in cells if isinstance(v, str) and len(v) > _LONG_TEXT)
    # A title such as «Grupo: | Los Robles» names a value and not a column.
    score -= 2.0 * sum(1 for _c, v in cells if isinstance(v, str) and v.rstrip().endswith(":"))
    return score


def _dates(cells: Sequence[tuple[int, Cell]]) -> int:
    return sum(1 for _c, value in cells if read_date(value, Period(2000)) is not None)


def session_run(values: Sequence[Cell]) -> int:
    """Return how many cells form a run of session titles: dates, or numbers that go up."""
    labels = [
        parse_label(value)
        for value in values
        if looks_like_session(value) and not (isinstance(value, str) and header_role(value))
    ]
    if len(labels) < 2:
        return 0
    numbers = [label.first for label in labels if label.first is not None]
    rising = all(a < b for a, b in pairwise(numbers))
    distinct = len({label.key for label in labels}) == len(labels)
    dated = sum(1 for label in labels if label.first is None)
    if not distinct or not (rising or dated >= 2):
        return 0
    return len(labels)


def meeting_label(parts: tuple[Cell, ...], period: Period) -> SessionLabel:
    """Read the title of a session from the one, two or three rows of its header."""
    if not parts:
        return SessionLabel("")
    label = parse_label(parts[-1], period)
    for part in reversed(parts[:-1]):
        label = _with_top(label, part, parts[-1], period)
    return label


def _with_top(label: SessionLabel, top: Cell, bottom: Cell, period: Period) -> SessionLabel:
    above, text = squeeze(label_text(top)), squeeze(f"{label_text(top)} {label_text(bottom)}")
    upper = parse_label(top, period)
    if _names_a_month(above) and label.first is not None and not label.series:
        own = read_period([above])
        month_period = Period(own.year or period.year, own.month, period.last_year)
        dated = parse_label(f"{label.first} {_month_word(above)}", month_period)
        return SessionLabel(text, on=dated.on, note=dated.note)
    if upper.numbered and (label.on or label.first is None):
        return SessionLabel(
            text, upper.series, upper.first, upper.last, label.on, label.note or upper.note
        )
    if upper.on and label.on is None:
        return SessionLabel(text, label.series, label.first, label.last, upper.on, label.note)
    if header_role(above) in {Role.SESSION, Role.MARK, Role.DATE, Role.OTHER} or not above:
        return label
    if label.numbered:
        series = squeeze(f"{above} {label.series}")
        return SessionLabel(text, series, label.first, label.last, label.on, label.note)
    return label


def _names_a_month(text: str) -> bool:
    return bool(_month_word(text))


def _month_word(text: str) -> str:
    words = fold(text).replace(".", " ").replace("-", " ").split()
    return next((word for word in words if word in MONTH_NUMBERS), "")


def _identities(row: tuple[Cell, ...]) -> bool:
    return any(
        header_role(value) in IDENTITY_ROLES
        for _c, value in filled(row)
        if isinstance(value, str) and not value.rstrip().endswith(":")
    )


def _extend(grid: Grid, row: int, start: int) -> tuple[int, int]:
    first, last = row, row
    if _is_second_line(grid, row, row + 1):
        last = row + 1
    if row > start and _is_first_line(grid, row - 1, row):
        first = row - 1
    return first, last - first + 1


def _is_second_line(grid: Grid, row: int, below: int) -> bool:
    """A row of dates or numbers under the sessions, with nothing of its own under the names."""
    if below >= len(grid):
        return False
    named = [c for c, v in filled(grid[row]) if isinstance(v, str) and header_role(v)]
    identity = [c for c in named if header_role(text_at(grid, row, c)) in IDENTITY_ROLES]
    own = [v for c, v in filled(grid[below]) if at(grid, row, c) != v]
    if not own or any(at(grid, below, c) not in {None, at(grid, row, c)} for c in identity):
        return False
    run = session_run(own)
    if (run >= 2 and run >= 0.6 * len(own)) or _days_under_months(grid[row], own):
        return bool(identity)
    only = len(own) == 1 and bool(identity)
    return only and isinstance(own[0], str) and read_date(own[0], Period()) is not None


def _days_under_months(above: tuple[Cell, ...], own: list[Cell]) -> bool:
    """Days begin again under each month: «Noviembre | 21 | 28» and then «Diciembre | 5 | 12»."""
    months = [value for _c, value in filled(above) if _names_a_month(label_text(value))]
    labels = [parse_label(value) for value in own]
    return bool(months) and all(label.numbered and not label.series for label in labels)


def _is_first_line(grid: Grid, above: int, row: int) -> bool:
    """A row of months or modules over the sessions, or the one with the names' titles."""
    cells = filled(grid[above])
    if not cells:
        return False
    if _identities(grid[above]) and not _identities(grid[row]):
        return True
    sessions = [c for c, v in filled(grid[row]) if looks_like_session(v)]
    if not sessions:
        return False
    left = min(sessions)
    named = {c for c, v in filled(grid[row]) if isinstance(v, str) and header_role(v)}
    over = [c for c, v in cells if c >= left and at(grid, row, c) != v]
    same = [c for c, v in cells if at(grid, row, c) == v]
    return bool(over) and len(over) + len(same) == len(cells) and not named & set(over)
