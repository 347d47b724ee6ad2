"""Which person, meeting and mark of a plan goes to which group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from tequio.circles.importing.choices import source_key
from tequio.circles.registers import (
    Mapping,
    PlannedMark,
    PlannedSession,
    RegisterPlan,
    Role,
    Status,
    UnattributedRow,
)
from tequio.circles.registers.sessions import label_text

T = TypeVar("T")
CHUNK = 500
CAME = frozenset({Status.PRESENT, Status.LATE})


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting in one group, with the programme's sessions that it covers."""

    planned: PlannedSession
    number_from: int
    number_to: int
    came: int
    unattributed: int
    # Whether the file says of anybody that he came or did not: a printed column may say nothing.
    marked: bool

    @property
    def index(self) -> int:
        """Its place in the plan."""
        return self.planned.index

    @property
    def on(self) -> date | None:
        """When it was, where the title says it."""
        return self.planned.label.on

    @property
    def title(self) -> str:
        """Its title in the file."""
        return self.planned.label.text


@dataclass(frozen=True, slots=True)
class Part:
    """What goes to one group. `source` is its name in the file, folded; empty where it has none."""

    source: str
    name: str
    people: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    marks: tuple[PlannedMark, ...]

    @property
    def unattributed(self) -> int:
        """Marks of presence of which nobody can say whose they are."""
        return sum(meeting.unattributed for meeting in self.meetings)


@dataclass(slots=True)
class _Draft:
    name: str
    people: dict[str, None] = field(default_factory=dict)
    marks: list[PlannedMark] = field(default_factory=list)
    meetings: dict[int, PlannedSession] = field(default_factory=dict)
    loose: Counter[int] = field(default_factory=Counter)


def split(plan: RegisterPlan, mapping: Mapping) -> tuple[Part, ...]:
    """Return what goes to each group of the file, in the order in which they appear."""
    drafts: dict[str, _Draft] = {}
    groups = {person.key: person.groups for person in plan.people}

    def part(name: str) -> _Draft:
        return drafts.setdefault(source_key(name), _Draft(name))

    for session in plan.sessions:
        if session.group or not any(groups.values()):
            part(session.group).meetings[session.index] = session
    for mark in plan.marks:
        session = plan.sessions[mark.session]
        draft = part(_group_of(session, groups.get(mark.person, ())))
        draft.marks.append(mark)
        draft.people[mark.person] = None
        draft.meetings[session.index] = session
    for row in plan.unattributed:
        written = _written_group(row, mapping)
        for loose in row.marks:
            session = plan.sessions[loose.session]
            draft = part(_group_of(session, (written,) if written else ()))
            draft.meetings[session.index] = session
            draft.loose[session.index] += loose.status in CAME
    for person in plan.people:
        named = person.groups or ("",)
        if not any(person.key in draft.people for draft in drafts.values()):
            for name in named:
                part(name).people[person.key] = None
    marked = frozenset(mark.session for mark in plan.marks)
    return tuple(_part(source, draft, marked) for source, draft in drafts.items())


def _group_of(session: PlannedSession, groups: Sequence[str]) -> str:
    """Return where a mark belongs: a person's own group says more than the name of the sheet."""
    keys = {source_key(group) for group in groups}
    if session.group and (not keys or source_key(session.group) in keys):
        return session.group
    return groups[0] if len(groups) == 1 else session.group


def _written_group(row: UnattributedRow, mapping: Mapping) -> str:
    tables = [t for t in mapping.sheets if t.sheet == row.sheet and t.first_data_row <= row.row]
    table = max(tables, key=lambda t: t.header_row, default=None)
    for column in table.columns_of(Role.GROUP) if table else ():
        if column < len(row.values):
            return label_text(row.values[column]).strip()
    return ""


def _part(source: str, draft: _Draft, marked: frozenset[int]) -> Part:
    ordered = [draft.meetings[index] for index in sorted(draft.meetings)]
    came = Counter(mark.session for mark in draft.marks if mark.status in CAME)
    return Part(
        source=source,
        name=draft.name,
        people=tuple(draft.people),
        meetings=tuple(
            Meeting(
                planned=session,
                number_from=first,
                number_to=last,
                came=came[session.index],
                unattributed=draft.loose[session.index],
                marked=session.index in marked or draft.loose[session.index] > 0,
            )
            for session, (first, last) in zip(ordered, numbers(ordered), strict=True)
        ),
        marks=tuple(draft.marks),
    )


def numbers(sessions: Sequence[PlannedSession]) -> list[tuple[int, int]]:
    """Return the programme's sessions that each meeting covers.

    The numbers of the titles where they agree with one another (one series, rising, and room
    for the meetings without number); otherwise running numbers.
    """
    titled = _titled(sessions)
    if titled is not None:
        return titled
    running: list[tuple[int, int]] = []
    last = 0
    for session in sessions:
        running.append((last + 1, last + session.weight))
        last += session.weight
    return running


def _titled(sessions: Sequence[PlannedSession]) -> list[tuple[int, int]] | None:
    if len({s.label.series_key for s in sessions if s.label.numbered}) != 1:
        return None
    result: list[tuple[int, int]] = []
    last = 0
    for session in sessions:
        first = session.label.first if session.label.first is not None else last + 1
        if first <= last:
            return None
        last = first + session.weight - 1
        result.append((first, last))
    return result


def chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut what is to be written into transactions."""
    for first in range(0, len(rows), CHUNK):
        yield rows[first : first + CHUNK]
