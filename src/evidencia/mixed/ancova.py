"""Analysis of covariance: one answer per person, compared between arms given the baseline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from evidencia.estimate import Effect
from evidencia.mixed.fitting import FEWEST, FLAT
from evidencia.mixed.inference import Inference
from evidencia.mixed.inputs import Labels, arm_labels, column, columns, ordered_arms, positive
from evidencia.mixed.layout import independent
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ancova:
    """A fitted analysis of covariance.

    Attributes
    ----------
    arms
        Control first.
    beta, beta_cov
        Shapes (q,) and (q, q): constant, arms, baseline, covariates; covariates centred at
        their means. The covariance is HC3 where `hc3`.
    sigma2
        Residual variance.
    df
        Rows minus effects.
    """

    arms: tuple[str, ...]
    beta: Floats
    beta_cov: Floats
    sigma2: float
    df: int
    hc3: bool
    n_units: int
    level: float
    notes: tuple[Note, ...]
    inference: Inference

    @property
    def control(self) -> str:
        """Return the control arm."""
        return self.arms[0]

    def contrast(self, arm: object) -> Effect:
        """Return `arm` minus control."""
        if len(self.arms) == 1:
            raise Refusal(Note.of("mixed.one_arm", arm=self.control))
        return self.inference.linear(self._mean(arm) - self._mean(self.control))

    def mean(self, arm: object) -> Effect:
        """Return the mean of an arm with the covariates at their means."""
        return self.inference.linear(self._mean(arm))

    def _mean(self, arm: object) -> Floats:
        if str(arm) not in self.arms:
            raise Refusal(Note.of("mixed.no_such_arm", arm=str(arm)))
        c = np.zeros(len(self.beta))
        c[0] = 1.0
        number = self.arms.index(str(arm))
        if number:
            c[number] = 1.0
        return c


def ancova(
    outcome: ArrayLike,
    arm: Labels,
    *,
    control: object = None,
    baseline: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    clusters: Labels | None = None,
    weights: ArrayLike | None = None,
    hc3: bool = False,
    level: float = 0.95,
) -> Ancova:
    """Compare arms by least squares, given the baseline and covariates.

    People without the outcome, the baseline or a covariate are left out: this is the analysis
    of complete cases, and a note counts who is missing.

    Parameters
    ----------
    outcome
        Shape (n,), NaN where missing.
    arm, control
        Labels (n,), and the control's; None for the first in alphabetical order.
    baseline, covariates
        Shapes (n,) and (n, k), coded as numbers without a constant.
    clusters
        Labels (n,), only counted into `Effect.n_clusters`; the error does not use them.
    weights
        Shape (n,), positive: the variance of person i is σ² / w_i.
    hc3
        True for the error of MacKinnon & White that allows a variance of its own to each
        person; False for one variance.

    Raises
    ------
    Refusal
        Fewer than 5 people, more effects than people, or nothing that varies.

    References
    ----------
    Vickers, A. J. & Altman, D. G. (2001). *BMJ* 323, 1123–1124.
    MacKinnon, J. G. & White, H. (1985). *J. Econometrics* 29, 305–325.
    """
    y = column(outcome)
    n = len(y)
    labels = arm_labels(arm, n)
    extra = np.hstack((columns(baseline, n, "baseline"), columns(covariates, n)))
    heavy = positive(weights, n)
    answered, known = ~np.isnan(y), np.isnan(extra).sum(axis=1) == 0
    keep = answered & known
    notes = _left_out(answered, known)
    if keep.sum() < FEWEST:
        raise Refusal(Note.of("mixed.too_few_people", n=int(keep.sum()), needed=FEWEST))
    arms = ordered_arms(labels[keep], control)
    y, x = y[keep], extra[keep]
    x = x - x.mean(axis=0)
    dummies = (labels[keep][:, None] == np.array(arms[1:], dtype=labels.dtype)).astype(np.float64)
    design = np.hstack((np.ones((len(y), 1)), dummies, x))
    root = np.ones(len(y)) if heavy is None else np.sqrt(heavy[keep])
    n_clusters = None
    if clusters is not None:
        n_clusters = len(np.unique(arm_labels(clusters, n, "clusters")[keep]))
    return _fitted(design, y, root, arms, hc3, level, notes, n_clusters)


def _left_out(answered: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_]) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    if not answered.all():
        notes += (Note.of("mixed.people_without_answer", n=int((~answered).sum())),)
    if (answered & ~known).any():
        unknown = int((answered & ~known).sum())
        notes += (Note.of("mixed.people_without_covariate", n=unknown),)
    return notes


def _fitted(
    design: Floats,
    y: Floats,
    root: Floats,
    arms: tuple[str, ...],
    hc3: bool,
    level: float,
    notes: tuple[Note, ...],
    n_clusters: int | None,
) -> Ancova:
    n, size = design.shape
    units = np.sqrt((design**2).mean(axis=0))
    units[units == 0] = 1.0
    x = design / units * root[:, None]
    kept, empty = independent(x.T @ x)
    if n <= len(kept):
        raise Refusal(Note.of("mixed.too_many_columns", columns=len(kept), n=n))
    if empty.size:
        notes += (Note.of("mixed.redundant_columns", n=empty.shape[1]),)
        empty = empty / units[:, None]
        empty = empty / np.linalg.norm(empty, axis=0)
    q, r = np.linalg.qr(x[:, kept])
    centre = float(np.average(y, weights=root**2))
    target = (y - centre) * root
    short = np.linalg.solve(r, q.T @ target)
    left = target - q @ (q.T @ target)
    df = n - len(kept)
    sigma2 = float(left @ left) / df
    if sigma2 <= FLAT * float(target @ target) / n or sigma2 <= 1e-26 * (1.0 + centre**2):
        raise Refusal(Note.of("mixed.no_variance"))
    inner = np.linalg.inv(r)
    phi = sigma2 * inner @ inner.T
    cov = phi
    if hc3:
        leverage = np.einsum("ij,ij->i", q, q)
        alone = leverage > 1.0 - 1e-8
        if alone.any():
            hc3 = False
            notes += (Note.of("mixed.high_leverage", n=int(alone.sum())),)
        else:
            pull = inner @ q.T * (left / (1.0 - leverage))
            cov = pull @ pull.T
    beta, square = np.zeros(size), np.ix_(kept, kept)
    beta[kept] = short
    beta /= units
    beta[0] += centre
    whole_phi, whole_cov = np.zeros((size, size)), np.zeros((size, size))
    turn = np.outer(units, units)[square]
    whole_phi[square], whole_cov[square] = phi / turn, cov / turn
    inference = Inference(
        beta=beta,
        cov=whole_cov,
        phi=whole_phi,
        slopes=np.zeros((1, size, size)),
        theta_cov=np.zeros((1, 1)),
        empty=empty,
        df_method="residual",
        residual_df=df,
        n_units=n,
        n_obs=n,
        n_clusters=n_clusters,
        level=level,
        notes=notes,
    )
    return Ancova(arms, beta, whole_cov, sigma2, df, hc3, n, level, notes, inference)
