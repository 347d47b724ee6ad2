"""Power against R: power.t.test, power.prop.test, and a stepped wedge by full least squares.

POWER_TOLERANCE: a noncentral F on our side, a noncentral t on R's, which sums to 1e-12.
EFFECT_TOLERANCE: R was asked for roots to 1e-12, and stops at the flat of its own function.
CLOSED_TOLERANCE: a closed formula against an inverted matrix.
"""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

import pytest

from evidencia.planning import (
    PairedMeans,
    ParallelMeans,
    ParallelShares,
    SteppedWedge,
    design_effect,
    people_needed,
    power,
    smallest_effect,
)

POWER_TOLERANCE = 1e-11
EFFECT_TOLERANCE = 1e-8
CLOSED_TOLERANCE = 1e-12

BASELINES = Path(__file__).parent / "r"


def rows(file: str) -> list[dict[str, float]]:
    with (BASELINES / file).open(newline="") as handle:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(handle)]


@pytest.mark.parametrize("row", rows("planning_means.csv"))
def test_power_for_means_is_that_of_power_t_test(row: dict[str, float]) -> None:
    n, sd = int(row["n"]), row["sd"]
    two = power(ParallelMeans((n, n), sd), row["delta"], row["alpha"])
    one = power(PairedMeans(n, sd / sqrt(2), correlation=0.0), row["delta"], row["alpha"])
    least = smallest_effect(ParallelMeans((n, n), sd), 0.8, row["alpha"])

    assert two.power == pytest.approx(row["two"], abs=POWER_TOLERANCE)
    assert one.power == pytest.approx(row["paired"], abs=POWER_TOLERANCE)
    assert least.effect == pytest.approx(row["detectable"], rel=EFFECT_TOLERANCE)


@pytest.mark.parametrize("row", rows("planning_shares.csv"))
def test_power_for_shares_is_that_of_power_prop_test(row: dict[str, float]) -> None:
    n = int(row["n"])
    design = ParallelShares((n, n), row["p0"])
    effect = row["p1"] - row["p0"]

    assert power(design, effect, row["alpha"]).power == pytest.approx(
        row["power"], abs=POWER_TOLERANCE
    )
    assert people_needed(design, effect, 0.8, row["alpha"]) == row["needed"]


@pytest.mark.parametrize("row", rows("planning_wedges.csv"))
def test_a_stepped_wedge_has_the_error_of_full_least_squares(row: dict[str, float]) -> None:
    design = SteppedWedge(
        int(row["clusters"]), int(row["steps"]), int(row["n"]), row["sd"], row["icc"]
    )

    assert sqrt(design.variance()) == pytest.approx(row["se"], rel=CLOSED_TOLERANCE)


@pytest.mark.parametrize(
    ("clusters", "steps", "n", "icc"), [(24, 4, 100, 0.05), (6, 3, 10, 0.1), (12, 6, 7, 0.2)]
)
def test_a_stepped_wedge_has_the_design_effect_of_woertman(
    clusters: int, steps: int, n: int, icc: float
) -> None:
    """Woertman et al. (2013, J. Clin. Epidemiol. 66, 752–758), one measurement after each step.

    Their design effect multiplies the people of an unclustered trial in which everybody is
    measured once, half in each arm; a stepped wedge measures each of them at every wave.
    """
    k = steps
    effect = (1 + icc * (k * n + n - 1)) / (1 + icc * (k * n / 2 + n - 1))
    effect *= 3 * (1 - icc) / (2 * (k - 1 / k))
    unclustered = 4 / (clusters * n)

    assert SteppedWedge(clusters, steps, n, 1.0, icc).variance() == pytest.approx(
        effect * unclustered, rel=CLOSED_TOLERANCE
    )


def test_the_published_rules_of_thumb_hold() -> None:
    """2.8 standard errors for 80 %: paired 2.8/√n, two arms 2.8·√(2/n); ten a group and 0.05."""
    for n in (30, 50, 100, 200):
        assert smallest_effect(ParallelMeans((n, n))).effect == pytest.approx(
            2.8 * sqrt(2 / n), abs=0.015
        )
        paired = smallest_effect(PairedMeans(n, correlation=0.5)).effect
        assert paired == pytest.approx(2.8 / sqrt(n), abs=0.025)
    assert design_effect(10, 0.05) == pytest.approx(1.45)
