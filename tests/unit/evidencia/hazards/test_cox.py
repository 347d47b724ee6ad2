"""Cox: invariants, the likelihood by brute force, and defined answers at the edges.

ROUNDING: the same sums in another order, magnified by the conditioning of the information.
"""

from __future__ import annotations

from itertools import permutations
from math import exp, factorial, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from evidencia import Refusal
from evidencia.hazards import cox, proportional_hazards
from evidencia.hazards._partial import score_residuals

ROUNDING = 1e-7


def trial(seed: int, n: int = 60) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.arange(n) % 2, rng.normal(size=n)]).astype(float)
    end = np.ceil(rng.exponential(6 * np.exp(0.4 * x[:, 0] - 0.3 * x[:, 1])))
    limit = rng.integers(3, 12, n)
    return np.minimum(end, limit), (end <= limit).astype(int), x


def refusal_of(*args: object, **more: object) -> str:
    with pytest.raises(Refusal) as refusal:
        cox(*args, **more)  # type: ignore[arg-type]
    return refusal.value.note.code


def efron(beta: float, time: list[int], event: list[int], x: list[int]) -> float:
    total = 0.0
    for at in sorted({t for t, e in zip(time, event, strict=True) if e}):
        risk = sum(exp(beta * v) for t, v in zip(time, x, strict=True) if t >= at)
        tied = [v for t, e, v in zip(time, event, x, strict=True) if t == at and e]
        own = sum(exp(beta * v) for v in tied)
        for k, v in enumerate(tied):
            total += beta * v - log(risk - k / len(tied) * own)
    return total


def test_the_maximum_is_that_of_the_likelihood_written_out() -> None:
    time, event = [1, 2, 2, 2, 3, 4, 4, 5], [1, 1, 1, 0, 1, 1, 1, 0]
    x = [1, 0, 1, 1, 0, 0, 1, 0]
    fit = cox(time, event, x)
    best = minimize_scalar(
        lambda b: -efron(b, time, event, x),
        bounds=(-4, 4),
        method="bounded",
        options={"xatol": 1e-10},
    )

    assert fit.log_likelihood == pytest.approx(-best.fun, abs=ROUNDING)
    assert fit.coefficients[0] == pytest.approx(best.x, abs=1e-5)


def test_without_ties_the_likelihood_is_the_chance_of_the_order_seen() -> None:
    """At zero every order is as likely: one of n! (all orders counted)."""
    time = [3, 1, 4, 2]
    orders = sum(1 for _ in permutations(time))

    assert orders == factorial(4)
    assert cox(time, [1] * 4, [0, 1, 1, 0]).log_likelihood_null == pytest.approx(-log(orders))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_row_order_units_of_time_and_arm_labels_do_not_matter(seed: int) -> None:
    time, event, x = trial(seed)
    mixed = np.random.default_rng(seed).permutation(time.size)
    fit = cox(time, event, x)
    same = cox(7.5 * time[mixed], event[mixed], x[mixed])
    flipped = cox(time, event, np.column_stack([1 - x[:, 0], 10 * x[:, 1]]))

    assert same.coefficients == pytest.approx(fit.coefficients, abs=ROUNDING)
    assert flipped.coefficients == pytest.approx(
        [-fit.coefficients[0], fit.coefficients[1] / 10], abs=ROUNDING
    )
    assert flipped.covariance[0, 0] == pytest.approx(fit.covariance[0, 0], rel=ROUNDING)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_score_residuals_add_up_to_zero(seed: int) -> None:
    time, event, x = trial(seed)
    entry = np.where(time > 2, np.arange(time.size) % 2, 0).astype(float)
    fit = cox(time, event, x, entry=entry, strata=np.arange(time.size) % 3)

    assert score_residuals(fit.fit).sum(axis=0) == pytest.approx([0, 0], abs=ROUNDING)


def test_everybody_entering_at_zero_is_nobody_entering_late() -> None:
    time, event, x = trial(3)
    late = cox(time, event, x, entry=np.zeros(time.size))

    assert late.coefficients == pytest.approx(cox(time, event, x).coefficients, abs=ROUNDING)


def test_each_person_as_a_cluster_gives_a_variance_near_that_of_the_model() -> None:
    time, event, x = trial(5, n=2000)
    fit = cox(time, event, x, cluster=np.arange(2000))
    ratio = np.diag(fit.covariance) / np.diag(fit.covariance_model)

    assert ratio == pytest.approx([1, 1], rel=0.15)
    assert fit.effect("x1").df == 1999


