"""Wilson's interval, exact limits and quartiles against R.

R_TOLERANCE: closed formulas on both sides, 15 digits written. EXACT_TOLERANCE: R finds the limits
of binom.test through the incomplete beta function, good to about 1e-10.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evidencia import AttendanceMatrix, kaplan_meier, summarise_dose, wilson

R_TOLERANCE = 1e-12
EXACT_TOLERANCE = 1e-9

BASELINES = Path(__file__).parent / "r"


def rows(file: str) -> list[dict[str, float]]:
    with (BASELINES / file).open(newline="") as handle:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(handle)]


@pytest.mark.parametrize("row", rows("shares.csv"))
def test_the_wilson_interval_is_that_of_prop_test(row: dict[str, float]) -> None:
    low, high = wilson(int(row["x"]), int(row["n"]), row["level"])

    assert low == pytest.approx(row["low"], rel=R_TOLERANCE, abs=R_TOLERANCE)
    assert high == pytest.approx(row["high"], rel=R_TOLERANCE)


@pytest.mark.parametrize("row", [row for row in rows("shares.csv") if row["x"] == row["n"]])
def test_with_nobody_gone_the_lower_limit_is_that_of_binom_test(row: dict[str, float]) -> None:
    n = int(row["n"])
    curve = kaplan_meier(np.full(n, 9), np.zeros(n), level=row["level"])

    assert curve.ci_low[-1] == pytest.approx(row["exact_low"], rel=EXACT_TOLERANCE)
    assert curve.ci_high[-1] == 1.0


@pytest.mark.parametrize("row", [row for row in rows("shares.csv") if row["x"] == 0])
def test_with_all_gone_at_once_the_upper_limit_is_that_of_binom_test(
    row: dict[str, float],
) -> None:
    n = int(row["n"])
    curve = kaplan_meier(np.full(n, 9), np.ones(n), level=row["level"])

    assert curve.ci_low[-1] == 0.0
    assert curve.ci_high[-1] == pytest.approx(row["exact_high"], rel=EXACT_TOLERANCE)


def test_mean_spread_and_quartiles_are_those_of_r() -> None:
    attended = np.array([1, 1, 2, 3, 3, 4, 5, 8, 9, 9, 9])
    marks = (np.arange(9) < attended[:, None]).astype(np.int8)
    meetings = summarise_dose(AttendanceMatrix(marks, np.ones(9, np.int64))).meetings
    (expected,) = rows("spread.csv")

    for name in ("n", "mean", "sd", "q1", "median", "q3"):
        assert getattr(meetings, name) == pytest.approx(expected[name], rel=R_TOLERANCE)
