"""One number with its doubt: what every estimator returns.

An :class:`Effect` is what an estimator knows (a number, its standard error, its reference
distribution). An :class:`Estimate` is an effect with its names (whose report, which outcome,
which contrast, which wave), as it stands in ``result.json``. Estimators return effects and know
nothing of plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, isfinite
from typing import Literal

import scipy

from evidencia.words import Note

Scale = Literal["identity", "log"]
Role = Literal["primary", "sensitivity", "secondary", "descriptive"]


@dataclass(frozen=True, slots=True)
class Effect:
    """A number, how sure it is, and on how many it stands.

    Attributes
    ----------
    estimate
        In the outcome's own units, or a logarithm where `scale` is ``"log"``.
    se
        Standard error on the same scale; None where the method gives an interval without one.
    df
        Degrees of freedom of Student's t; None for the normal distribution.
    ci_low, ci_high
        Confidence limits at `level`; -inf or inf where the data set no limit.
    p
        Two-sided p value of "no difference"; None where the method has none.
    n_units, n_obs
        People and rows that entered the fit.
    n_clusters
        Clusters that entered the fit; None where there are none in the design.
    level
        Confidence level.
    scale
        ``"log"`` for ratios (hazard, odds, rate): exponentiate to read.
    notes
        What must be read beside the number.

    Raises
    ------
    ValueError
        If a number is NaN: an estimator refuses with a sentence, or leaves None.
    """

    estimate: float
    se: float | None
    df: float | None
    ci_low: float
    ci_high: float
    p: float | None
    n_units: int
    n_obs: int
    n_clusters: int | None = None
    level: float = 0.95
    scale: Scale = "identity"
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        for name in ("estimate", "se", "df", "ci_low", "ci_high", "p"):
            value = getattr(self, name)
            if value is not None and value != value:
                raise ValueError(f"An effect's {name} is not a number; refuse, or leave it None.")
        if not isfinite(self.estimate):
            raise ValueError("An effect's estimate is infinite; refuse instead.")

    @classmethod
    def of(
        cls,
        estimate: float,
        se: float,
        *,
        n_units: int,
        n_obs: int,
        df: float | None = None,
        n_clusters: int | None = None,
        level: float = 0.95,
        scale: Scale = "identity",
        notes: tuple[Note, ...] = (),
    ) -> Effect:
        """Build an effect with the symmetric interval and the p value of t (or of the normal).

        Raises
        ------
        ValueError
            If `se` is not positive and finite: "no variance" is a refusal, not an interval.
        """
        if not (isfinite(se) and se > 0):
            raise ValueError(f"A standard error must be positive and finite, not {se}.")
        half = quantile(level, df) * se
        return cls(
            estimate=float(estimate),
            se=float(se),
            df=None if df is None else float(df),
            ci_low=float(estimate - half),
            ci_high=float(estimate + half),
            p=two_sided(estimate / se, df),
            n_units=n_units,
            n_obs=n_obs,
            n_clusters=n_clusters,
            level=level,
            scale=scale,
            notes=notes,
        )

    def with_notes(self, *notes: Note) -> Effect:
        """Return the same effect with more notes."""
        return replace(self, notes=self.notes + notes)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect with its names: one row of ``result.json``.

    Attributes
    ----------
    outcome, informant
        Names of the plan; informants are never pooled, so there is always exactly one.
    method
        A lower-case slug: ``"mmrm"``, ``"complete_case"``, ``"cox"``, ``"jump_to_reference"``…
    contrast
        ``"ARM vs CONTROL"`` in the data's own values.
    wave
        The data's own value; None where the outcome has no wave.
    role
        What the number may be used for.
    """

    outcome: str
    informant: str | None
    method: str
    contrast: str
    wave: str | None
    role: Role
    effect: Effect


def quantile(level: float, df: float | None) -> float:
    """Return the two-sided quantile of Student's t, or of the normal where `df` is None."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"level is a probability between 0 and 1 (for example 0.95), not {level}.")
    upper = 0.5 + level / 2
    return float(
        scipy.special.ndtri(upper) if df is None or df == inf else scipy.special.stdtrit(df, upper)
    )


def two_sided(statistic: float, df: float | None) -> float:
    """Return the two-sided p value of a t (or z, where `df` is None) statistic."""
    tail = -abs(statistic)
    return float(
        2 * (scipy.special.ndtr(tail) if df is None or df == inf else scipy.special.stdtr(df, tail))
    )
