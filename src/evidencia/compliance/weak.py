"""A confidence set that holds however little the lottery moved uptake."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from evidencia.compliance._moments import Design, Slopes, design_of, slopes, vector
from evidencia.estimate import quantile
from evidencia.words import Note, Refusal

Shape = Literal["interval", "ray", "two_rays", "everything"]

# Relative to b², below which the quadratic is taken as a line.
_FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class AndersonRubin:
    """The effects that the data do not contradict.

    Attributes
    ----------
    shape
        ``"interval"``; ``"ray"`` (one limit only), ``"two_rays"`` (all but a gap in the middle)
        or ``"everything"`` when the lottery hardly moved uptake.
    intervals
        The pieces, ascending; limits may be -inf or inf.
    level
        Confidence level.
    notes
        What must be read beside the set.
    """

    shape: Shape
    intervals: tuple[tuple[float, float], ...]
    level: float
    notes: tuple[Note, ...]

    def contains(self, value: float) -> bool:
        """Whether `value` is in the set."""
        return any(low <= value <= high for low, high in self.intervals)

    @property
    def hull(self) -> tuple[float, float]:
        """The smallest interval around the set."""
        return self.intervals[0][0], self.intervals[-1][1]


def anderson_rubin(
    outcome: ArrayLike,
    uptake: ArrayLike,
    assigned: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    block: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    level: float = 0.95,
) -> AndersonRubin:
    """Return the effects of uptake that a test at 1 − `level` does not reject.

    Parameters
    ----------
    outcome, uptake, assigned, covariates, block, cluster, level
        As in :func:`evidencia.compliance.cace`.

    Returns
    -------
    AndersonRubin
        Covers at `level` whether uptake differs much, little or not at all.

    Raises
    ------
    Refusal
        With one arm (overall or inside every block), one cluster, or no variance.
    ValueError
        If shapes disagree or values are missing.

    Notes
    -----
    β₀ is kept when assignment does not predict y − β₀ d. With reduced form a, first stage b and
    their joint sandwich covariance V that is (a − β₀ b)² ≤ c (V_yy − 2 β₀ V_yd + β₀² V_dd), a
    quadratic in β₀, solved exactly; c is the quantile of F(1, df).

    References
    ----------
    Anderson, T. W. & Rubin, H. (1949). *Ann. Math. Stat.* 20, 46–63.
    Andrews, I., Stock, J. & Sun, L. (2019). *Annu. Rev. Econ.* 11, 727–753.
    """
    y = np.asarray(outcome, dtype=np.float64)
    n = y.size
    y = vector(y, n, "outcome")
    design = design_of(n, covariates, block, cluster)
    fitted = slopes(vector(assigned, n, "assigned"), (y, vector(uptake, n, "uptake")), design)
    if fitted is None:
        raise Refusal(Note.of("compliance.one_arm"))
    return confidence_set(fitted, design, level)


def confidence_set(fitted: Slopes, design: Design, level: float) -> AndersonRubin:
    """Solve the quadratic for the slopes of outcome and uptake on assignment."""
    c = quantile(level, float(design.df)) ** 2
    a, b = (float(v) for v in fitted.value)
    v = fitted.covariance
    if v[0, 0] <= 0:
        raise Refusal(Note.of("compliance.no_variance"))
    # A β² − 2 B β + C ≤ 0
    lead = b * b - c * float(v[1, 1])
    middle = a * b - c * float(v[0, 1])
    end = a * a - c * float(v[0, 0])
    if abs(lead) <= _FLAT * b * b:
        return _line(middle, end, level)
    under = middle * middle - lead * end
    if lead > 0:
        # a / b always satisfies the inequality, so `under` is below 0 only by rounding.
        root = sqrt(max(under, 0.0))
        ends = sorted(((middle - root) / lead, (middle + root) / lead))
        return AndersonRubin("interval", ((ends[0], ends[1]),), level, ())
    if under <= 0:
        note = Note.of("compliance.set_everything")
        return AndersonRubin("everything", ((-inf, inf),), level, (note,))
    root = sqrt(under)
    ends = sorted(((middle - root) / lead, (middle + root) / lead))
    note = Note.of("compliance.set_two_rays", low=round(ends[0], 4), high=round(ends[1], 4))
    return AndersonRubin("two_rays", ((-inf, ends[0]), (ends[1], inf)), level, (note,))


def _line(middle: float, end: float, level: float) -> AndersonRubin:
    if middle == 0:
        note = Note.of("compliance.set_everything")
        return AndersonRubin("everything", ((-inf, inf),), level, (note,))
    limit = end / (2 * middle)
    piece = (limit, inf) if middle > 0 else (-inf, limit)
    return AndersonRubin(
        "ray", (piece,), level, (Note.of("compliance.set_ray", limit=round(limit, 4)),)
    )
