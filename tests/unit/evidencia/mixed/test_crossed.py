"""People, clusters and their periods, crossed, against full matrices."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.evidencia.mixed.dense import differences, kenward_roger, minus2

from evidencia.mixed.crossed import cross
from evidencia.mixed.lmm import cohort

DENSE = 1e-6


class Rows:
    """Men asked up to four times in six places; one place was never asked in the last period."""

    def __init__(self, seed: int = 1) -> None:
        rng = np.random.default_rng(seed)
        place, man, when = np.meshgrid(range(6), range(5), range(4), indexing="ij")
        there = (rng.random(place.shape) < 0.8) & ~((place == 2) & (when == 3))
        self.place, self.when = place[there], when[there]
        _, self.man = np.unique(self.place * 100 + man[there], return_inverse=True)
        n = self.place.size
        self.treated = (self.when > self.place // 2).astype(float)
        dummies = (self.when[:, None] == np.arange(1, 4)).astype(float)
        self.x = np.column_stack((np.ones(n), dummies, self.treated))
        self.y = 10 - self.treated + rng.normal(0, 1, n) + rng.normal(0, 3, 6)[self.place]
        self.y += rng.normal(0, 1.2, (6, 4))[self.place, self.when]
        self.y += rng.normal(0, 2, 30)[self.man]

    @property
    def shared(self) -> list[np.ndarray]:
        """Who shares what: a person, a cluster's period, a cluster, and each row by itself."""
        period = self.place * 10 + self.when
        same = [code[:, None] == code for code in (self.man, period, self.place)]
        return [*(one.astype(float) for one in same), np.eye(self.y.size)]


@pytest.mark.parametrize(
    "theta", [(0.7, 0.3, 0.5, 1.2), (0.7, 0.0, 0.5, 1.2), (0.0, 0.4, 0.0, 2.0)]
)
def test_the_sums_are_those_of_full_matrices(theta: tuple[float, ...]) -> None:
    rows, at = Rows(), np.array(theta)
    d = np.column_stack((np.ones(rows.y.size), rows.x, rows.y))
    sums = cross(d, rows.man, rows.when, rows.place).sums(at)
    v = sum(t * part for t, part in zip(at, rows.shared, strict=True))
    w = np.linalg.inv(v)

    assert sums.logdet == pytest.approx(np.linalg.slogdet(v)[1])
    assert np.allclose(sums.m, d.T @ w @ d)
    for r, first in enumerate(rows.shared):
        assert sums.t[r] == pytest.approx(np.trace(w @ first))
        assert np.allclose(sums.m1[r], d.T @ w @ first @ w @ d)
        for s, second in enumerate(rows.shared):
            assert sums.f[r, s] == pytest.approx(np.trace(w @ first @ w @ second))
            assert np.allclose(sums.m2[r, s], d.T @ w @ first @ w @ second @ w @ d)


@pytest.mark.parametrize(
    ("df", "information"), [("kenward_roger", "expected"), ("satterthwaite", "observed")]
)
def test_the_fit_is_that_of_full_matrices(df: str, information: str) -> None:
    rows = Rows()
    fit = cohort(
        rows.y,
        rows.x,
        person=rows.man,
        period=rows.when,
        cluster=rows.place,
        df=df,  # type: ignore[arg-type]
    )
    parts = np.array(rows.shared)

    def v_of(theta: np.ndarray) -> np.ndarray:
        return np.tensordot(theta, parts, axes=1)

    assert (fit.variances > 0).all()
    beta, phi, adjusted, degrees = kenward_roger(fit.variances, v_of, rows.x, rows.y, information)
    slope = differences(lambda at: np.array(minus2(at, v_of, rows.x, rows.y)), fit.variances)
    assert np.abs(slope).max() < 1e-4
    assert fit.minus2_loglik == pytest.approx(minus2(fit.variances, v_of, rows.x, rows.y))
    assert np.allclose(fit.beta, beta, rtol=1e-7)
    robust = df == "kenward_roger"
    assert np.allclose(fit.beta_cov, adjusted if robust else phi, rtol=DENSE)
    assert np.allclose([fit.coefficient(j).df for j in range(5)], degrees, rtol=DENSE)


def test_the_order_of_the_rows_is_no_matter() -> None:
    rows = Rows()
    order = np.random.default_rng(0).permutation(rows.y.size)
    one, other = (
        cohort(
            rows.y[at],
            rows.x[at],
            person=rows.man[at],
            period=rows.when[at],
            cluster=rows.place[at],
        ).coefficient(4)
        for at in (np.arange(rows.y.size), order)
    )
    assert one.estimate == pytest.approx(other.estimate, rel=1e-8)
    assert one.se == pytest.approx(other.se, rel=1e-8)
