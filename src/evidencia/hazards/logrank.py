"""The log-rank test: do these groups have the event at the same moments?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from evidencia.hazards._risk import RiskSets
from evidencia.hazards._rows import codes_of, times_and_events
from evidencia.words import Note, Refusal

SMALL_EXPECTED = 5.0
"""The least expected number of events at which chi-squared is trusted (Cochran 1954)."""


@dataclass(frozen=True, slots=True, eq=False)
class LogRank:
    """A log-rank test of k groups.

    Attributes
    ----------
    groups
        The k labels, sorted.
    observed, expected
        float64, shape (k,). Events in each group, and those expected if all hazards were equal.
    variance
        float64, shape (k, k). Hypergeometric covariance of observed − expected.
    chi2, df, p
        The test; df = k − 1.
    n, n_events, n_strata
        People, events, strata.
    notes
        What must be read beside the test.
    """

    groups: tuple[str, ...]
    observed: NDArray[np.float64]
    expected: NDArray[np.float64]
    variance: NDArray[np.float64]
    chi2: float
    df: int
    p: float
    n: int
    n_events: int
    n_strata: int
    notes: tuple[Note, ...]


def log_rank(
    time: ArrayLike, event: ArrayLike, group: ArrayLike, *, strata: ArrayLike | None = None
) -> LogRank:
    """Compare the times to an event of two or more groups, within strata where there are any.

    Parameters
    ----------
    time
        Shape (n,), ≥ 0. Time of the event, or until which there was none.
    event
        Shape (n,). 1 for an event, 0 for a censoring.
    group, strata
        Shape (n,). Labels; people are compared only inside their stratum.

    Returns
    -------
    LogRank
        Observed and expected events with the test.

    Raises
    ------
    Refusal
        Without people or events, with one group, or when no stratum compares the groups.
    ValueError
        If shapes disagree.

    Notes
    -----
    At each time with d events among n at risk, the events of group g are hypergeometric with
    mean d n_g / n and covariance d (n_g / n) (δ_gh − n_h / n) (n − d) / (n − 1).

    References
    ----------
    Mantel, N. (1966). *Cancer Chemother. Rep.* 50, 163–170.
    Peto, R. & Peto, J. (1972). *JRSS A* 135, 185–207.
    """
    t, delta = times_and_events(time, event)
    if t.size == 0:
        raise Refusal(Note.of("refusal.nobody_followed"))
    code, k = codes_of(group, t.size, "group")
    stratum, n_strata = codes_of(strata, t.size, "strata")
    if k < 2:
        raise Refusal(Note.of("hazards.one_group"))
    if not delta.any():
        raise Refusal(Note.of("hazards.no_events", n=t.size))
    member = np.eye(k)[code]
    sets = RiskSets.of(t, delta, stratum, None)
    at_risk = sets.sums(member)
    n, d = at_risk.sum(axis=1), sets.n_events.astype(np.float64)
    share = at_risk / n[:, None]
    expected = d @ share
    spread = d * (n - d) / np.maximum(n - 1, 1.0)
    variance = np.diag(spread @ share) - (share.T * spread) @ share
    observed = member[delta].sum(axis=0)
    chi2, df = _quadratic(observed - expected, variance)
    if df == 0:
        raise Refusal(Note.of("hazards.nothing_to_compare"))
    return LogRank(
        groups=tuple(str(label) for label in np.unique(np.asarray(group))),
        observed=observed,
        expected=expected,
        variance=variance,
        chi2=chi2,
        df=df,
        p=float(scipy.special.chdtrc(df, chi2)),
        n=t.size,
        n_events=int(delta.sum()),
        n_strata=n_strata,
        notes=_notes(expected, df, k),
    )


def _quadratic(difference: NDArray[np.float64], variance: NDArray[np.float64]) -> tuple[float, int]:
    """Return (O − E)' V⁻ (O − E) over the part of the space that has variance, with its rank."""
    values, vectors = np.linalg.eigh(variance)
    kept = values > 1e-10 * max(1.0, float(values[-1]))
    along = vectors[:, kept].T @ difference
    return float((along**2 / values[kept]).sum()), int(kept.sum())


def _notes(expected: NDArray[np.float64], df: int, k: int) -> tuple[Note, ...]:
    notes: list[Note] = []
    if expected.min() < SMALL_EXPECTED:
        notes.append(Note.of("hazards.small_expected", expected=round(float(expected.min()), 1)))
    if df < k - 1:
        notes.append(Note.of("hazards.groups_apart"))
    return tuple(notes)
