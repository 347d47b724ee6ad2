"""The real register of HARMONIA: 81 people with a number, 1,339 attendances without one.

The figures were counted from the file by hand when it was chosen: 385 distinct person × meeting
pairs, mean 4.75 of 9 (sd 2.18, least 1, most 9). TWO_DECIMALS: they were written down rounded.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from evidencia import AttendanceMatrix, departure, funnel, gone_quiet, kaplan_meier, summarise_dose

TWO_DECIMALS = 0.005
REGISTER = Path(__file__).parents[1] / "data" / "harmonia" / "attendance_data.xlsx"
WEIGHTS = {
    "GBV Training": 1,
    "FUAT 1": 1,
    "FUAT 2": 1,
    "FUAT 4-5": 2,
    "FUAT 6-8": 3,
    "FUAT 9": 1,
    "FUAT 10": 1,
    "FUAT 11-13": 3,
    "FUAT 14": 1,
}


@pytest.fixture(scope="module")
def register() -> AttendanceMatrix:
    head, *body = CalamineWorkbook.from_path(str(REGISTER)).get_sheet_by_index(0).to_python()
    who, what = head.index("participant_id_3"), head.index("training_session")
    meetings = list(WEIGHTS)
    people = sorted({row[who] for row in body if row[who] != ""})
    marks = np.zeros((len(people), len(meetings)), dtype=np.int8)
    nameless = np.zeros(len(meetings), dtype=np.int64)
    for row in body:
        column = meetings.index(row[what])
        if row[who] == "":
            nameless[column] += 1
        else:
            marks[people.index(row[who]), column] = 1
    return AttendanceMatrix(marks, np.array(list(WEIGHTS.values())), nameless)


def test_the_dose_is_the_one_counted_by_hand(register: AttendanceMatrix) -> None:
    summary = summarise_dose(register)

    assert summary.n == 81
    assert summary.n_unattributed_marks == 1339
    assert summary.meetings.mean == pytest.approx(385 / 81)
    assert summary.meetings.mean == pytest.approx(4.75, abs=TWO_DECIMALS)
    assert summary.meetings.sd == pytest.approx(2.18, abs=TWO_DECIMALS)
    assert (summary.meetings.minimum, summary.meetings.maximum) == (1, 9)


def test_the_nameless_marks_leave_the_mean_wide_open(register: AttendanceMatrix) -> None:
    """All meetings but one have more nameless marks than gaps: only "FUAT 11-13" is held back."""
    summary = summarise_dose(register)
    gaps = register.absent.sum(axis=0)
    held_back = int(np.maximum(gaps - register.nameless, 0).sum())

    assert held_back == 31
    assert summary.meetings.mean_bounds.lower == summary.meetings.mean
    assert summary.meetings.mean_bounds.upper == pytest.approx(9 - held_back / 81)
    assert "unattributed_marks" in {note.code for note in summary.notes}


def test_the_funnel_and_the_curve_end_in_defined_numbers(register: AttendanceMatrix) -> None:
    steps = funnel(register).steps
    gone = departure(register)
    curve = kaplan_meier(gone.time, gone.event)

    assert [step.share.denominator for step in steps] == [81] * 6
    assert steps[1].share.numerator == 81
    assert steps[-1].share.numerator == 45
    assert gone.n_never_came == 0
    assert curve.time.max() == 6
    assert np.isfinite([curve.survival, curve.se, curve.ci_low, curve.ci_high]).all()
    assert set(gone.person[gone.event]) <= set(gone_quiet(register, after=3).person)
