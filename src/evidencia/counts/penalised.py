"""Logistic regression by Firth's penalised likelihood: finite also under separation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.clusters.arrays import Floats, matrix, zero_one
from evidencia.counts.gee import FEWEST, refuse_degenerate, refuse_singular
from evidencia.estimate import Effect, quantile, two_sided
from evidencia.words import Note, Refusal

STEPS: Final = 200
SMALL: Final = 1e-11
LONGEST: Final = 3.0
REACH: Final = 60


@dataclass(frozen=True, slots=True)
class Firth:
    """A fitted penalised logistic model.

    Attributes
    ----------
    coefficients : (k,)
        Log odds ratios.
    covariance : (k, k)
        Inverse information at the maximum.
    intercept
    n_obs
    fitted : (n,)
        Probabilities.
    """

    coefficients: Floats
    covariance: Floats
    intercept: float
    n_obs: int
    fitted: Floats
    _height: float
    _whole: Floats
    _design: Floats
    _outcome: Floats
    _notes: tuple[Note, ...]

    def effect(self, column: int = 0, *, level: float = 0.95, n_units: int | None = None) -> Effect:
        """Return a log odds ratio with its profile interval and penalised likelihood-ratio p.

        References
        ----------
        Heinze, G. & Schemper, M. (2002). A solution to the problem of separation in logistic
        regression. *Stat. Med.* 21, 2409–2419.
        """
        if not 0 <= column < len(self.coefficients):
            raise ValueError(
                f"There is no column {column}; the design has {len(self.coefficients)}."
            )
        estimate = float(self.coefficients[column])
        se = float(self.covariance[column, column] ** 0.5)
        beta = np.concatenate([[self.intercept], self.coefficients])

        def root(value: float) -> float:
            """Signed root of the likelihood ratio at a value of the coefficient."""
            start = beta.copy()
            start[column + 1] = value
            free = np.arange(len(beta)) != column + 1
            height = _climb(self._design, self._outcome, start, free)[1]
            return float(np.sign(value - estimate) * np.sqrt(2 * max(0.0, self._height - height)))

        z = quantile(level, None)
        return Effect(
            estimate=estimate,
            se=se,
            df=None,
            ci_low=_limit(lambda b: root(b) + z, estimate, -se),
            ci_high=_limit(lambda b: root(b) - z, estimate, se),
            p=two_sided(root(0.0), None),
            n_units=self.n_obs if n_units is None else n_units,
            n_obs=self.n_obs,
            level=level,
            scale="log",
            notes=(Note.of("counts.penalised"), *self._notes),
        )


def firth(outcome: npt.ArrayLike, design: npt.ArrayLike) -> Firth:
    """Fit a logistic regression by penalised likelihood.

    The penalty is half the log determinant of the information (Jeffreys' prior). It takes away
    most of the small-sample bias, and the maximum is finite where a column separates.

    Parameters
    ----------
    outcome : (n,)
        0 or 1; rows are independent people.
    design : (n, k)
        Without an intercept.

    Raises
    ------
    Refusal
        ``counts.no_events``, ``counts.all_events``, ``counts.few_people_refused``,
        ``counts.singular``, ``counts.no_convergence``.

    References
    ----------
    Firth, D. (1993). Bias reduction of maximum likelihood estimates. *Biometrika* 80, 27–38.
    """
    y = zero_one(outcome, "outcome")
    x = np.column_stack([np.ones(len(y)), matrix(design, "design", len(y))])
    if len(y) < FEWEST:
        raise Refusal(Note.of("counts.few_people_refused", n=len(y)))
    notes = refuse_degenerate(y, "binomial")
    refuse_singular(x)
    beta, height = _climb(x, y, np.zeros(x.shape[1]), np.ones(x.shape[1], dtype=bool))
    fitted = scipy.special.expit(x @ beta)
    unit = np.sqrt(np.square(x).mean(axis=0))
    scaled = x / unit
    weight = (fitted * (1 - fitted))[:, None]
    whole = np.linalg.inv(scaled.T @ (scaled * weight)) / np.outer(unit, unit)
    return Firth(
        beta[1:], whole[1:, 1:], float(beta[0]), len(y), fitted, height, whole, x, y, notes
    )


def _height(x: Floats, y: Floats, beta: Floats) -> float:
    """Return the penalised log likelihood."""
    eta = x @ beta
    q = scipy.special.expit(eta)
    sign, log_det = np.linalg.slogdet(x.T @ (x * (q * (1 - q))[:, None]))
    if sign <= 0:
        return -inf
    return float(scipy.special.log_expit(np.where(y > 0.5, eta, -eta)).sum() + 0.5 * log_det)


def _climb(
    x: Floats, y: Floats, start: Floats, free: npt.NDArray[np.bool_]
) -> tuple[Floats, float]:
    """Maximise over the free coefficients by scoring on the modified score."""
    beta, height = start.copy(), _height(x, y, start)
    unit = np.sqrt(np.square(x).mean(axis=0))
    for _ in range(STEPS):
        q = scipy.special.expit(x @ beta)
        root = x * np.sqrt(q * (1 - q))[:, None] / unit
        basis = np.linalg.qr(root)[0]
        leverage = np.einsum("ij,ij->i", basis, basis)
        score = (x / unit).T @ (y - q + leverage * (0.5 - q))
        move = np.zeros(len(beta))
        if free.any():
            inside = root[:, free]
            move[free] = np.linalg.solve(inside.T @ inside, score[free])
        size = float(np.abs(move).max())
        if size < SMALL * max(1.0, float(np.abs(beta * unit).max())):
            return beta, height
        move = move / unit * min(1.0, LONGEST / size)
        for _ in range(40):
            then = _height(x, y, beta + move)
            if then >= height - 1e-13 * abs(height):
                break
            move = move / 2
        else:
            return beta, height  # no better to be found: rounding
        beta, height = beta + move, then
    raise Refusal(Note.of("counts.no_convergence"))


def _limit(distance: Callable[[float], float], estimate: float, step: float) -> float:
    """Return where `distance` crosses zero, going from the estimate by steps."""
    inside = estimate
    for _ in range(REACH):
        outside = inside + step
        if distance(outside) * np.sign(step) >= 0:
            return float(scipy.optimize.brentq(distance, inside, outside, xtol=1e-10))
        inside = outside
    return inf if step > 0 else -inf
