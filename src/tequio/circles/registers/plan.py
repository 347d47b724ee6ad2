"""From a workbook and a mapping to the plan of an import. Decides nothing that a person should."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from tequio.circles.registers import checks
from tequio.circles.registers.collect import SessionKey, open_table, read_rows
from tequio.circles.registers.gather import (
    Draft,
    Entry,
    Loose,
    Seen,
    gather,
    groups_of,
    join_same,
    merged_identity,
    unify_meetings,
)
from tequio.circles.registers.grid import filled, grid_of
from tequio.circles.registers.likeness import possible_duplicates
from tequio.circles.registers.mapping import Form, Gap, Mapping, SheetMapping
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.people import Person, exact
from tequio.circles.registers.results import (
    Account,
    Fate,
    LooseMark,
    PlannedMark,
    PlannedSession,
    RegisterPlan,
    Repeat,
    RowFate,
    UnattributedRow,
)
from tequio.circles.registers.sessions import order_of
from tequio.core.tabular import Sheet, Workbook, cell_address
from tequio.core.text import fold

CAME = frozenset({Status.PRESENT, Status.LATE})
_MOST_IMPLIED = 500_000


def build_plan(
    workbook: Workbook,
    mapping: Mapping,
    *,
    same_people: Iterable[tuple[str, str]] = (),
    today: date | None = None,
) -> RegisterPlan:
    """Return what an import would do.

    Parameters
    ----------
    workbook
        The file as read.
    mapping
        How to read it, as suggested or as corrected by a person.
    same_people
        Pairs of keys that a person said are one; the first key of a pair stays.
    today
        The day of whoever imports: attendance on a later one is doubted. Without it, none is.
    """
    draft = Draft(same=join_same(same_people))
    meanings = mapping.meanings()
    for sheet in workbook.sheets:
        _read_sheet(draft, sheet, mapping, meanings)
    indexes = _session_indexes(draft, mapping)
    marks, repeats = _settle(draft, indexes)
    people = tuple(_person(key, seen) for key, seen in draft.people.items())
    loose = tuple(_unattributed(row, indexes) for row in draft.loose)
    sessions = _sessions(draft, indexes, marks, loose)
    implied = _implied(draft, people, sessions, marks, indexes) if mapping.gap is Gap.ABSENT else ()
    pairs = possible_duplicates(people)
    checks.check_people(draft)
    checks.check_pairs(draft, pairs)
    checks.check_sessions(draft, sessions)
    if today:
        checks.check_days_to_come(draft, sessions, today)
    checks.check_loose(draft)
    counts = Counter(str(fate) for fate in draft.fates.values())
    return RegisterPlan(
        people=people,
        sessions=sessions,
        marks=tuple(marks),
        implied=implied,
        unattributed=loose,
        repeats=tuple(repeats),
        problems=checks.in_order(draft.problems, [sheet.name for sheet in workbook.sheets]),
        possible_duplicates=pairs,
        fates=tuple(RowFate(*place, fate) for place, fate in draft.fates.items()),
        account=Account(**counts),
        rows_total=sum(len(sheet.rows) for sheet in workbook.sheets),
        gap=mapping.gap,
    )


def _read_sheet(draft: Draft, sheet: Sheet, mapping: Mapping, meanings: dict[str, Status]) -> None:
    """Read the tables of a sheet; every row gets a fate, also those outside of any table."""
    own = sorted((t for t in mapping.sheets if t.sheet == sheet.name), key=lambda t: t.header_row)
    for row, values in enumerate(grid_of(sheet)):
        outside = Fate.TITLE if own else Fate.PROBLEM
        draft.fates[sheet.name, row] = outside if filled(values) else Fate.EMPTY
    if not own:
        checks.sheet_not_read(draft, sheet)
    for index, table in enumerate(own):
        stop = own[index + 1].header_row if index + 1 < len(own) else len(sheet.rows)
        end = min(stop, len(sheet.rows) if table.end_row is None else table.end_row)
        _read_table(draft, sheet, table, meanings, end)


def _read_table(
    draft: Draft, sheet: Sheet, mapping: SheetMapping, meanings: dict[str, Status], end: int
) -> None:
    if mapping.skip:
        for row in range(mapping.header_row, end):
            if draft.fates[sheet.name, row] is not Fate.EMPTY:
                draft.fates[sheet.name, row] = Fate.SKIPPED
        return
    table = open_table(sheet, mapping)
    for row in range(mapping.header_row, min(mapping.first_data_row, end)):
        draft.fates[sheet.name, row] = Fate.HEADER
    readings = [reading for reading in read_rows(table, meanings) if reading.row < end]
    gather(draft, table, readings)
    checks.check_table(draft, table)
    checks.check_readings(draft, table, readings)


def _session_indexes(draft: Draft, mapping: Mapping) -> dict[SessionKey, int]:
    """Return the place of every meeting: groups one after the other, in order inside each."""
    same = unify_meetings(draft)
    by_group: dict[str, list[SessionKey]] = defaultdict(list)
    for key in draft.meetings:
        if key not in same:
            by_group[key[0]].append(key)
    ordered: list[SessionKey] = []
    for keys in by_group.values():
        ordered.extend(_ordered(draft, keys))
    wanted = {fold(text): place for place, text in enumerate(mapping.session_order)}
    if wanted:
        ordered.sort(
            key=lambda key: wanted.get(fold(draft.meetings[key][0].label.text), len(wanted))
        )
    indexes = {key: index for index, key in enumerate(ordered)}
    return indexes | {key: indexes[twin] for key, twin in same.items()}


def _ordered(draft: Draft, keys: list[SessionKey]) -> list[SessionKey]:
    """Order the meetings of one group; numbers that begin again every month stay in their month."""
    labels = {key: draft.meetings[key][0].label for key in keys}
    if not all(label.on for label in labels.values()):
        months: dict[str, list[SessionKey]] = defaultdict(list)
        for key in keys:
            months[key[1]].append(key)
        parts = list(months.values())
    else:
        parts = [keys]
    return [
        part[i]
        for part in parts
        for i in order_of([labels[key] for key in part], keep_places=draft.wide)
    ]


def _settle(draft: Draft, indexes: dict[SessionKey, int]) -> tuple[list[PlannedMark], list[Repeat]]:
    """Count agreeing repeats once; of contradicting ones, none."""
    found: dict[tuple[str, int], list[tuple[Entry, Status]]] = defaultdict(list)
    for entry in draft.entries:
        if entry.status is not None and entry.status is not Status.IGNORED:
            found[entry.person, indexes[entry.meeting]].append((entry, entry.status))
    marks: list[PlannedMark] = []
    repeats: list[Repeat] = []
    for (person, session), entries in found.items():
        first, status = entries[0]
        statuses = tuple(each for _entry, each in entries)
        agrees = len(set(statuses)) == 1
        if len(entries) > 1:
            cells = tuple(entry.cell for entry, _status in entries)
            repeats.append(Repeat(person, session, agrees, first.place[0], cells, statuses))
        if agrees:
            marks.append(
                PlannedMark(person, session, status, first.place[0], first.cell, first.raw)
            )
        else:
            checks.contradiction(draft, entries)
            _reject(draft, [entry for entry, _status in entries])
    return marks, repeats


def _reject(draft: Draft, entries: list[Entry]) -> None:
    """A row that only held a rejected mark is a problem; a person's row still names a person."""
    for entry in entries:
        if entry.form is Form.LONG:
            draft.fates[entry.place] = Fate.PROBLEM


