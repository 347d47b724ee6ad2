"""Puts the rows of all tables together: people, meetings, marks, and the rows without identity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from tequio.circles.registers.collect import Meeting, RawMark, Reading, SessionKey, Table
from tequio.circles.registers.grid import at, filled
from tequio.circles.registers.mapping import Form
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.people import Identity
from tequio.circles.registers.results import Fate, Problem
from tequio.circles.registers.vocabulary import IDENTITY_ROLES, Role
from tequio.core.tabular import cell_address
from tequio.core.text import fold

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """One row in which a person was seen."""

    place: Place
    cell: str
    identity: Identity
    sex_cell: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark of one person, before repeats are looked at."""

    person: str
    meeting: SessionKey
    status: Status | None
    place: Place
    cell: str
    raw: str
    form: Form


@dataclass(frozen=True, slots=True)
class Loose:
    """One row that does not say who it is about."""

    place: Place
    cell: str
    reading: Reading


@dataclass(slots=True)
class Draft:
    """What has been read so far."""

    people: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    meetings: dict[SessionKey, tuple[Meeting, str]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    twice: list[Seen] = field(default_factory=list)
    fates: dict[Place, Fate] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    wide: bool = False


def gather(draft: Draft, table: Table, readings: Iterable[Reading]) -> None:
    """Add one table to the draft."""
    draft.wide = draft.wide or table.mapping.form is Form.WIDE
    for _column, meeting in table.meetings:
        draft.meetings.setdefault(meeting.key, (meeting, table.sheet.name))
    times: Counter[str] = Counter()
    for reading in readings:
        place = (table.sheet.name, reading.row)
        draft.fates[place] = reading.fate
        for mark in reading.marks:
            draft.meetings.setdefault(mark.meeting.key, (mark.meeting, table.sheet.name))
        if reading.fate is Fate.USED:
            _add_person(draft, table, reading, times)
        elif reading.fate is Fate.UNATTRIBUTED:
            first = min((column for column, _v in filled(reading.values)), default=0)
            draft.loose.append(Loose(place, cell_address(reading.row, first), reading))


def join_same(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each key the first key of the people a person said are one."""
    joined: dict[str, str] = {}
    for one, two in pairs:
        kept, gone = resolve(joined, one), resolve(joined, two)
        if kept != gone:
            joined[gone] = kept
    return joined


def resolve(joined: dict[str, str], key: str) -> str:
    """Follow a key to the one it was joined to."""
    while key in joined:
        key = joined[key]
    return key


def merged_identity(seen: list[Seen]) -> Identity:
    """Return the first identity, with what it lacks taken from the others."""
    result = seen[0].identity
    for other in seen[1:]:
        missing = {
            item.name: getattr(other.identity, item.name)
            for item in fields(Identity)
            if not getattr(result, item.name) and getattr(other.identity, item.name)
        }
        # Parts of one spelling are not completed with parts of another one.
        if result.full_name:
            missing = {k: v for k, v in missing.items() if k not in _NAME_PARTS}
        if missing:
            result = replace(result, **missing)
    return result


_NAME_PARTS = frozenset({"name", "given", "surname", "second_surname"})


def unify_meetings(draft: Draft) -> dict[SessionKey, SessionKey]:
    """Say that «Sesión 3» without date is the one dated «Sesión 3», when there is only one."""
    dated: dict[tuple[object, ...], list[SessionKey]] = defaultdict(list)
    for key in draft.meetings:
        group, _month, (series, first, last, on), _times = key
        if first and on:
            dated[group, series, first, last].append(key)
    same: dict[SessionKey, SessionKey] = {}
    for key in draft.meetings:
        group, month, (series, first, last, on), times = key
        twins = dated.get((group, series, first, last), [])
        if first and not on and not month and not times and len(twins) == 1:
            same[key] = twins[0]
    return same


def _add_person(draft: Draft, table: Table, reading: Reading, times: Counter[str]) -> None:
    key = reading.identity.key
    place = (table.sheet.name, reading.row)
    seen = Seen(
        place,
        _address(table, reading.row, IDENTITY_ROLES),
        reading.identity,
        _address(table, reading.row, frozenset({Role.SEX})),
    )
    if table.mapping.form is Form.WIDE:
        # In a list of people each row is somebody: two equal names are two, and a person decides.
        times[key] += 1
        if times[key] > 1:
            draft.twice.append(seen)
            key = key if reading.identity.id else f"{key}#{times[key]}"
    key = resolve(draft.same, key)
    draft.people[key].append(seen)
    draft.entries.extend(_entry(key, table, place, mark) for mark in reading.marks)


def _entry(key: str, table: Table, place: Place, mark: RawMark) -> Entry:
    cell = cell_address(place[1], mark.column)
    return Entry(key, mark.meeting.key, mark.status, place, cell, mark.raw, table.mapping.form)


def _address(table: Table, row: int, roles: frozenset[Role]) -> str:
    columns = [column.index for column in table.mapping.columns if column.role in roles]
    written = [column for column in columns if at(table.grid, row, column) is not None]
    return cell_address(row, min(written or columns, default=0))


def groups_of(seen: list[Seen]) -> tuple[str, ...]:
    """Return the groups a person was seen in, as first written."""
    groups: dict[str, str] = {}
    for one in seen:
        if one.identity.group:
            groups.setdefault(fold(one.identity.group), one.identity.group)
    return tuple(groups.values())
