"""How alike the people of a cluster are, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.clusters.arrays import ROUNDING, Floats, coded, group_sums, numbers
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal


@dataclass(frozen=True, slots=True)
class Icc:
    """An intraclass correlation.

    Attributes
    ----------
    effect
        The correlation, Smith's standard error and Searle's interval; `p` is that of F.
    between, within
        Variance components, squared units of the outcome. `between` may be negative.
    n0
        Size of cluster that enters the formulas where sizes differ.
    mean_size, cv_size
        Mean size of clusters and its coefficient of variation.
    """

    effect: Effect
    between: float
    within: float
    n0: float
    mean_size: float
    cv_size: float

    @property
    def design_effect(self) -> float:
        """How many times more people are needed than if they were drawn one by one."""
        return design_effect(self.effect.estimate, self.mean_size, self.cv_size)


def design_effect(icc: float, mean_size: float, cv_size: float = 0.0) -> float:
    """Return 1 + ((1 + cv²)·m − 1)·ρ, not below 1 for a negative correlation.

    References
    ----------
    Eldridge, S. M., Ashby, D. & Kerry, S. (2006). Sample size for cluster randomized trials.
    *Int. J. Epidemiol.* 35, 1292–1300.
    """
    if not (-1.0 <= icc <= 1.0 and mean_size >= 1.0 and cv_size >= 0.0):
        raise ValueError("A design effect needs −1 ≤ icc ≤ 1, mean_size ≥ 1 and cv_size ≥ 0.")
    return max(1.0, 1.0 + ((1.0 + cv_size**2) * mean_size - 1.0) * icc)


def icc(
    outcome: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    treated: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Icc:
    """Estimate the intraclass correlation by analysis of variance.

    Parameters
    ----------
    outcome : (n,)
    clusters : (n,)
    treated : (n,), optional
        Labels of the arms: clusters are compared within their arm.
    level
        Confidence level.

    Raises
    ------
    Refusal
        ``clusters.no_pairs`` where no cluster has two people or there are fewer than two
        clusters in an arm; ``clusters.no_variance``.

    References
    ----------
    Donner, A. & Wells, G. (1986). A comparison of confidence interval methods for the intraclass
    correlation coefficient. *Biometrics* 42, 401–412.
    Donner, A. & Klar, N. (2000). *Design and Analysis of Cluster Randomization Trials*, ch. 1.
    Smith, C. A. B. (1957). On the estimation of intraclass correlation. *Ann. Hum. Genet.* 21.
    """
    y = numbers(outcome, "outcome")
    n = len(y)
    groups, g = coded(clusters, "clusters", n)
    arm, arms = coded(treated, "treated", n)
    size = group_sums(np.ones(n), groups, g)
    arm_of = (group_sums(arm.astype(np.float64), groups, g) / size).astype(np.intp)
    if not np.array_equal(arm_of[groups], arm):
        raise ValueError("treated must be the same for all rows of a cluster.")
    df_between, df_within = g - arms, n - g
    if df_between < 1 or df_within < 1:
        raise Refusal(Note.of("clusters.no_pairs"))
    mean = group_sums(y, groups, g) / size
    per_arm = group_sums(size, arm_of, arms)
    centre = group_sums(y, arm, arms) / per_arm
    ms_between = float(size @ np.square(mean - centre[arm_of])) / df_between
    ms_within = float(np.square(y - mean[groups]).sum()) / df_within
    if not ms_between + ms_within > ROUNDING * float(np.square(y).max()):
        raise Refusal(Note.of("clusters.no_variance"))
    n0 = (n - float((group_sums(size**2, arm_of, arms) / per_arm).sum())) / df_between
    between = (ms_between - ms_within) / n0
    rho = between / (between + ms_within)
    low, high = _searle(ms_between, ms_within, n0, df_between, df_within, level)
    se = _smith(rho, n0, size, arm_of, per_arm, df_between, df_within)
    notes = (Note.of("clusters.negative_icc"),) if rho < 0 else ()
    effect = Effect(
        estimate=rho,
        se=se,
        df=None,
        ci_low=low,
        ci_high=high,
        p=None,
        n_units=n,
        n_obs=n,
        n_clusters=g,
        level=level,
        notes=notes,
    )
    mean_size = float(size.mean())
    return Icc(effect, between, ms_within, n0, mean_size, float(size.std()) / mean_size)


def _searle(
    between: float, within: float, n0: float, k: int, m: int, level: float
) -> tuple[float, float]:
    """Return the interval from F, exact where sizes are equal."""
    if within <= ROUNDING * between:
        return 1.0, 1.0
    f, upper = between / within, 0.5 + level / 2
    low, high = (
        f / float(scipy.special.fdtri(k, m, upper)),
        f * float(scipy.special.fdtri(m, k, upper)),
    )
    return (low - 1) / (low + n0 - 1), (high - 1) / (high + n0 - 1)


def _smith(
    rho: float,
    n0: float,
    size: Floats,
    arm_of: npt.NDArray[np.intp],
    per_arm: Floats,
    k: int,
    m: int,
) -> float | None:
    """Return the large-sample standard error; None where it is zero."""
    second = group_sums(size**2, arm_of, len(per_arm))
    third = group_sums(size**3, arm_of, len(per_arm))
    uneven = float((second - 2 * third / per_arm + np.square(second / per_arm)).sum())
    first = (1 + rho * (n0 - 1)) ** 2 / m
    other = (k * (1 - rho) * (1 + rho * (2 * n0 - 1)) + rho**2 * uneven) / k**2
    variance = 2 * (1 - rho) ** 2 / n0**2 * (first + other)
    return float(np.sqrt(variance)) if variance > 0 else None
