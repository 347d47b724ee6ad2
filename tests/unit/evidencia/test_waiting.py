"""What one group waited: Kaplan–Meier by a day and for half of them, in words, and what leaves."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from evidencia.analysis import evaluate
from evidencia.estimate import Estimate
from evidencia.findings import find
from evidencia.frames import read_frame
from evidencia.leaving import leaving
from evidencia.plans import read_plan
from evidencia.publishing import RELEASED
from evidencia.report import document, html
from evidencia.results import Result, as_json, read_result

PLAN = b"""
[study]
title = "T"
question = "Q"
design = "single_arm"
[data]
unit = "unit"
wave = "wave"
waves = ["T0", "T3"]
informant = "informant"
[[outcome]]
name = "space"
label = "space"
kind = "continuous"
informant = "ellas"
primary = true
[[outcome]]
name = "days"
label = "days until the first service"
kind = "time_to_event"
event = "happened"
"""


def result(waits: list[tuple[float | None, int]]) -> Result:
    """An evaluation of women who waited so many days, served (1) or not yet (0); None: no time."""
    rng = np.random.default_rng(3)
    rows = [
        {
            "unit": f"u{n:03}",
            "wave": wave,
            "informant": "ellas",
            "space": f"{rng.normal(2 + at, 1):.2f}",
            "days": "" if days is None or at else f"{days:g}",
            "happened": "" if days is None or at else str(served),
        }
        for n, (days, served) in enumerate(waits)
        for at, wave in enumerate(("T0", "T3"))
    ]
    plan = read_plan(PLAN)
    return evaluate(plan, read_frame(pl.DataFrame(rows, infer_schema_length=None), plan))


def of(found: Result | None, contrast: str) -> Estimate | None:
    assert found is not None
    mine = [e for e in found.estimates if (e.outcome, e.contrast) == ("days", contrast)]
    return mine[0] if mine else None


def test_without_censoring_the_curve_is_the_plain_share() -> None:
    waits: list[tuple[float | None, int]] = [(float(n), 1) for n in range(1, 101)]
    found = result(waits)
    thirty, ninety, half = (of(found, name) for name in ("≤ 30", "≤ 90", "50 %"))
    assert thirty is not None
    assert ninety is not None
    assert half is not None
    assert thirty.effect.estimate == pytest.approx(0.30)
    assert ninety.effect.estimate == pytest.approx(0.90)
    assert half.effect.estimate == 50
    # R: survfit(Surv(1:100, rep(1, 100)) ~ 1, conf.type = "log-log"), summary at 30.
    z, s = 1.959964, 0.7
    spread = np.exp(z * np.sqrt(0.3 / (100 * 0.7)) / -np.log(s))
    assert (thirty.effect.ci_low, thirty.effect.ci_high) == pytest.approx(
        (1 - s ** (1 / spread), 1 - s**spread), abs=1e-4
    )
    assert (thirty.informant, thirty.role, thirty.effect.p) == (None, "descriptive", None)


def test_who_came_lately_counts_until_she_was_last_seen_and_who_has_no_time_is_missing() -> None:
    # Four seen to the end, half of them served on day 10; four more were seen five days alone.
    waits: list[tuple[float | None, int]] = [(10, 1), (10, 1), (100, 0), (100, 0), *[(5, 0)] * 4]
    found = result([*waits, (None, 0), (None, 0)])
    thirty = of(found, "≤ 30")
    assert thirty is not None
    assert thirty.effect.estimate == pytest.approx(0.5)  # and not 2 of 8
    assert (thirty.effect.n_units, thirty.effect.n_obs) == (8, 4)
    (step,) = [one for one in found.flow.steps if one.outcome == "days"]
    assert (step.n_expected, step.n_observed) == (10, 8)


@pytest.mark.parametrize(
    ("waits", "gone"),
    [
        ([(5.0, 0)] * 30, ("≤ 30", "≤ 90", "50 %")),  # nobody was seen for so long
        ([(200.0, 0)] * 30, ("50 %",)),  # nobody had it
        ([(None, 0)] * 30, ("≤ 30", "≤ 90", "50 %")),  # nobody asked for anything
    ],
)
def test_what_was_not_seen_is_refused(
    waits: list[tuple[float | None, int]], gone: tuple[str, ...]
) -> None:
    found = result(waits)
    assert [name for name in ("≤ 30", "≤ 90", "50 %") if of(found, name) is None] == list(gone)
    none = of(found, "≤ 30")
    if none is not None:
        assert (none.effect.estimate, none.effect.ci_low) == (0.0, 0.0)
        assert 0 < none.effect.ci_high < 0.2


def test_what_leaves_is_cut_to_so_many_people_and_to_no_ones_day() -> None:
    waits: list[tuple[float | None, int]] = [
        *[(float(n % 29), 1) for n in range(24)],
        *[(31.0 + n, 1) for n in range(18)],
        *[(150.0, 0)] * 18,
    ]
    left = leaving(result(waits))
    assert left is not None
    thirty, ninety, half = (of(left, name) for name in ("≤ 30", "≤ 90", "50 %"))
    assert thirty is not None
    assert ninety is not None
    assert half is not None
    step = RELEASED.base / (2 * 60)
    assert abs(thirty.effect.estimate - 0.4) <= step
    assert thirty.effect.estimate / step == pytest.approx(
        round(thirty.effect.estimate / step), abs=0.05
    )
    assert (thirty.effect.n_units, thirty.effect.n_obs) == (60, 60)
    assert half.effect.estimate % RELEASED.base == 0
    said = [one for one in find(left) if one.code == "findings.waiting"]
    assert len(said) == 1
    # Ten steps of half of five people among sixty; four of ten in truth.
    assert "42 %" in said[0].may_say[0].text("es")
    assert read_result(as_json(left)).estimates == left.estimates
    page = html(document(left))
    assert "Kaplan–Meier" in page


@pytest.mark.parametrize(
    ("waits", "stays"),
    [
        # Few had it by the first day: the first number goes, and the second stands for all.
        ([*[(3.0, 1)] * 9, *[(40.0, 1)] * 20, *[(150.0, 0)] * 20], {"≤ 90", "50 %"}),
        # Between the two days too few had it: subtracted, they would be told.
        ([*[(3.0, 1)] * 25, *[(40.0, 1)] * 6, *[(150.0, 0)] * 20], {"≤ 30", "50 %"}),
        # So few still wait that they would be told.
        ([*[(3.0, 1)] * 40, *[(150.0, 0)] * 5], {"50 %"}),
        # Enough on each side, if only those who were not seen so long stood there.
        ([*[(3.0, 1)] * 8, *[(150.0, 0)] * 8, *[(2.0, 0)] * 30], set()),
    ],
)
def test_few_on_either_side_are_told_by_no_number(
    waits: list[tuple[float | None, int]], stays: set[str]
) -> None:
    left = leaving(result(waits))
    assert left is not None
    assert {e.contrast for e in left.estimates if e.outcome == "days"} == stays
