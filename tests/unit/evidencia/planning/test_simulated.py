"""Simulated studies find what the formulas say, and show what formulas cannot."""

from __future__ import annotations

from math import sqrt

import pytest

from evidencia import Refusal
from evidencia.planning import (
    PairedMeans,
    ParallelMeans,
    SteppedWedge,
    power,
    simulated_power,
)
from evidencia.simulate import Attrition, Design, Informant, Outcome, couple

SIGMAS = 4.0
TWO = ("T0", "T1")


def agree(simulated: float, expected: float, runs: int) -> bool:
    return abs(simulated - expected) < SIGMAS * sqrt(expected * (1 - expected) / runs)


def test_two_arms_find_what_the_formula_says() -> None:
    design = Design("parallel", 100, waves=TWO)
    found = simulated_power(design, Outcome("y", effect=-0.5, rho=0.6), runs=1_000, seed=1)
    expected = power(ParallelMeans((50, 50), baseline_correlation=0.6), -0.5).power

    assert agree(found.power, expected, 1_000)
    assert not agree(found.power, power(ParallelMeans((50, 50)), -0.5).power, 1_000)
    assert found.true_effect == pytest.approx(-0.5)


@pytest.mark.thorough
def test_attrition_at_random_costs_what_the_formula_says() -> None:
    design = Design("parallel", 200, waves=TWO)
    found = simulated_power(
        design,
        Outcome("y", effect=-0.4, rho=0.0),
        attrition=Attrition(share=0.4),
        runs=800,
        seed=2,
    )
    assert agree(found.power, power(ParallelMeans((100, 100), attrition=0.4), -0.4).power, 800)


def test_before_and_after_finds_what_the_formula_says() -> None:
    found = simulated_power(
        Design("single_arm", 30, waves=TWO), Outcome("y", effect=-0.5, rho=0.5), runs=800, seed=3
    )
    assert agree(found.power, power(PairedMeans(30, correlation=0.5), -0.5).power, 800)


def test_clusters_find_what_the_formula_says() -> None:
    design = Design("repeated_cross_section", 200, waves=TWO, clusters=20)
    outcome = Outcome("y", effect=-0.5, icc=0.1, cluster_autocorrelation=0.0, rho=0.0)
    found = simulated_power(design, outcome, runs=600, seed=4)
    # Change from an unrelated earlier sample: twice the variance of one wave.
    twice = ParallelMeans((100, 100), sd=sqrt(2), icc=0.1, clusters=(10, 10))

    assert agree(found.power, power(twice, -0.5).power, 600)


def test_a_stepped_wedge_finds_what_hussey_and_hughes_say() -> None:
    design = Design("stepped_wedge", 120, waves=("T0", "T1", "T2", "T3", "T4"), clusters=12)
    outcome = Outcome("y", effect=-0.35, icc=0.05, rho=0.0)
    found = simulated_power(design, outcome, runs=100, seed=5)

    assert agree(found.power, power(SteppedWedge(12, 4, 10, icc=0.05), -0.35).power, 100)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["parallel", "waitlist", "cluster_parallel", "stepped_wedge"])
def test_without_an_effect_false_alarms_are_as_many_as_agreed(kind: str) -> None:
    design = Design(kind, 96, waves=("T0", "T1", "T2", "T3"), clusters=12)  # type: ignore[arg-type]
    if kind in ("parallel", "waitlist"):
        design = Design(kind, 96, waves=("T0", "T1", "T2", "T3"))  # type: ignore[arg-type]
    runs = 100 if kind == "stepped_wedge" else 400
    found = simulated_power(design, Outcome("y", icc=0.05 * design.by_cluster), runs=runs, seed=6)

    assert agree(found.power, 0.05, runs)
    assert found.notes[0].code == "planning.false_alarms"


@pytest.mark.thorough
def test_a_wedge_of_answers_that_lean_gives_no_more_false_alarms_than_agreed() -> None:
    """With the variances of the variable behind the answers taken as known they were 9 of 100."""
    score = Outcome(
        "y", "score", items=24, shares=(0.55, 0.2, 0.15, 0.1), icc=0.05,
        cluster_autocorrelation=0.8, trend=-0.12,
    )  # fmt: skip
    teller = Informant("partner", reach=0.39, noise=3.0)
    waves = ("T0", "T1", "T2", "T3", "T4")
    design = Design("stepped_wedge", 130, waves, clusters=8, cluster_cv=0.3)
    found = simulated_power(
        design,
        score,
        informant=teller,
        attrition=Attrition("mar", 0.25, slope=0.6),
        runs=600,
        seed=10,
    )

    assert found.power < 0.05 + 3 * sqrt(0.05 * 0.95 / 600)


def test_a_man_who_tells_less_once_inside_looks_like_an_effect() -> None:
    man, partner = couple()
    design = Design("parallel", 200, waves=TWO)
    outcome = Outcome("physical", "binary", baseline=0.85)
    his = simulated_power(design, outcome, informant=man, runs=200, seed=7)
    hers = simulated_power(design, outcome, informant=partner, runs=200, seed=7)

    assert his.power > 0.9  # false alarms: the programme does nothing here
    assert hers.power < 0.15
    assert "planning.misleading" in [note.code for note in his.notes]
    assert "planning.misleading" not in [note.code for note in hers.notes]


def test_the_same_seed_gives_the_same_answer() -> None:
    design, outcome = Design("parallel", 20, waves=TWO), Outcome("y", effect=1.0)

    one = simulated_power(design, outcome, runs=20, seed=8)
    assert one == simulated_power(design, outcome, runs=20, seed=8)
    assert one.monte_carlo_error == pytest.approx(sqrt(one.power * (1 - one.power) / 20))


def test_studies_without_anybody_left_count_and_are_told() -> None:
    design = Design("parallel", 6, waves=TWO)
    some = simulated_power(design, Outcome("y"), attrition=Attrition(share=0.5), runs=50, seed=9)
    assert 0 < some.unanswered < 50
    assert "planning.unanswered" in [note.code for note in some.notes]
    with pytest.raises(Refusal):
        simulated_power(Design("parallel", 2, waves=TWO), Outcome("y"), runs=5, seed=9)
