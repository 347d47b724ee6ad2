"""Ordered answers that repeat: the cumulative logit as an estimating equation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.clusters.arrays import (
    Floats,
    coded,
    contrast_vector,
    group_sums,
    matrix,
    numbers,
    positive_weights,
)
from evidencia.counts.gee import DIVERGED, FEWEST, SMALL, STEPS, refuse_singular
from evidencia.counts.sandwich import Correction, contrast_effect, corrected_sandwich, sides_of
from evidencia.counts.separation import separated
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal


@dataclass(frozen=True, slots=True)
class OrdinalGee:
    """A fitted cumulative logit model.

    Attributes
    ----------
    coefficients : (k,)
        Log cumulative odds of a higher answer.
    covariance : (k, k)
    thresholds : (J − 1,)
        α_j of logit P(Y ≤ j) = α_j − x'β, rising.
    levels : (J,)
        The answers, in order.
    df
        Clusters − coefficients, the thresholds among them.
    n_obs, n_clusters
    """

    coefficients: Floats
    covariance: Floats
    thresholds: Floats
    levels: Floats
    df: float
    n_obs: int
    n_clusters: int
    _model: Floats
    _sides: tuple[int | None, ...]

    def effect(
        self,
        contrast: int | npt.ArrayLike = 0,
        *,
        level: float = 0.95,
        n_units: int | None = None,
    ) -> Effect:
        """Return a contrast as a log cumulative odds ratio; positive is towards higher answers."""
        return contrast_effect(
            contrast_vector(contrast, len(self.coefficients)),
            self.coefficients,
            self.covariance,
            self._model,
            self._sides,
            df=self.df,
            scale="log",
            n_units=self.n_obs if n_units is None else n_units,
            n_obs=self.n_obs,
            n_clusters=self.n_clusters,
            level=level,
            notes=(Note.of("counts.proportional_odds"),),
        )


def ordinal_gee(
    outcome: npt.ArrayLike,
    design: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    correction: Correction = "mancl_derouen",
) -> OrdinalGee:
    """Fit a cumulative logit model to ordered answers that repeat in clusters.

    Within a row the covariance of the steps is the multinomial one; between rows the working
    correlation is independence, so the estimates are those of maximum likelihood and the errors
    those of a corrected sandwich.

    Parameters
    ----------
    outcome : (n,)
        Ordered codes; only their order counts.
    design : (n, k)
        Without an intercept.
    clusters, weights : (n,)
    correction
        As in :func:`gee`.

    Raises
    ------
    Refusal
        ``counts.one_level``, ``counts.separation``, ``counts.no_convergence``,
        ``counts.too_few_clusters``, ``counts.few_people_refused``, ``counts.singular``.

    References
    ----------
    McCullagh, P. (1980). Regression models for ordinal data. *JRSS B* 42, 109–142.
    Lipsitz, S. R., Kim, K. & Zhao, L. (1994). Analysis of repeated categorical data using
    generalized estimating equations. *Stat. Med.* 13, 1149–1163.
    """
    codes = numbers(outcome, "outcome")
    n = len(codes)
    x = matrix(design, "design", n)
    groups, count = coded(clusters, "clusters", n)
    w = positive_weights(weights, n)
    levels, answer = np.unique(codes, return_inverse=True)
    steps = len(levels) - 1
    if n < FEWEST:
        raise Refusal(Note.of("counts.few_people_refused", n=n))
    if steps == 0:
        raise Refusal(Note.of("counts.one_level", n=n))
    if count <= steps + x.shape[1]:
        raise Refusal(Note.of("counts.too_few_clusters", n=count, k=steps + x.shape[1]))
    refuse_singular(np.column_stack([np.ones(n), x]))
    centre = x.mean(axis=0)
    theta = _solve(answer, x - centre, w, steps)
    information, scores = _by_row(theta, answer, x - centre, w, steps)
    p = len(theta)
    by_cluster = group_sums(information.reshape(n, -1), groups, count).reshape(count, p, p)
    whole, model = corrected_sandwich(by_cluster, group_sums(scores, groups, count), correction)
    beta = theta[steps:]
    return OrdinalGee(
        beta,
        whole[steps:, steps:],
        float(centre @ beta) - theta[:steps],
        levels,
        float(count - p),
        n,
        count,
        model[steps:, steps:],
        sides_of(x, groups, count),
    )


def _chances(theta: Floats, x: Floats, steps: int) -> tuple[Floats, Floats]:
    """Return P(Y > j), (n, J − 1), and the probabilities of the answers, (n, J).

    σ(a) − σ(b) is taken as σ(a)σ(−b)(1 − e^{b−a}), which does not cancel far out.
    """
    eta = theta[:steps] + (x @ theta[steps:])[:, None]
    above, below = scipy.special.expit(eta), scipy.special.expit(-eta)
    between = above[:, :-1] * below[:, 1:] * -np.expm1(np.diff(theta[:steps]))
    chance = np.hstack([below[:, :1], between, above[:, -1:]])
    return above * below, np.maximum(chance, np.finfo(np.float64).tiny)


def _by_row(
    theta: Floats, answer: npt.NDArray[np.intp], x: Floats, w: Floats, steps: int
) -> tuple[Floats, Floats]:
    """Return the expected information (n, p, p) and the score (n, p) of each row."""
    local, chance = _chances(theta, x, steps)
    n, p = len(x), len(theta)
    slope = np.zeros((n, steps + 2, p))  # of P(Y > j), its ends fixed
    inner = np.arange(steps)
    slope[:, inner + 1, inner] = local
    slope[:, 1:-1, steps:] = local[:, :, None] * x[:, None, :]
    change = -np.diff(slope, axis=1)  # (n, J, p)
    whitened = change * np.sqrt(w[:, None] / chance)[:, :, None]
    information = whitened.transpose(0, 2, 1) @ whitened
    row = np.arange(n)
    scores = change[row, answer] * (w / chance[row, answer])[:, None]
    return information, scores


def _solve(answer: npt.NDArray[np.intp], x: Floats, w: Floats, steps: int) -> Floats:
    """Climb the likelihood by Fisher scoring, halving a step that goes down."""
    share = np.array([w[answer > j].sum() for j in range(steps)]) / w.sum()
    theta = np.concatenate([np.log(share / (1 - share)), np.zeros(x.shape[1])])
    unit = np.concatenate([np.ones(steps), np.sqrt(np.square(x).mean(axis=0))])
    row, cleared = np.arange(len(x)), False

    def height(at: Floats) -> float:
        if (np.diff(at[:steps]) >= 0).any():
            return -np.inf
        return float(w @ np.log(_chances(at, x, steps)[1][row, answer]))

    for _ in range(STEPS):
        information, scores = (part.sum(axis=0) for part in _by_row(theta, answer, x, w, steps))
        try:
            inside = np.linalg.solve(information / np.outer(unit, unit), scores / unit)
        except np.linalg.LinAlgError:
            raise Refusal(Note.of("counts.separation")) from None
        theta = _climb(height, theta, inside / unit)
        if not cleared and np.abs(x @ theta[steps:]).max() > DIVERGED:
            if _has_no_maximum(answer, x, steps):
                raise Refusal(Note.of("counts.separation"))
            cleared = True
        if np.abs(inside).max() < SMALL * max(1.0, float(np.abs(theta * unit).max())):
            return np.asarray(theta)
    raise Refusal(Note.of("counts.no_convergence"))


def _climb(height: Callable[[Floats], float], theta: Floats, move: Floats) -> Floats:
    """Take a step, halved until it does not go down."""
    now = height(theta)
    for _ in range(40):
        if height(theta + move) >= now - 1e-10 * abs(now):
            return theta + move
        move = move / 2
    raise Refusal(Note.of("counts.no_convergence"))


def _has_no_maximum(answer: npt.NDArray[np.intp], x: Floats, steps: int) -> bool:
    """Whether the steps of the answer, taken as separate questions, are separated together."""
    above = (answer[:, None] > np.arange(steps)).astype(np.float64)
    thresholds = np.tile(np.eye(steps), (len(x), 1))
    return separated(
        np.hstack([thresholds, np.repeat(x, steps, axis=0)]), above.reshape(-1), "logit"
    )
