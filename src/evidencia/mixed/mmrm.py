"""The model for repeated measures (MMRM) of a trial with drop-out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from evidencia.estimate import Effect
from evidencia.mixed.covariance import Covariance
from evidencia.mixed.fitting import Fitted, Options, fit_products
from evidencia.mixed.inference import DfMethod, Inference, checked_method
from evidencia.mixed.inputs import Labels, arm_labels, columns, ordered_arms, positive, table
from evidencia.mixed.jackknife import People, jackknifed
from evidencia.mixed.layout import Layout
from evidencia.mixed.products import Products, cross_products
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Error = Literal["model", "jackknife"]
ONE_ARM = "1"


@dataclass(frozen=True, slots=True)
class MMRM:
    """A fitted MMRM. T is the number of waves that entered, A of arms, q of coefficients.

    Attributes
    ----------
    covariance, requested
        The covariance fitted, and the one asked for; they differ where it could not be fitted.
    arms
        Control first.
    waves
        Positions, in the data given, of the waves that entered.
    beta, beta_cov
        Shapes (q,) and (q, q), in the outcome's units, covariates centred at their means over
        people: intercepts by wave, arms by wave, covariates by wave, other covariates. The
        covariance is the jackknife's where that was asked for, else Kenward & Roger's where
        `df_method` is.
    sigma
        Shape (T, T), covariance of one person's answers.
    theta, theta_cov
        Shapes (r,) and (r, r): covariance parameters as SAS PROC MIXED defines them.
    minus2_reml
        −2 × restricted log-likelihood, constants as in SAS PROC MIXED.
    """

    covariance: Covariance
    requested: Covariance
    df_method: DfMethod
    arms: tuple[str, ...]
    waves: tuple[int, ...]
    beta: Floats
    beta_cov: Floats
    sigma: Floats
    theta: Floats
    theta_cov: Floats
    minus2_reml: float
    iterations: int
    converged: bool
    n_units: int
    n_obs: int
    n_patterns: int
    level: float
    notes: tuple[Note, ...]
    layout: Layout
    inference: Inference
    wave_names: tuple[str, ...]

    @property
    def control(self) -> str:
        """Return the control arm."""
        return self.arms[0]

    def contrast(self, arm: object, wave: int) -> Effect:
        """Return `arm` minus control at a wave.

        Raises
        ------
        Refusal
            If there is one arm, the wave has no answers, or a cell is empty.
        """
        self._comparable()
        return self.linear(self._mean(arm, wave) - self._mean(self.control, wave))

    def average(self, arm: object, waves: Sequence[int] | None = None) -> Effect:
        """Return `arm` minus control, the plain mean over `waves` (all that entered)."""
        self._comparable()
        over = self.waves if waves is None else tuple(waves)
        if not over:
            raise ValueError("average needs at least one wave.")
        parts = [self._mean(arm, wave) - self._mean(self.control, wave) for wave in over]
        return self.linear(np.mean(parts, axis=0))

    def mean(self, arm: object, wave: int) -> Effect:
        """Return the least-squares mean of an arm at a wave, covariates at their means."""
        return self.linear(self._mean(arm, wave))

    def change(self, arm: object, wave: int, since: int = 0) -> Effect:
        """Return how much the mean of one arm changed between two waves."""
        return self.linear(self._mean(arm, wave) - self._mean(arm, since))

    def did(self, arm: object, wave: int, since: int = 0) -> Effect:
        """Return the change in `arm` minus the change in the control arm."""
        self._comparable()
        here = self._mean(arm, wave) - self._mean(arm, since)
        there = self._mean(self.control, wave) - self._mean(self.control, since)
        return self.linear(here - there)

    def contrasts(self) -> tuple[tuple[str, int, Effect], ...]:
        """Return every contrast with the control that the data allow, arm by arm."""
        found = []
        for arm in self.arms[1:]:
            for wave in self.waves:
                try:
                    found.append((arm, wave, self.contrast(arm, wave)))
                except Refusal:
                    continue
        return tuple(found)

    def linear(self, c: ArrayLike) -> Effect:
        """Return c'β, c of shape (q,), with its degrees of freedom.

        Raises
        ------
        Refusal
            If the data say nothing of it.
        """
        return self.inference.linear(np.asarray(c, dtype=np.float64))

    def _mean(self, arm: object, wave: int) -> Floats:
        if wave not in self.waves:
            known = 0 <= wave < len(self.wave_names)
            name = self.wave_names[wave] if known else str(wave + 1)
            raise Refusal(Note.of("mixed.wave_refused", wave=name))
        if str(arm) not in self.arms:
            raise Refusal(Note.of("mixed.no_such_arm", arm=str(arm)))
        return self.layout.mean_at(str(arm), wave)

    def _comparable(self) -> None:
        if len(self.arms) == 1:
            raise Refusal(Note.of("mixed.one_arm", arm=self.control))


def mmrm(
    outcome: ArrayLike,
    arm: Labels | None = None,
    *,
    control: object = None,
    baseline: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    covariates_by_wave: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    covariance: Covariance = "unstructured",
    df: DfMethod = "kenward_roger",
    error: Error = "model",
    group: Labels | None = None,
    level: float = 0.95,
    wave_names: Sequence[str] | None = None,
    max_iterations: int = 100,
) -> MMRM:
    """Fit arm × wave with a covariance among one person's answers, by REML.

    Missing answers are taken as missing at random given the answers there are, the arm and the
    covariates. Cross-products per pattern of missing waves are formed once, so an iteration
    costs the same for any number of people.

    Parameters
    ----------
    outcome
        Shape (n, T), one row per person and one column per wave in order; NaN where missing.
        The baseline is not among the columns if it is given as `baseline`.
    arm
        Shape (n,), labels; None for a study with one arm.
    control
        Label of the control arm; None for the first label in alphabetical order.
    baseline
        Shape (n,); enters with an effect per wave.
    covariates
        Shape (n, k), already coded as numbers without a constant; one effect for all waves.
    covariates_by_wave
        Shape (n, k), with an effect per wave.
    weights
        Shape (n,), positive: the covariance of person i is Σ / w_i.
    covariance
        ``"unstructured"``, ``"ar1h"`` (heterogeneous), ``"ar1"`` or ``"compound_symmetry"``.
        Where one cannot be fitted the next is used, and a note says so.
    df
        ``"kenward_roger"``, ``"kenward_roger_linear"`` (without second derivatives of Σ),
        ``"satterthwaite"``, or ``"residual"`` (answers minus effects).
    error
        ``"model"``, or ``"jackknife"``: the model fitted again without each group, or without
        each person where nothing is known of groups (see :mod:`evidencia.mixed.jackknife`).
    group
        Labels (n,) of who sits with whom; only the jackknife reads them.
    level
        Confidence level.
    wave_names
        T names, only used in sentences.

    Raises
    ------
    Refusal
        Fewer than 5 people with answers, nothing that varies, or no fit that converges.
    ValueError
        If shapes do not agree, or an option is not known.

    References
    ----------
    Mallinckrodt, C. H., Clark, W. S. & David, S. R. (2001). *J. Biopharm. Stat.* 11, 9–21.
    Kenward, M. G. & Roger, J. H. (1997). *Biometrics* 53, 983–997; (2009) *CSDA* 53, 2583–2595.
    Fai, A. H.-T. & Cornelius, P. L. (1996). *J. Stat. Comput. Simul.* 54, 363–378.
    """
    checked_method(df)
    if error not in get_args(Error):
        raise ValueError(f"error is one of {', '.join(get_args(Error))}, not {error!r}.")
    y = table(outcome)
    n, total = y.shape
    names = tuple(wave_names) if wave_names is not None else tuple(map(str, range(1, total + 1)))
    if len(names) != total:
        raise ValueError(f"wave_names holds {len(names)} names for {total} waves.")
    labels = np.full(n, ONE_ARM) if arm is None else arm_labels(arm, n)
    by_wave = np.hstack((columns(baseline, n, "baseline"), columns(covariates_by_wave, n)))
    extra = np.hstack((by_wave, columns(covariates, n)))
    heavy = positive(weights, n)
    keep, notes = _who_enters(y, extra)
    if not keep.any():
        raise Refusal(Note.of("mixed.nobody_answered"))
    y, labels, extra = y[keep], labels[keep], extra[keep]
    arms = ordered_arms(labels, control)
    seen = ~np.isnan(y)
    waves = tuple(int(t) for t in np.flatnonzero(seen.any(axis=0)))
    notes += tuple(
        Note.of("mixed.wave_empty", wave=names[t]) for t in range(total) if t not in waves
    )
    layout = Layout(arms, waves, by_wave.shape[1], extra.shape[1] - by_wave.shape[1])
    dummies = (labels[:, None] == np.array(arms[1:], dtype=labels.dtype)).astype(np.float64)
    # Centred here as well as later, so that sums of squares keep their digits.
    middle, means = float(y[seen].mean()), extra.mean(axis=0)
    z = np.hstack((np.ones((len(y), 1)), dummies, extra - means))
    weighing = None if heavy is None else heavy[keep]
    people = People(
        y[:, waves] - middle,
        z,
        weighing,
        None if group is None else arm_labels(group, n, "group")[keep],
    )
    products = cross_products(people.y, z, weighing)
    options = Options(covariance, df, level, max_iterations)
    return assembled(
        products, layout, options, notes, names, middle, people if error == "jackknife" else None
    )


def assembled(
    products: Products,
    layout: Layout,
    options: Options,
    notes: tuple[Note, ...],
    wave_names: tuple[str, ...],
    centre: float = 0.0,
    people: People | None = None,
) -> MMRM:
    """Fit cross-products and dress the result; `centre` was subtracted from the outcome.

    `people` are those behind the products, where the error is the jackknife's.
    """
    fitted: Fitted = fit_products(products, layout, options, notes, centre)
    inference = fitted.inference if people is None else jackknifed(fitted, people)
    return MMRM(
        covariance=fitted.covariance,
        requested=options.covariance,
        df_method=options.df,
        arms=layout.arms,
        waves=layout.waves,
        beta=inference.beta,
        beta_cov=inference.cov,
        sigma=fitted.sigma,
        theta=fitted.theta,
        theta_cov=fitted.theta_cov,
        minus2_reml=fitted.minus2,
        iterations=fitted.iterations,
        converged=True,
        n_units=products.n_units,
        n_obs=products.n_obs,
        n_patterns=len(products.n),
        level=options.level,
        notes=inference.notes,
        layout=layout,
        inference=inference,
        wave_names=wave_names,
    )


def _who_enters(y: Floats, extra: Floats) -> tuple[npt.NDArray[np.bool_], tuple[Note, ...]]:
    answered = (~np.isnan(y)).sum(axis=1) > 0
    known = np.isnan(extra).sum(axis=1) == 0
    notes: tuple[Note, ...] = ()
    silent, unknown = int((~answered).sum()), int((answered & ~known).sum())
    if silent:
        notes += (Note.of("mixed.people_without_answer", n=silent),)
    if unknown:
        notes += (Note.of("mixed.people_without_covariate", n=unknown),)
    return answered & known, notes
