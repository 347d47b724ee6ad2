"""Generalised estimating equations for binary, count and continuous outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.clusters.arrays import (
    Codes,
    Floats,
    coded,
    contrast_vector,
    matrix,
    numbers,
    positive_weights,
)
from evidencia.counts.correlation import Correlation, Pattern, alpha_of, lowest_alpha, patterns
from evidencia.counts.links import (
    CANONICAL,
    Family,
    Link,
    link_of,
    mean_of,
    possible,
    slope_of,
    variance_of,
)
from evidencia.counts.sandwich import (
    FEW_EVENTS,
    Correction,
    contrast_effect,
    corrected_sandwich,
    sides_of,
)
from evidencia.counts.separation import separated
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal

STEPS: Final = 100
SMALL: Final = 1e-10
DIVERGED: Final = 12.0
DAMPED_AFTER: Final = 15
BOUNDARY: Final = 1e-7
FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Gee:
    """A fitted marginal model.

    Attributes
    ----------
    coefficients : (k,)
        On the scale of the link.
    covariance : (k, k)
        Sandwich, corrected as asked.
    intercept
    alpha
        Working correlation.
    dispersion
        Mean squared Pearson residual.
    df
        Clusters − coefficients, the intercept among them.
    n_obs, n_clusters, iterations
    family, link
    fitted : (n,)
        Means.
    """

    coefficients: Floats
    covariance: Floats
    intercept: float
    alpha: float
    dispersion: float
    df: float
    n_obs: int
    n_clusters: int
    iterations: int
    family: Family
    link: Link
    fitted: Floats
    _whole: Floats  # (k + 1, k + 1) covariance with the intercept first
    _model: Floats  # (k + 1, k + 1) what the model alone expects of it
    _design: Floats  # (n, k + 1) with the intercept first
    _offset: Floats
    _weights: Floats
    _sides: tuple[int | None, ...]
    _notes: tuple[Note, ...]

    def effect(
        self,
        contrast: int | npt.ArrayLike = 0,
        *,
        level: float = 0.95,
        n_units: int | None = None,
    ) -> Effect:
        """Return a contrast on the scale of the link: log odds, log ratio or difference.

        Raises
        ------
        Refusal
            ``counts.no_variance``; ``clusters.one_per_arm`` where one side has a single cluster.
        """
        return contrast_effect(
            contrast_vector(contrast, len(self.coefficients)),
            self.coefficients,
            self.covariance,
            self._model[1:, 1:],
            self._sides,
            df=self.df,
            scale="identity" if self.link == "identity" else "log",
            n_units=self.n_obs if n_units is None else n_units,
            n_obs=self.n_obs,
            n_clusters=self.n_clusters,
            level=level,
            notes=self._notes,
        )


@dataclass(frozen=True, slots=True)
class _Model:
    y: Floats
    x: Floats
    offset: Floats
    weights: Floats
    family: Family
    link: Link
    patterns: list[Pattern]
    n_clusters: int

    def mean(self, beta: Floats) -> Floats:
        return mean_of(self.x @ beta + self.offset, self.link)

    def pearson(self, mean: Floats) -> tuple[Floats, Floats]:
        """Return residuals (n,) and derivatives (n, p), both over the standard deviation."""
        unit = np.sqrt(self.weights / variance_of(mean, self.family))
        return (self.y - mean) * unit, self.x * (slope_of(mean, self.link) * unit)[:, None]

    def by_cluster(self, mean: Floats, alpha: float) -> tuple[Floats, Floats]:
        """Return G_i (m, p, p) and u_i (m, p) of each cluster."""
        e, d = self.pearson(mean)
        p = self.x.shape[1]
        information, scores = np.empty((self.n_clusters, p, p)), np.empty((self.n_clusters, p))
        for pattern in self.patterns:
            c = pattern.factor(alpha)
            whitened = np.matmul(c, d[pattern.rows])
            residual = e[pattern.rows] @ c.T
            across = whitened.transpose(0, 2, 1)
            information[pattern.clusters] = across @ whitened
            scores[pattern.clusters] = np.einsum("ijk,ik->ij", across, residual)
        return information, scores


def gee(
    outcome: npt.ArrayLike,
    design: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    family: Family = "binomial",
    link: Link | None = None,
    correlation: Correlation = "exchangeable",
    times: npt.ArrayLike | None = None,
    offset: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    correction: Correction = "mancl_derouen",
) -> Gee:
    """Fit a marginal model by generalised estimating equations.

    Parameters
    ----------
    outcome : (n,)
        0 or 1 (binomial), counts (poisson) or numbers (gaussian).
    design : (n, k)
        Without an intercept, which is always in the model.
    clusters : (n,)
        Who repeats: a person, or a group of people.
    family, link
        Link by default: logit, log, identity. ``"binomial"`` with ``"log"`` estimates a risk
        ratio and with ``"identity"`` a risk difference.
    correlation
        Working correlation inside a cluster.
    times : (n,), optional
        Integer order of the rows of a cluster, needed by ``"ar1"``; correlation is α to the
        distance, so gaps count.
    offset : (n,), optional
        Added to the linear predictor: logarithm of the exposure of a count.
    weights : (n,), optional
        Positive, one for each row.
    correction
        For few clusters. Mancl & DeRouen's is the more cautious.

    Raises
    ------
    Refusal
        ``counts.separation``, ``counts.no_events``, ``counts.all_events``,
        ``counts.no_convergence``, ``counts.too_few_clusters``, ``counts.few_people_refused``,
        ``counts.singular``.

    References
    ----------
    Liang, K.-Y. & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear
    models. *Biometrika* 73, 13–22.
    """
    y = numbers(outcome, "outcome")
    n = len(y)
    x = np.column_stack([np.ones(n), matrix(design, "design", n)])
    groups, count = coded(clusters, "clusters", n)
    order = _order(times, correlation, n)
    off = np.zeros(n) if offset is None else numbers(offset, "offset", n)
    chosen = CANONICAL[family] if link is None else link
    if (family, chosen) in {("poisson", "logit"), ("gaussian", "logit")}:
        raise ValueError(f"The {family} family has no logit link.")
    if n < FEWEST:
        raise Refusal(Note.of("counts.few_people_refused", n=n))
    if count <= x.shape[1]:
        raise Refusal(Note.of("counts.too_few_clusters", n=count, k=x.shape[1]))
    notes = refuse_degenerate(y, family)
    refuse_singular(x)
    model = _Model(
        y, x, off, positive_weights(weights, n), family, chosen, patterns(groups, order), count
    )
    beta, alpha, phi, steps = _solve(model, correlation)
    if correlation == "exchangeable" and alpha == lowest_alpha(model.patterns):
        notes = (*notes, Note.of("counts.held_correlation"))
    mean = model.mean(beta)
    whole, bread = corrected_sandwich(*model.by_cluster(mean, alpha), correction)
    expected = bread * float(np.var(y)) if family == "gaussian" else bread
    return Gee(
        beta[1:],
        whole[1:, 1:],
        float(beta[0]),
        alpha,
        phi,
        float(count - x.shape[1]),
        n,
        count,
        steps,
        family,
        chosen,
        mean,
        whole,
        expected,
        x,
        off,
        model.weights,
        sides_of(x[:, 1:], groups, count),
        notes,
    )


def _order(times: npt.ArrayLike | None, correlation: Correlation, n: int) -> Codes | None:
    if correlation != "ar1":
        return None
    if times is None:
        raise ValueError('correlation="ar1" needs times, the order of the rows of a cluster.')
    values = numbers(times, "times", n)
    if (values != np.round(values)).any():
        raise ValueError("times must be whole numbers.")
    return values.astype(np.intp)


def refuse_degenerate(y: Floats, family: Family) -> tuple[Note, ...]:
    """Refuse outcomes that are all alike; say so where one kind is rare."""
    if family == "gaussian":
        if (y == y[0]).all():
            raise Refusal(Note.of("counts.one_level", n=len(y)))
        return ()
    if (y < 0).any() or (y != np.round(y)).any() or (family == "binomial" and (y > 1).any()):
        kind = "0 or 1" if family == "binomial" else "a whole number, 0 or more"
        raise ValueError(f"Each value of a {family} outcome must be {kind}.")
    if not y.any():
        raise Refusal(Note.of("counts.no_events", n=len(y)))
    rarer = int(y.sum())
    if family == "binomial":
        rarer = min(rarer, len(y) - rarer)
        if rarer == 0:
            raise Refusal(Note.of("counts.all_events", n=len(y)))
    return (Note.of("counts.few_events", n=rarer),) if rarer < FEW_EVENTS else ()


def refuse_singular(x: Floats) -> None:
    """Refuse a design with the intercept in which a column is a copy of the others."""
    centred = x[:, 1:] - x[:, 1:].mean(axis=0)
    length = np.sqrt(np.square(centred).sum(axis=0))
    if (length <= 1e-9 * np.sqrt(np.square(x[:, 1:]).sum(axis=0))).any():
        raise Refusal(Note.of("counts.singular"))
    singular = np.linalg.svd(centred / length, compute_uv=False)
    if len(singular) < x.shape[1] - 1 or (len(singular) and singular[-1] <= 1e-9 * singular[0]):
        raise Refusal(Note.of("counts.singular"))


def _start(model: _Model) -> Floats:
    beta = np.zeros(model.x.shape[1])
    exposure = np.exp(model.offset) if model.link == "log" else np.ones(len(model.y))
    total = model.weights @ exposure
    beta[0] = link_of(float(model.weights @ model.y / total), model.link)
    return beta


def _solve(model: _Model, correlation: Correlation) -> tuple[Floats, float, float, int]:
    """Alternate scoring steps and moments until neither moves."""
    beta = _start(model)
    alpha, mean, cleared = 0.0, model.mean(beta), False
    unit = np.sqrt(np.square(model.x).mean(axis=0))
    for step in range(1, STEPS + 1):
        information, scores = model.by_cluster(mean, alpha)
        move = _scoring_step(information.sum(axis=0), scores.sum(axis=0), unit)
        beta, mean = _inside(model, beta, move)
        before = alpha
        alpha, phi = alpha_of(model.pearson(mean)[0], model.patterns, correlation)
        if step > DAMPED_AFTER:  # few clusters may swing between two values
            alpha = (alpha + before) / 2
        if not cleared and _far(model, beta):
            if separated(model.x, model.y, "logit" if model.link == "logit" else "log"):
                raise Refusal(Note.of("counts.separation"))
            cleared = True
        still = float(np.abs(move * unit).max()) / max(1.0, float(np.abs(beta * unit).max()))
        if still < SMALL and abs(alpha - before) < SMALL:
            _refuse_boundary(model, mean)
            return beta, alpha, phi, step
    raise Refusal(Note.of("counts.no_convergence"))


def _scoring_step(information: Floats, score: Floats, unit: Floats) -> Floats:
    try:
        scaled = np.linalg.solve(information / np.outer(unit, unit), score / unit)
    except np.linalg.LinAlgError:
        raise Refusal(Note.of("counts.separation")) from None
    return np.asarray(scaled / unit)


def _inside(model: _Model, beta: Floats, move: Floats) -> tuple[Floats, Floats]:
    """Shorten a step until all means are possible."""
    for _ in range(30):
        mean = model.mean(beta + move)
        if possible(mean, model.family):
            return beta + move, mean
        move = move / 2
    raise Refusal(Note.of("counts.no_convergence"))


def _far(model: _Model, beta: Floats) -> bool:
    """Whether a linear predictor is so far from the others that there may be no maximum."""
    if model.link == "identity":
        return False
    eta = model.x @ beta
    if model.link == "logit":
        return bool(np.abs(eta + model.offset).max() > DIVERGED)
    return bool(np.median(eta) - eta.min() > DIVERGED)


def _refuse_boundary(model: _Model, mean: Floats) -> None:
    """A fitted risk of 0 or 1 has no variance, and the row would have infinite weight."""
    if (
        model.link != "logit"
        and model.family != "gaussian"
        and (mean.min() < BOUNDARY or (model.family == "binomial" and mean.max() > 1 - BOUNDARY))
    ):
        raise Refusal(Note.of("counts.separation"))
