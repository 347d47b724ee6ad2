"""The real register: 1,738 rows, of which only 399 say who they are about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tequio.circles.registers import (
    Examination,
    Fate,
    Gap,
    RegisterPlan,
    Severity,
    Status,
    build_plan,
    examine,
    unknowable,
)
from tequio.core.tabular import Workbook, read_workbook

_FILE = Path(__file__).parents[3] / "data" / "harmonia" / "attendance_data.xlsx"
_NUMBERED = [
    "FUAT 1",
    "FUAT 2",
    "FUAT 4-5",
    "FUAT 6-8",
    "FUAT 9",
    "FUAT 10",
    "FUAT 11-13",
    "FUAT 14",
]


@pytest.fixture(scope="module")
def workbook() -> Workbook:
    return read_workbook(_FILE.read_bytes(), _FILE.name)


@pytest.fixture(scope="module")
def examination(workbook: Workbook) -> Examination:
    return examine(workbook)


@pytest.fixture(scope="module")
def plan(workbook: Workbook, examination: Examination) -> RegisterPlan:
    return build_plan(workbook, examination.mapping)


def test_every_row_is_accounted_for(plan: RegisterPlan) -> None:
    assert plan.rows_total == plan.account.total == 1739
    assert (plan.account.header, plan.account.used, plan.account.unattributed) == (1, 399, 1339)
    assert plan.account.data_rows == 1738
    assert plan.account.problem == 0


def test_nine_meetings_cover_fourteen_sessions(plan: RegisterPlan) -> None:
    weights = {session.label.text: session.weight for session in plan.sessions}

    # The training has no number and no date; its name says that it opened the programme.
    assert list(weights) == ["GBV Training", *_NUMBERED]
    assert weights["FUAT 4-5"] == 2
    assert weights["FUAT 6-8"] == weights["FUAT 11-13"] == 3
    assert sum(weights.values()) == 14


def test_eighty_one_people_came_to_four_and_three_quarters_of_the_meetings(
    plan: RegisterPlan,
) -> None:
    assert len(plan.people) == 81
    assert len(plan.marks) == 385
    assert round(len(plan.marks) / len(plan.people), 2) == 4.75
    assert {mark.status for mark in plan.marks} == {Status.PRESENT}
    assert all(person.identity.id.isdecimal() for person in plan.people)


def test_what_was_written_twice_is_counted_once_and_listed(plan: RegisterPlan) -> None:
    assert len(plan.repeats) == 14
    assert all(repeat.agrees for repeat in plan.repeats)
    assert sum(len(repeat.cells) for repeat in plan.repeats) == 14 + 14


def test_rows_without_identity_are_kept_whole_and_counted_by_session(plan: RegisterPlan) -> None:
    first = plan.unattributed[0]

    assert (first.row, first.values[1], first.values[4]) == (9, "CHC Gleno", "FUAT 4-5")
    assert sum(session.came_without_identity for session in plan.sessions) == 1339
    assert sum(session.came for session in plan.sessions) == 385


def test_ids_with_two_sexes_are_shown_with_their_cell(plan: RegisterPlan) -> None:
    found = plan.problems_of("id_two_sexes")

    assert len(found) == 64
    assert (found[0].severity, found[0].sheet, found[0].cell) == (Severity.WARNING, "Sheet1", "F3")
    assert "16" in found[0].sentence


def test_spellings_of_roles_and_places_make_no_people(plan: RegisterPlan) -> None:
    assert plan.possible_duplicates == ()


def test_absences_that_nobody_wrote_are_apart_and_can_be_refused(
    workbook: Workbook, examination: Examination, plan: RegisterPlan
) -> None:
    assert examination.mapping.gap is Gap.ABSENT
    assert len(plan.implied) == 81 * 9 - 385

    unknown = build_plan(workbook, replace(examination.mapping, gap=Gap.UNKNOWN))

    assert unknown.implied == ()
    assert unknown.marks == plan.marks


def test_the_place_of_the_session_without_number_is_asked(plan: RegisterPlan) -> None:
    (problem,) = plan.problems_of("session_without_place")

    assert "GBV Training" in problem.sentence
    assert problem.severity is Severity.NOTE


def test_a_person_may_say_the_order_of_the_sessions(
    workbook: Workbook, examination: Examination
) -> None:
    mapping = replace(examination.mapping, session_order=("GBV Training",))

    texts = [session.label.text for session in build_plan(workbook, mapping).sessions]

    assert texts == ["GBV Training", *_NUMBERED]


def test_it_says_what_cannot_be_known(plan: RegisterPlan) -> None:
    said = " ".join(unknowable(plan))

    for piece in ("1,339", "81", "mínimo", "296", "GBV Training", "64", "No se sabe cuántas"):
        assert piece in said


def test_only_rows_about_people_are_used(plan: RegisterPlan) -> None:
    assert {fate.fate for fate in plan.fates} == {Fate.HEADER, Fate.USED, Fate.UNATTRIBUTED}