def test_doubling_everybody_in_clusters_leaves_the_sandwich_and_halves_the_model() -> None:
    time, event, x = trial(6)
    spread = time + 0.001 * np.arange(time.size)  # no ties, so that a double is a tie of two
    twice = [np.repeat(v, 2, axis=0) for v in (spread, event, x)]
    once = cox(spread, event, x, cluster=np.arange(60))
    doubled = cox(*twice, cluster=np.repeat(np.arange(60), 2))

    assert np.diag(doubled.covariance) == pytest.approx(np.diag(once.covariance), rel=0.1)
    assert np.diag(doubled.covariance_model) == pytest.approx(
        np.diag(once.covariance_model) / 2, rel=0.1
    )


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (([], [], np.zeros((0, 1))), "refusal.nobody_followed"),
        (([1, 2, 3], [0, 0, 0], [0, 1, 0]), "hazards.no_events"),
        (([1, 2, 3], [1, 1, 0], [1, 1, 1]), "hazards.singular"),
        (([1, 2, 3, 4], [1, 1, 1, 1], [[0, 1], [1, 0], [0, 1], [1, 0]]), "hazards.singular"),
        (([1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 0, 0]), "hazards.separation"),
        (([1, 2, 3, 4, 5, 6], [1, 0, 1, 0, 1, 0], [1, 0, 1, 0, 1, 0]), "hazards.separation"),
    ],
)
def test_where_there_is_no_honest_ratio_a_sentence_is_given(
    args: tuple[list[int], list[int], list[int]], code: str
) -> None:
    assert refusal_of(*args) == code


@pytest.mark.parametrize("n", [30, 400])
def test_an_arm_without_events_is_refused_at_any_size(n: int) -> None:
    time, _, x = trial(8, n=n)

    assert refusal_of(time, (x[:, 0] == 0).astype(int), x) == "hazards.separation"


def test_one_event_in_the_other_arm_is_enough_for_a_ratio() -> None:
    """Seeded defect's twin: the refusal must not swallow a large but finite ratio."""
    time, _, x = trial(8, n=400)
    event = (x[:, 0] == 0).astype(int)
    event[np.flatnonzero(x[:, 0] == 1)[5]] = 1
    fit = cox(time, event, x)

    assert -8 < fit.coefficients[0] < -3
    assert np.isfinite(fit.effect("x1").ci_low)


def test_one_cluster_is_refused_and_few_are_said() -> None:
    time, event, x = trial(9)

    assert refusal_of(time, event, x, cluster=["a"] * 60) == "hazards.one_cluster"
    assert refusal_of(time, event, x, cluster=np.arange(60) % 2) == (
        "hazards.clusters_and_covariates"
    )
    codes = {note.code for note in cox(time, event, x, cluster=np.arange(60) % 8).notes}
    assert "hazards.few_clusters" in codes


def test_an_arm_of_one_cluster_has_no_effect_but_the_other_covariates_do() -> None:
    time, event, x = trial(9)
    x[:, 0] = np.arange(60) // 10 == 0
    fit = cox(time, event, x, names=["arm", "score"], cluster=np.arange(60) // 10)

    assert fit.in_one_cluster == ("arm",)
    assert fit.effect("score").n_clusters == 6
    with pytest.raises(Refusal) as refusal:
        fit.effect("arm")
    assert refusal.value.note.code == "hazards.one_cluster_per_arm"


def test_few_events_for_the_covariates_are_said() -> None:
    fit = cox([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 0, 0], [1, 0, 0, 1, 0, 1])

    assert {note.code for note in fit.notes} == {"hazards.few_events"}


def test_events_at_one_time_leave_nothing_to_check() -> None:
    fit = cox([2, 2, 2, 3, 3, 3], [1, 1, 1, 0, 0, 0], [1, 0, 0, 1, 0, 1])

    with pytest.raises(Refusal) as refusal:
        proportional_hazards(fit)
    assert refusal.value.note.code == "hazards.one_event_time"


def test_a_ratio_that_turns_round_is_noticed_and_a_steady_one_is_not() -> None:
    rng = np.random.default_rng(11)
    arm = np.repeat([0, 1], 300)
    early, late = rng.exponential(5, 600), rng.exponential(5, 600)
    steady = np.where(arm == 1, early * 1.5, early)
    turning = np.where(arm == 1, np.where(late > 2, 2 + (late - 2) / 6, late * 1.0), early)

    def seen(time: np.ndarray) -> set[str]:
        check = proportional_hazards(cox(time, np.ones(600, dtype=int), arm))
        return {note.code for note in check.notes}

    assert seen(turning) == {"hazards.not_proportional"}
    assert seen(steady) == set()


def test_an_unknown_name_or_shape_is_a_mistake_of_the_caller() -> None:
    time, event, x = trial(1)

    with pytest.raises(ValueError, match="no covariate 'arm'"):
        cox(time, event, x).effect("arm")
    with pytest.raises(ValueError, match="one row per person"):
        cox(time, event, x[:10])
    with pytest.raises(ValueError, match="missing"):
        cox(time, event, np.where(x > 2, np.nan, x) * np.nan)