def _person(key: str, seen: list[Seen]) -> Person:
    names = {exact(one.identity.full_name): one.identity.full_name for one in reversed(seen)}
    identity = merged_identity(seen)
    others = tuple(n for k, n in sorted(names.items()) if n and k != exact(identity.full_name))
    first = seen[0]
    return Person(key, identity, first.place[0], first.cell, len(seen), groups_of(seen), others)


def _unattributed(row: Loose, indexes: dict[SessionKey, int]) -> UnattributedRow:
    marks = tuple(
        LooseMark(
            indexes[mark.meeting.key],
            mark.status,
            cell_address(row.reading.row, mark.column),
            mark.raw,
        )
        for mark in row.reading.marks
    )
    return UnattributedRow(row.place[0], row.reading.row, row.cell, row.reading.values, marks)


def _sessions(
    draft: Draft,
    indexes: dict[SessionKey, int],
    marks: list[PlannedMark],
    loose: tuple[UnattributedRow, ...],
) -> tuple[PlannedSession, ...]:
    came = Counter(mark.session for mark in marks if mark.status in CAME)
    strangers = Counter(m.session for row in loose for m in row.marks if m.status in CAME)
    chosen: dict[int, SessionKey] = {}
    for key, index in indexes.items():
        # Of two titles for one meeting the dated one, which comes first, says more.
        chosen.setdefault(index, key)
    sessions = []
    for index in sorted(chosen):
        meeting, sheet = draft.meetings[chosen[index]]
        sessions.append(
            PlannedSession(
                index,
                meeting.label,
                meeting.label.covers,
                meeting.group,
                sheet,
                meeting.cell,
                came[index],
                strangers[index],
            )
        )
    return tuple(sessions)


def _implied(
    draft: Draft,
    people: tuple[Person, ...],
    sessions: tuple[PlannedSession, ...],
    marks: list[PlannedMark],
    indexes: dict[SessionKey, int],
) -> tuple[PlannedMark, ...]:
    """Return the absences that nobody wrote, at meetings to which somebody did come."""
    held = [s for s in sessions if s.came or s.came_without_identity]
    if len(people) * len(held) > _MOST_IMPLIED:
        checks.too_many_gaps(draft)
        return ()
    written = {(entry.person, indexes[entry.meeting]) for entry in draft.entries}
    written.update((mark.person, mark.session) for mark in marks)
    return tuple(
        PlannedMark(person.key, session.index, Status.ABSENT, person.sheet, person.cell, "")
        for person in people
        for session in held
        if (person.key, session.index) not in written and _belongs(person, session)
    )


def _belongs(person: Person, session: PlannedSession) -> bool:
    """A man of one group is not absent from the meetings of another."""
    groups = {fold(group) for group in person.groups}
    return not session.group or not groups or fold(session.group) in groups
