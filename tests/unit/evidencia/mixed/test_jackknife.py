"""The error by leaving out circles or people: by hand, and where the model's own is too small."""

from __future__ import annotations

import numpy as np
import pytest

from evidencia.mixed import MMRM, mmrm

CIRCLES, MEN, WAVES = 10, 12, 3


def told(seed: int, *, shared: float = 0.0, lost: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Answers that lean, of men in circles; who told of more is lost more."""
    rng = np.random.default_rng(seed)
    circle = np.repeat(np.arange(CIRCLES), MEN)
    y = rng.exponential(1.0, (circle.size, 1)) * rng.exponential(1.0, (circle.size, WAVES))
    y += shared * rng.normal(0, 1, (CIRCLES, WAVES))[circle]
    for t in range(1, WAVES):
        gone = np.isnan(y[:, t - 1]) | (rng.random(circle.size) < lost * (y[:, t - 1] > 1.0))
        y[gone, t:] = np.nan
    return y, circle.astype(str)


def change(fit: MMRM) -> tuple[float, float, float]:
    effect = fit.change(fit.arms[0], WAVES - 1, 0)
    assert effect.se is not None
    assert effect.df is not None
    return effect.estimate, effect.se, effect.df


def test_without_each_circle_it_is_fitted_again() -> None:
    y, circle = told(1, shared=0.3, lost=0.3)
    estimate, se, df = change(mmrm(y, error="jackknife", group=circle))
    each = [change(mmrm(y[circle != one]))[0] for one in np.unique(circle)]
    by_hand = np.sqrt((CIRCLES - 1) / CIRCLES * ((np.array(each) - np.mean(each)) ** 2).sum())

    assert estimate == pytest.approx(change(mmrm(y))[0], rel=1e-12)
    assert se == pytest.approx(by_hand, rel=1e-6)
    assert df == CIRCLES - 1


def test_of_complete_answers_it_is_students_t() -> None:
    """Without a gap the change is a mean, and its jackknife the error of a mean."""
    y, _ = told(2)
    gone = y[:, -1] - y[:, 0]
    estimate, se, _ = change(mmrm(y, error="jackknife"))

    assert estimate == pytest.approx(gone.mean(), rel=1e-9)
    assert se == pytest.approx(gone.std(ddof=1) / np.sqrt(gone.size), rel=1e-3)


def test_covariates_weights_and_units_go_with_it() -> None:
    y, circle = told(3, lost=0.2)
    rng = np.random.default_rng(3)
    age, heavy = rng.normal(35, 8, len(y)), rng.uniform(0.5, 2, len(y))
    one = change(mmrm(y, covariates=age, weights=heavy, error="jackknife", group=circle))
    order = rng.permutation(len(y))
    again = mmrm(
        100 * y[order] - 7,
        covariates=age[order] / 12,
        weights=heavy[order],
        error="jackknife",
        group=circle[order],
    )

    assert change(again) == pytest.approx((100 * one[0], 100 * one[1], one[2]), rel=1e-6)


def test_many_people_are_left_out_in_lots_whatever_their_order() -> None:
    y = np.vstack([told(seed, lost=0.2)[0] for seed in range(4, 8)])
    _, se, df = change(mmrm(y, error="jackknife"))
    _, same, _ = change(mmrm(y[::-1], error="jackknife"))

    assert df <= 199
    assert same == pytest.approx(se, rel=1e-9)
    assert se == pytest.approx(change(mmrm(y))[1], rel=0.5)


@pytest.mark.parametrize(
    ("groups", "code"),
    [(None, "person"), (CIRCLES, "circle"), (4, "few_circles"), (1, "few_circles")],
)
def test_the_result_says_what_was_left_out(groups: int | None, code: str) -> None:
    y, _ = told(5, lost=0.3)
    named = None if groups is None else (np.arange(len(y)) % groups).astype(str)
    effect = mmrm(y, error="jackknife", group=named).change("1", WAVES - 1, 0)

    assert [note.code for note in effect.notes] == [
        f"mixed.error_{'by_' if code != 'few_circles' else ''}{code}"
    ]
    assert effect.n_clusters == (CIRCLES if code == "circle" else None)


def test_what_cannot_be_fitted_without_somebody_keeps_the_error_of_the_model() -> None:
    y, _ = told(6)
    y = y[:8]
    y[2:, -1] = np.nan
    effect = mmrm(y, error="jackknife").change("1", 1, 0)

    assert effect.notes[-1].code.startswith("mixed.error_")


@pytest.mark.thorough
def test_it_is_as_large_as_estimates_differ_where_the_models_own_is_too_small() -> None:
    """Who told of more is lost, answers lean, circles move together: 150 studies."""
    own, theirs, found = [], [], []
    for seed in range(150):
        y, circle = told(1000 + seed, shared=0.3, lost=0.5)
        estimate, se, _ = change(mmrm(y, error="jackknife", group=circle))
        found.append(estimate)
        own.append(se)
        theirs.append(change(mmrm(y))[1])
    spread = np.std(found, ddof=1)
    # A standard deviation of 150 studies is known to 6 %, three times that is chance.
    assert np.sqrt(np.mean(np.square(own))) / spread == pytest.approx(1.0, abs=0.18)
    assert np.sqrt(np.mean(np.square(theirs))) / spread < 0.82
