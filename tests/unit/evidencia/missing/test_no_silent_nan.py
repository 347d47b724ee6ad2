"""Tiny, tied, empty and one-sided data: a finite answer or a sentence, never anything else."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.missing import (
    STRATEGIES,
    Imputations,
    analyse_ancova,
    attrition_flow,
    attrition_gap,
    complete_case,
    extreme_value_bounds,
    impute_chained,
    impute_normal,
    impute_reference,
    lee_bounds,
    tipping_point,
    weighted_difference,
    who_left,
)

LOOKS = settings(max_examples=60)


@st.composite
def studies(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Up to 24 people, 1 to 3 waves, answers 0 to `top` (often tied), gaps of any pattern."""
    n, waves = draw(st.integers(1, 24)), draw(st.integers(1, 3))
    top = draw(st.sampled_from([0, 1, 3, 1000]))
    luck = np.random.default_rng(draw(st.integers(0, 10**6)))
    y = luck.integers(0, top + 1, (n, waves)).astype(float)
    y[luck.random((n, waves)) < draw(st.sampled_from([0.0, 0.2, 0.5, 0.9]))] = np.nan
    arm = luck.integers(0, draw(st.integers(1, 3)), n)
    x = luck.integers(0, draw(st.integers(1, 4)), (n, 1)).astype(float)
    return y, arm, x


def answered(call: Callable[[], Any]) -> Any:
    """Run with warnings as errors; None for a refusal, which must speak both languages."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return call()
        except Refusal as refusal:
            assert refusal.note.text("es")
            assert refusal.note.text("en")
            return None


def followed_up(imputations: Imputations, arm: np.ndarray, x: np.ndarray) -> None:
    assert np.isfinite(imputations.completed).all()
    control = arm.min()
    answered(lambda: analyse_ancova(imputations, arm, control=control, covariates=x))
    if len(np.unique(arm)) > 1:
        answered(
            lambda: tipping_point(
                imputations, arm, control=control, treated=arm.max(), deltas=[-1, 0, 1]
            )
        )


@LOOKS
@given(studies(), st.booleans())
def test_the_multivariate_normal(study: tuple[np.ndarray, ...], by_arm: bool) -> None:
    y, arm, x = study
    drawn = answered(
        lambda: impute_normal(y, arm, covariates=x, imputations=3, seed=1, by_arm=by_arm)
    )
    if drawn is not None:
        followed_up(drawn, arm, x)


@LOOKS
@given(studies(), st.booleans(), st.sampled_from(STRATEGIES))
def test_reference_based(study: tuple[np.ndarray, ...], by_arm: bool, strategy: Any) -> None:
    y, arm, x = study
    drawn = answered(
        lambda: impute_reference(
            y,
            arm,
            reference=arm.min(),
            strategy=strategy,
            covariates=x,
            baseline=x[:, 0],
            imputations=3,
            seed=1,
            by_arm=by_arm,
        )
    )
    if drawn is not None:
        followed_up(drawn, arm, x)


@LOOKS
@given(studies(), st.sampled_from(["normal", "pmm", "logistic"]))
def test_chained_equations(study: tuple[np.ndarray, ...], kind: Any) -> None:
    y, arm, x = study
    y = np.where(np.isnan(y), np.nan, y > 0) if kind == "logistic" else y
    kinds = ["normal"] + [kind] * y.shape[1]
    drawn = answered(
        lambda: impute_chained(
            np.column_stack([x, y]), kinds, arm=arm, imputations=3, seed=1, iterations=3
        )
    )
    if drawn is not None:
        followed_up(drawn, arm, x)


@LOOKS
@given(studies())
def test_weights_bounds_and_counts(study: tuple[np.ndarray, ...]) -> None:
    y, arm, x = study
    last, treated = y[:, -1], arm > 0

    answered(lambda: weighted_difference(last, treated, x))
    answered(lambda: weighted_difference(last, treated, x, cluster=np.arange(len(x)) // 4))
    answered(lambda: lee_bounds(last, treated, randomised=True))
    answered(lambda: extreme_value_bounds(last, treated, low=-1, high=1001, covariates=x))
    answered(lambda: complete_case(last, arm, control=arm.min(), covariates=x))
    answered(lambda: attrition_gap(~np.isnan(last), treated))
    assert attrition_flow(~np.isnan(y), arm).everyone.n == len(y)
    assert who_left(x, np.isnan(last), arm, ["x"]).rows


def test_a_silent_nan_would_be_noticed() -> None:
    gaps = Imputations(np.full((3, 4, 1), np.nan), np.ones((4, 1), dtype=bool), "wrong")

    with pytest.raises(AssertionError):
        followed_up(gaps, np.array([0, 0, 1, 1]), np.zeros((4, 0)))
