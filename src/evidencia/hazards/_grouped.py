"""Bernoulli likelihood of person-periods, with one intercept per period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy
from numpy.typing import NDArray

from evidencia.hazards._rows import refuse_if_singular
from evidencia.words import Note, Refusal

Floats = NDArray[np.float64]
Link = Literal["cloglog", "logit"]

_STEPS = 60
_HALVINGS = 30
_STEP = 1e-9
_VANISHED = 1e-8
_EDGE = 1e-15


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Rows: covariates (m, p), period codes (m,), events (m,)."""

    x: Floats
    period: NDArray[np.int64]
    event: NDArray[np.bool_]
    link: Link


@dataclass(frozen=True, slots=True, eq=False)
class GroupedFit:
    """Coefficients with what a sandwich needs."""

    alpha: Floats
    beta: Floats
    covariance: Floats
    log_likelihood: float
    residual: Floats
    adjusted: Floats

    def sandwich(self, group: NDArray[np.int64], n_groups: int) -> Floats:
        """Return the covariance from scores summed within clusters, times G / (G − 1)."""
        scores = np.zeros((n_groups, self.adjusted.shape[1]))
        np.add.at(scores, group, self.residual[:, None] * self.adjusted)
        meat = scores.T @ scores * (n_groups / (n_groups - 1))
        return self.covariance @ meat @ self.covariance


def hazard_of(eta: Floats, link: Link) -> Floats:
    """Return the hazard at a linear predictor."""
    if link == "logit":
        return np.asarray(scipy.special.expit(eta), dtype=np.float64)
    return -np.expm1(-np.exp(np.minimum(eta, 30.0)))


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    log_likelihood: float
    residual: Floats
    weight: Floats


def _state(data: Grouped, alpha: Floats, beta: Floats) -> _State:
    """Return value, d ℓ / d η and the expected information about η, row by row."""
    eta = alpha[data.period] + data.x @ beta
    h = np.clip(hazard_of(eta, data.link), _EDGE, 1 - _EDGE)
    value = float(np.log(np.where(data.event, h, 1 - h)).sum())
    slope = h * (1 - h) if data.link == "logit" else np.exp(np.minimum(eta, 30.0)) * (1 - h)
    variance = h * (1 - h)
    return _State(value, (data.event - h) * slope / variance, slope**2 / variance)


def maximise_grouped(data: Grouped, names: tuple[str, ...]) -> GroupedFit:
    """Maximise by Fisher scoring; refuse a design that is singular or separates."""
    spread = data.x.std(axis=0)
    flat = np.flatnonzero(spread <= 1e-12)
    if flat.size:
        raise Refusal(Note.of("hazards.singular", name=names[int(flat[0])]))
    scaled = Grouped(data.x / spread, data.period, data.event, data.link)
    asked = np.bincount(data.period)
    share = np.bincount(data.period[data.event], minlength=asked.size) / asked
    alpha = np.log(-np.log1p(-share)) if data.link == "cloglog" else np.log(share / (1 - share))
    beta = np.zeros(scaled.x.shape[1])
    here = _state(scaled, alpha, beta)
    schur, _, _ = _blocks(scaled, here)
    refuse_if_singular(schur, names)
    floor = _VANISHED / np.diag(np.linalg.inv(schur))
    taken = 0
    size = np.inf
    while size >= _STEP:
        schur, share_of, block = _blocks(scaled, here)
        inverse = _inverse(schur, floor)
        if inverse is None or taken == _STEPS:
            raise _separated(data, beta, names)
        up = inverse @ (here.residual @ (scaled.x - share_of[scaled.period]))
        level = np.bincount(scaled.period, here.residual, minlength=block.size) / block
        out = level - share_of @ up
        alpha, beta, here = _climb(scaled, alpha, beta, (out, up), here)
        size = float(max(np.abs(up).max(), np.abs(out).max()))
        taken += 1
    schur, share_of, _ = _blocks(scaled, here)
    covariance = np.linalg.inv(schur) / np.outer(spread, spread)
    adjusted = (scaled.x - share_of[scaled.period]) * spread
    return GroupedFit(
        alpha, beta / spread, covariance, here.log_likelihood, here.residual, adjusted
    )


def _blocks(data: Grouped, here: _State) -> tuple[Floats, Floats, Floats]:
    """Return the Schur complement (p, p), the weighted means (T, p) and the weights (T,)."""
    block = np.bincount(data.period, here.weight).astype(np.float64)
    weighted = here.weight[:, None] * data.x
    cross = np.zeros((block.size, data.x.shape[1]))
    np.add.at(cross, data.period, weighted)
    mean = cross / block[:, None]
    return weighted.T @ data.x - cross.T @ mean, mean, block


def _inverse(schur: Floats, floor: Floats) -> Floats | None:
    try:
        inverse = np.linalg.inv(schur).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    known = 1.0 / np.diag(inverse)
    return inverse if np.isfinite(known).all() and (known > floor).all() else None


def _climb(
    data: Grouped, alpha: Floats, beta: Floats, step: tuple[Floats, Floats], here: _State
) -> tuple[Floats, Floats, _State]:
    out, up = step
    slack = 1e-10 * (1.0 + abs(here.log_likelihood))
    for _ in range(_HALVINGS):
        there = _state(data, alpha + out, beta + up)
        if there.log_likelihood >= here.log_likelihood - slack:
            return alpha + out, beta + up, there
        out, up = out / 2, up / 2
    return alpha, beta, here


def _separated(data: Grouped, direction: Floats, names: tuple[str, ...]) -> Refusal:
    name = names[int(np.abs(direction).argmax())]
    return Refusal(Note.of("hazards.separation", name=name, events=int(data.event.sum())))
