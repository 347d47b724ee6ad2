"""A simulated programme as plain tables, what anybody could see apart from what is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.simulate.programme.draw import Programme
from evidencia.simulate.programme.models import TYPES
from evidencia.simulate.programme.rounds import NOT_THERE

BEGINS: Final = date(2010, 1, 11)
"""The first Monday from which groups start; only the distances mean anything."""

ANSWERS: Final = ("no", "yes", "prefers_not_to_say")

Cell = int | float | str | None
Rows = Iterator[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Column names, and rows in a fixed order; None is a missing answer."""

    columns: tuple[str, ...]
    rows: Rows


def tables(programme: Programme) -> Mapping[str, Table]:
    """Return every table by the name of its file; those under ``truth/`` nobody would have."""
    kinds = TYPES
    man = ("site", "group", "age", "route", "motive")
    facts = ("lives_with_partner", "has_children", "employed", "alcohol", "short_schooling")
    return {
        "enquiries": Table(("enquiry", "furthest_step"), _enquiries(programme)),
        "people": Table(("man", *man, *facts), _people(programme, (*man, *facts))),
        "sessions": Table(("group", "session", "date"), _sessions(programme)),
        "attendance": Table(("man", "session", "status"), _attendance(programme)),
        "rounds": Table(
            ("man", "session", "answer", *kinds, "retiro", "asked_for_support"), _rounds(programme)
        ),
        "answers": Table(("man", "wave", "date", "informant", *kinds), _answers(programme)),
        "truth/courses": Table(("man", "left_after", "tendency"), _courses(programme)),
        "truth/waves": Table(
            ("man", "wave", *kinds, *(f"{kind}_without_programme" for kind in TYPES)),
            _waves(programme),
        ),
        "truth/rounds": Table(("man", "session", *kinds), _true_rounds(programme)),
        "truth/weeks": Table(("man", "week", "type"), _weeks(programme)),
        "truth/effects": Table(("wave", "type", "difference"), _effects(programme)),
    }


def _day(programme: Programme, group: int, week: int) -> str:
    every = int(programme.model["days_between"])
    start = int(programme.people.starts[group])
    # Groups meet on different days of the week.
    first = BEGINS + timedelta(weeks=start, days=group % 6)
    return (first + timedelta(days=every * week)).isoformat()


def _enquiries(programme: Programme) -> Rows:
    yield from enumerate(programme.funnel.furthest(), 1)


def _people(programme: Programme, names: tuple[str, ...]) -> Rows:
    columns = [getattr(programme.people, name) for name in names]
    for i in range(len(programme.people)):
        yield (i + 1, *(_plain(column[i]) for column in columns))


def _plain(value: object) -> Cell:
    if isinstance(value, np.str_ | str):
        return str(value)
    return int(value)  # type: ignore[call-overload, no-any-return]


def _sessions(programme: Programme) -> Rows:
    for group in range(programme.people.starts.size):
        for session in range(programme.model.sessions):
            yield group, session + 1, _day(programme, group, session)


def _attendance(programme: Programme) -> Rows:
    status = programme.status
    for i, session in np.ndindex(*status.shape):
        yield i + 1, session + 1, str(status[i, session])


def _rounds(programme: Programme) -> Rows:
    said = programme.rounds
    for i, session in zip(*np.nonzero(said.answer != NOT_THERE), strict=True):
        yield (
            int(i) + 1,
            int(session) + 1,
            ANSWERS[said.answer[i, session]],
            *_ints(said.named[i, session]),
            int(said.retiro[i, session]),
            int(said.support[i, session]),
        )


def _answers(programme: Programme) -> Rows:
    asked = programme.waves
    for i in range(len(programme.people)):
        group = int(programme.people.group[i])
        for t, name in enumerate(asked.names):
            day = _day(programme, group, asked.weeks[t])
            for informant, told in asked.told.items():
                if asked.present[informant][i, t]:
                    yield (i + 1, name, day, informant, *_ints(told[i, t]))


def _courses(programme: Programme) -> Rows:
    course = programme.course
    for i, left in enumerate(course.left_after):
        yield i + 1, int(left), round(float(course.tendency[i]), 4)


def _waves(programme: Programme) -> Rows:
    asked = programme.waves
    for i, t in np.ndindex(*asked.happened.shape[:2]):
        yield i + 1, asked.names[t], *_ints(asked.happened[i, t]), *_ints(asked.without[i, t])


def _true_rounds(programme: Programme) -> Rows:
    for i, session in zip(*np.nonzero(programme.course.came), strict=True):
        happened = programme.rounds.happened[i, session]
        yield int(i) + 1, int(session) + 1, *_ints(happened)


def _weeks(programme: Programme) -> Rows:
    course = programme.course
    for i, week, k in zip(*np.nonzero(course.violence), strict=True):
        yield int(i) + 1, int(week) - course.before + 1, TYPES[k]


def _effects(programme: Programme) -> Rows:
    for t, name in enumerate(programme.waves.names):
        for kind in TYPES:
            yield name, kind, round(programme.true_effect(kind, t), 6)


def _ints(values: npt.NDArray[np.generic]) -> Iterator[int]:
    return (int(value) for value in values)
