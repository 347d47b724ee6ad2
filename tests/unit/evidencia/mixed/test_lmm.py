"""Nested random intercepts against full matrices, and their edges.

DENSE: derivatives of the reference by central differences; V is linear, so they are nearly exact.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.evidencia.mixed.dense import differences, kenward_roger, minus2

from evidencia import Refusal
from evidencia.mixed import LMM, lmm, mmrm
from evidencia.mixed.nested import climb, nest

DENSE = 1e-6


class Rows:
    """Men in groups in sites, unbalanced."""

    def __init__(self, seed: int = 2, sites: int = 5, spread: float = 1.5) -> None:
        rng = np.random.default_rng(seed)
        site, group, man = [], [], []
        for s in range(sites):
            for g in range(rng.integers(1, 4)):
                for m in range(rng.integers(2, 6)):
                    for _ in range(rng.integers(1, 5)):
                        site.append(s)
                        group.append(g)
                        man.append(m)
        self.site = np.array(site)
        self.group = self.site * 100 + np.array(group)
        self.man = self.group * 100 + np.array(man)
        n = len(site)
        self.x = np.column_stack((np.ones(n), self.group % 2, rng.normal(30, 8, n)))
        self.y = self.x @ [10.0, -1.0, 0.1] + rng.normal(0, 2, n)
        for label in (self.site, self.group, self.man):
            values, at = np.unique(label, return_inverse=True)
            self.y += rng.normal(0, spread, len(values))[at]
        self.groups = [self.man, self.group, self.site]


def codes(labels: list[np.ndarray]) -> list[np.ndarray]:
    return [np.unique(label, return_inverse=True)[1] for label in labels]


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_the_sums_up_the_levels_are_those_of_full_matrices(levels: int) -> None:
    rows = Rows()
    d = np.column_stack((np.ones(len(rows.y)), rows.x, rows.y))
    own = codes(rows.groups[:levels])
    theta = np.array([0.7, 0.4, 1.3, 2.0])[-levels - 1 :]
    order = np.random.default_rng(0).permutation(len(d))
    sums = climb(nest(d[order], [code[order] for code in own]), theta)
    parts = [(code[:, None] == code).astype(float) for code in own] + [np.eye(len(d))]
    v = sum(t * part for t, part in zip(theta, parts, strict=True))
    w = np.linalg.inv(v)

    assert sums.logdet == pytest.approx(np.linalg.slogdet(v)[1])
    assert np.allclose(sums.m, d.T @ w @ d)
    for r, first in enumerate(parts):
        assert sums.t[r] == pytest.approx(np.trace(w @ first))
        assert np.allclose(sums.m1[r], d.T @ w @ first @ w @ d)
        for s, second in enumerate(parts):
            assert sums.f[r, s] == pytest.approx(np.trace(w @ first @ w @ second))
            assert np.allclose(sums.m2[r, s], d.T @ w @ first @ w @ second @ w @ d)


@pytest.mark.parametrize(
    ("df", "information"), [("kenward_roger", "expected"), ("satterthwaite", "observed")]
)
def test_the_fit_is_that_of_full_matrices(df: str, information: str) -> None:
    rows = Rows(seed=2, sites=8, spread=2.5)
    fit = lmm(rows.y, rows.x, rows.groups, df=df)  # type: ignore[arg-type]
    parts = np.array([code[:, None] == code for code in codes(rows.groups)], dtype=float)
    parts = np.concatenate((parts, np.eye(len(rows.y))[None]))

    def v_of(theta: np.ndarray) -> np.ndarray:
        return np.tensordot(theta, parts, axes=1)

    assert (fit.variances > 0).all()
    beta, phi, adjusted, degrees = kenward_roger(fit.variances, v_of, rows.x, rows.y, information)
    slope = differences(lambda at: np.array(minus2(at, v_of, rows.x, rows.y)), fit.variances)
    assert np.abs(slope).max() < 1e-4
    assert fit.minus2_loglik == pytest.approx(minus2(fit.variances, v_of, rows.x, rows.y))
    assert np.allclose(fit.beta, beta, rtol=1e-8)
    robust = df == "kenward_roger"
    assert np.allclose(fit.beta_cov, adjusted if robust else phi, rtol=DENSE)
    assert np.allclose([fit.coefficient(j).df for j in range(3)], degrees, rtol=DENSE)


def test_one_level_of_people_is_compound_symmetry() -> None:
    """Two ways to the same model: the search over patterns and the climb over levels."""
    rng = np.random.default_rng(4)
    n, waves = 50, 3
    arm = np.arange(n) % 2
    y = rng.normal(0, 2, n)[:, None] + rng.normal(0, 1, (n, waves)) + arm[:, None] * 0.5
    y[rng.random((n, waves)) < 0.2] = np.nan
    one = mmrm(y, arm, covariance="compound_symmetry", df="satterthwaite")
    person, wave = np.nonzero(~np.isnan(y))
    dummies = np.eye(waves)[wave]
    x = np.hstack((dummies, dummies * arm[person][:, None]))
    other = lmm(y[person, wave], x, [person], df="satterthwaite")

    assert other.minus2_loglik == pytest.approx(one.minus2_reml, rel=1e-10)
    for t in range(waves):
        ours, theirs = one.contrast(1, t), other.coefficient(waves + t)
        assert (ours.estimate, ours.se, ours.df) == pytest.approx(
            (theirs.estimate, theirs.se, theirs.df), rel=1e-7
        )


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 50), st.floats(-300, 300))
def test_row_order_labels_and_units_do_not_matter(seed: int, factor: float, shift: float) -> None:
    rows = Rows(seed, sites=6)
    one = lmm(rows.y, rows.x, [rows.man, rows.site]).coefficient(1)
    order = np.random.default_rng(seed).permutation(len(rows.y))
    names = [[f"x{label}" for label in level[order]] for level in (rows.man, rows.site)]
    x = rows.x[order]
    x[:, 2] = 2000 + x[:, 2] / 12
    again = lmm(rows.y[order] * factor + shift, x, names).coefficient(1)

    assert again.estimate == pytest.approx(one.estimate * factor, rel=1e-6, abs=1e-7 * factor)
    assert again.se == pytest.approx(one.se * factor, rel=1e-6)  # type: ignore[operator]
    assert again.df == pytest.approx(one.df, rel=1e-5)


def test_a_variance_of_nothing_ends_at_zero_and_is_said() -> None:
    """Residuals that alternate within each person: less alike than chance would have them."""
    person = np.repeat(np.arange(30), 4)
    y = np.tile([1.0, -1.0, 1.1, -1.1], 30) + np.random.default_rng(0).normal(0, 0.01, 120)
    x = np.column_stack((np.ones(120), person % 2))
    fit = lmm(y, x, [person], group_names=["person"])
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]

    assert fit.variances[0] == 0.0
    assert note_codes(fit) == {"mixed.variance_at_zero"}
    assert fit.variances[1] == pytest.approx(left @ left / 118)
    assert fit.coefficient(1).df == pytest.approx(118)


def note_codes(fit: LMM) -> set[str]:
    return {note.code for note in fit.notes}


def test_a_level_that_repeats_another_is_dropped_and_said() -> None:
    rows = Rows(sites=11)
    fit = lmm(rows.y, rows.x, [rows.man, rows.site, rows.site * 2], group_names=("m", "s", "t"))

    assert fit.group_names == ("m", "t")
    assert note_codes(fit) == {"mixed.level_dropped"}


def test_one_row_per_person_leaves_nothing_to_tell_people_from_error() -> None:
    rows = Rows()
    with pytest.raises(Refusal) as caught:
        lmm(rows.y, rows.x, [np.arange(len(rows.y))])
    assert caught.value.note.code == "mixed.level_alone"


def test_one_site_is_no_sample_of_sites() -> None:
    rows = Rows()
    with pytest.raises(Refusal) as caught:
        lmm(rows.y, rows.x, [rows.man, np.zeros(len(rows.y))])
    assert caught.value.note.code == "mixed.one_group"


def test_few_groups_are_said_and_rows_without_answer_counted() -> None:
    rows = Rows()
    rows.y[:3] = np.nan
    fit = lmm(rows.y, rows.x, rows.groups)

    assert {"mixed.few_groups", "mixed.rows_left_out"} <= note_codes(fit)
    assert fit.n_obs == len(rows.y) - 3
    assert fit.coefficient(0).n_clusters == 5


def test_labels_used_again_in_another_group_are_other_people() -> None:
    rows = Rows()
    again = lmm(rows.y, rows.x, [rows.man % 100, rows.group, rows.site])
    assert again.variances == pytest.approx(lmm(rows.y, rows.x, rows.groups).variances)


def test_an_effect_that_repeats_another_has_no_figure() -> None:
    rows = Rows()
    x = np.column_stack((rows.x, rows.x[:, 1] * 2 + 1))
    fit = lmm(rows.y, x, [rows.man])

    assert "mixed.redundant_columns" in note_codes(fit)
    with pytest.raises(Refusal) as caught:
        fit.coefficient(1)
    assert caught.value.note.code == "mixed.not_estimable"
    assert fit.coefficient(2).estimate


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: rows.y.__imul__(0), "mixed.no_variance"),
        (lambda rows: rows.y.__setitem__(slice(3, None), np.nan), "mixed.too_few_people"),
        (lambda rows: rows.y.__setitem__(slice(None), rows.x[:, 2]), "mixed.no_variance"),
    ],
)
def test_where_there_is_no_honest_number_it_is_refused(change: object, code: str) -> None:
    rows = Rows()
    change(rows)  # type: ignore[operator]
    with pytest.raises(Refusal) as caught:
        lmm(rows.y, rows.x, [rows.man])
    assert caught.value.note.code == code


def test_mistakes_of_the_caller_are_said() -> None:
    rows = Rows()
    with pytest.raises(ValueError, match="at least one level"):
        lmm(rows.y, rows.x, [])
    with pytest.raises(ValueError, match="names for 3 columns"):
        lmm(rows.y, rows.x, [rows.man], names=["a"])
    with pytest.raises(ValueError, match="for 1 levels"):
        lmm(rows.y, rows.x, [rows.man], group_names=["a", "b"])
