"""What each column of a table holds, by its title and, where that says nothing, by its content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tequio.circles.registers.grid import Grid, at
from tequio.circles.registers.headers import HeaderBlock
from tequio.circles.registers.marks import known_mark
from tequio.circles.registers.sessions import label_text, looks_like_session, parse_label
from tequio.circles.registers.vocabulary import (
    IDENTITY_ROLES,
    NAME_ROLES,
    SESSION_WORDS,
    Role,
    header_role,
)
from tequio.core.tabular import Cell
from tequio.core.text import fold

_SAMPLE_ROWS = 200
_SESSION_SERIES = re.compile(rf"(?:s|dia|{SESSION_WORDS})\b.*")


def guess_roles(grid: Grid, header: HeaderBlock, end: int) -> dict[int, Role]:
    """Return the role of every column that has a title or content."""
    samples = {c: list(_sample(grid, header, end, c)) for c in range(_width(grid, header, end))}
    roles: dict[int, Role] = {}
    for column, values in samples.items():
        role = _by_title(header, column, values)
        if role is not None:
            roles[column] = role
    _add_untitled_meetings(roles, samples)
    _settle_identity(roles, samples)
    _settle_repeated(roles)
    for column, values in samples.items():
        if column not in roles and (values or header.text(column)):
            roles[column] = Role.OTHER
    return dict(sorted(roles.items()))


def mark_share(values: list[Cell]) -> float:
    """Return the share of the values that are known marks."""
    return sum(map(known_mark, values)) / len(values) if values else 0.0


def _width(grid: Grid, header: HeaderBlock, end: int) -> int:
    rows = grid[header.row : end]
    return max([len(header.parts), *(len(row) for row in rows)])


def _sample(grid: Grid, header: HeaderBlock, end: int, column: int) -> Iterator[Cell]:
    first = header.row + header.count
    for row in range(first, min(end, first + _SAMPLE_ROWS)):
        value = at(grid, row, column)
        if value is not None:
            yield value


def _by_title(header: HeaderBlock, column: int, values: list[Cell]) -> Role | None:
    parts = header.parts[column] if column < len(header.parts) else ()
    if not parts:
        return None
    named = [header_role(label_text(part)) for part in parts]
    identity = next((role for role in named if role in IDENTITY_ROLES), None)
    if identity:
        return identity
    if looks_like_session(parts[-1]) and named[-1] is None and _holds_marks(parts[-1], values):
        return Role.MEETING
    if len(parts) > 1 and looks_like_session(parts[0]) and named[0] is None:
        return Role.MEETING if _holds_marks(parts[0], values) else None
    return next((role for role in reversed(named) if role is not None), None)


def _holds_marks(title: Cell, values: list[Cell]) -> bool:
    """«Sesión 3» and a date need no proof; «Pregunta 3» or «FUAT 3» must hold marks."""
    label = parse_label(title)
    if label.first is None or not label.series or label.on:
        return True
    return bool(_SESSION_SERIES.match(fold(label.series))) or not values or mark_share(values) > 0.5


def _add_untitled_meetings(roles: dict[int, Role], samples: dict[int, list[Cell]]) -> None:
    """Columns of marks beside dated ones are sessions too: «Bienvenida», «Cierre», or no title."""
    meetings = [column for column, role in roles.items() if role is Role.MEETING]
    if not meetings:
        return
    for column, values in samples.items():
        beside = column >= min(meetings) - 3
        if column not in roles and beside and len(values) >= 2 and mark_share(values) >= 0.7:
            roles[column] = Role.MEETING


def _settle_identity(roles: dict[int, Role], samples: dict[int, list[Cell]]) -> None:
    held = set(roles.values())
    if Role.GIVEN in held and not held & {Role.SURNAME, Role.SECOND_SURNAME, Role.NAME}:
        _rename(roles, Role.GIVEN, Role.NAME)
    if Role.NAME in held and held & {Role.SURNAME, Role.SECOND_SURNAME} and Role.GIVEN not in held:
        _rename(roles, Role.NAME, Role.GIVEN)
    if held & IDENTITY_ROLES:
        return
    meetings = [column for column, role in roles.items() if role is Role.MEETING]
    if meetings:
        column = _most_like_names(roles, samples, min(meetings))
        if column is not None:
            roles[column] = Role.NAME
            return
    numbered = [column for column, role in roles.items() if role is Role.ROW_NUMBER]
    if numbered and samples[numbered[0]] and meetings:
        roles[numbered[0]] = Role.ID


def _rename(roles: dict[int, Role], old: Role, new: Role) -> None:
    for column, role in roles.items():
        if role is old:
            roles[column] = new


def _most_like_names(
    roles: dict[int, Role], samples: dict[int, list[Cell]], before: int
) -> int | None:
    best, best_score = None, 0.6
    for column in range(before):
        values = samples.get(column, [])
        if roles.get(column) in {None, Role.OTHER} and values:
            score = _name_likeness(values)
            if score > best_score:
                best, best_score = column, score
    return best


def _name_likeness(values: list[Cell]) -> float:
    texts = [fold(v) for v in values if isinstance(v, str) and not known_mark(v)]
    wordy = [text for text in texts if len(text) >= 3 and not any(char.isdigit() for char in text)]
    if not wordy:
        return 0.0
    return (len(wordy) / len(values)) * (len(set(wordy)) / len(wordy))


def _settle_repeated(roles: dict[int, Role]) -> None:
    """Only sessions may have several columns; of anything else the first one counts."""
    meetings = Role.MEETING in roles.values()
    seen: set[Role] = set()
    for column in sorted(roles):
        role = roles[column]
        if role in {Role.MEETING, Role.OTHER, Role.ROW_NUMBER}:
            continue
        by_column = meetings and role in {Role.SESSION, Role.DATE, Role.MARK}
        part_of_name = role in NAME_ROLES[1:] and Role.NAME in seen
        if role in seen or by_column or part_of_name:
            roles[column] = Role.OTHER
        seen.add(role)
