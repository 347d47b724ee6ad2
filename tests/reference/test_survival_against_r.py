"""Kaplan–Meier against R's survfit and against the published table of 6-MP.

Tolerances. R_TOLERANCE: both sides compute the same closed formulas in double precision and R
writes 15 significant digits, so nothing but rounding may differ. PUBLISHED: the table was printed
with three decimals.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from evidencia import KaplanMeier, kaplan_meier

R_TOLERANCE = 1e-12
PUBLISHED = 0.0005 + 1e-9

BASELINES = Path(__file__).parent / "r"
CASES = ("aml", "six_mp", "placebo", "ties", "late", "four")
LEVELS = (0.95, 0.80)


def rows(file: str, **where: str) -> list[dict[str, str]]:
    with (BASELINES / file).open(newline="") as handle:
        return [row for row in csv.DictReader(handle) if where.items() <= row.items()]


def number(text: str) -> float:
    return float(text) if text else np.nan


def column(table: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([number(row[name]) for row in table])


def ours(case: str, level: float) -> KaplanMeier:
    table = rows("cases.csv", case=case)
    entry = column(table, "entry")
    return kaplan_meier(
        column(table, "time"),
        column(table, "event"),
        None if np.isnan(entry).all() else entry,
        level,
    )


def same(left: np.ndarray, right: np.ndarray) -> bool:
    return np.allclose(left, right, rtol=R_TOLERANCE, atol=R_TOLERANCE)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("case", CASES)
def test_the_curve_is_that_of_survfit(case: str, level: float) -> None:
    theirs = rows("curves.csv", case=case, level=f"{level:g}")
    curve = ours(case, level)

    assert theirs
    assert same(curve.time, column(theirs, "time"))
    assert same(curve.n_at_risk, column(theirs, "n_risk"))
    assert same(curve.n_event, column(theirs, "n_event"))
    assert same(curve.n_censored, column(theirs, "n_censor"))
    assert same(curve.survival, column(theirs, "survival"))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("case", CASES)
def test_error_and_limits_are_those_of_survfit_where_it_gives_any(case: str, level: float) -> None:
    theirs = rows("curves.csv", case=case, level=f"{level:g}")
    curve = ours(case, level)
    inside = (curve.survival > 0) & (curve.survival < 1)

    assert inside.any()
    assert same(curve.se[inside], column(theirs, "se")[inside])
    assert same(curve.ci_low[inside], column(theirs, "low")[inside])
    assert same(curve.ci_high[inside], column(theirs, "high")[inside])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("case", [case for case in CASES if case != "four"])
def test_the_median_and_its_limits_are_those_of_survfit(case: str, level: float) -> None:
    (theirs,) = rows("medians.csv", case=case, level=f"{level:g}")
    curve = ours(case, level)

    got = (curve.median, curve.median_ci_low, curve.median_ci_high)
    expected = tuple(float(theirs[k]) if theirs[k] else None for k in ("median", "low", "high"))
    assert got == expected


def test_a_curve_level_at_one_half_has_its_median_where_the_level_begins() -> None:
    """The one declared difference: survfit reports the middle of the step (4)."""
    (theirs,) = rows("medians.csv", case="four", level="0.95")

    assert float(theirs["median"]) == 4.0
    assert ours("four", 0.95).median == 3.0


def test_the_table_of_6_mp_is_the_published_one() -> None:
    """Freireich et al. (1963); the values as printed in Kalbfleisch & Prentice and many texts."""
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    curve = ours("six_mp", 0.95)
    at_events = curve.n_event > 0

    assert dict.fromkeys(curve.time[at_events].astype(int)) == dict.fromkeys(published)
    assert np.allclose(curve.survival[at_events], list(published.values()), atol=PUBLISHED, rtol=0)
    assert curve.median == 23


def test_a_curve_that_ignores_ties_of_events_and_censorings_would_be_noticed() -> None:
    """Seeded defect: censorings counted before events at the same time."""
    table = rows("cases.csv", case="six_mp")
    time, event = column(table, "time"), column(table, "event")
    wrong = kaplan_meier(np.where(event == 1, time + 0.5, time), event)
    theirs = rows("curves.csv", case="six_mp", level="0.95")

    assert abs(wrong.survival[wrong.n_event > 0][0] - number(theirs[0]["survival"])) > 1e-3
