"""Does the same person score the same twice? Intraclass correlations and measurement error."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy
from numpy.typing import ArrayLike

from evidencia.estimate import Effect
from evidencia.intervals import normal_quantile
from evidencia.measures._table import complete_rows, figure
from evidencia.words import Note, Refusal

FEW = 50
"""People below which a test–retest is called small (COSMIN; Mokkink et al. 2018, *Qual. Life
Res.* 27, 1171–1179)."""


@dataclass(frozen=True, slots=True)
class Retest:
    """How stable a score is over occasions on which nothing should have changed.

    Attributes
    ----------
    icc_agreement
        ICC(2,1): a shift of everybody between occasions counts as error.
    icc_consistency
        ICC(3,1): it does not.
    sem_agreement, sem_consistency
        Standard error of measurement, points.
    smallest_detectable_change
        Points from which one person's change is more than error: z √2 SEM (agreement).
    mean_change
        Last − first occasion, with Student's t; None where all changed by the same.
    n, n_missing
        People with all occasions; people who lack one, left out.
    notes
        What must be read beside the numbers.
    """

    icc_agreement: Effect
    icc_consistency: Effect
    sem_agreement: float
    sem_consistency: float
    smallest_detectable_change: float
    mean_change: Effect | None
    n: int
    n_missing: int
    notes: tuple[Note, ...]


def retest(scores: ArrayLike, *, level: float = 0.95) -> Retest:
    """Return the stability of a score over occasions.

    Parameters
    ----------
    scores
        Shape (n, k), k ≥ 2. One row per person, one column per occasion; rows with a NaN are
        left out and counted.
    level
        Confidence level.

    Returns
    -------
    Retest
        Both intraclass correlations, errors of measurement, smallest detectable change.

    Raises
    ------
    Refusal
        With fewer than 3 people, when people do not differ, or when nobody's score moved (or
        all moved by exactly the same), which leaves no error to measure.
    ValueError
        If `scores` is not a table.

    Notes
    -----
    From the mean squares of people (MSR), occasions (MSC) and residual (MSE):
    ICC(3,1) = (MSR − MSE) / (MSR + (k − 1) MSE) and
    ICC(2,1) = (MSR − MSE) / (MSR + (k − 1) MSE + k (MSC − MSE) / n), with the intervals of
    McGraw & Wong. A negative value means that people differ less than chance would make them.

    References
    ----------
    Shrout, P. & Fleiss, J. (1979). *Psychol. Bull.* 86, 420–428.
    McGraw, K. & Wong, S. (1996). *Psychol. Methods* 1, 30–46 (and correction, 390).
    de Vet, H. et al. (2006). *J. Clin. Epidemiol.* 59, 1033–1039.
    """
    table, missing = complete_rows(scores, "scores")
    n, k = table.shape
    if n < 3:
        raise Refusal(Note.of("measures.too_few_people", n=n))
    grand = table.mean()
    people, occasions = table.mean(axis=1), table.mean(axis=0)
    msr = k * float(((people - grand) ** 2).sum()) / (n - 1)
    msc = n * float(((occasions - grand) ** 2).sum()) / (k - 1)
    rest = table - people[:, None] - occasions[None, :] + grand
    mse = float((rest**2).sum()) / ((n - 1) * (k - 1))
    tiny = 1e-20 * max(1.0, float(np.abs(table).max()) ** 2)
    if msr <= tiny:
        raise Refusal(Note.of("measures.no_variance"))
    if mse <= tiny:
        raise Refusal(Note.of("measures.nothing_moved", n=n))
    notes = _notes(n, missing)
    between = max(0.0, (msc - mse) / n)
    sem = sqrt(mse + between)
    return Retest(
        icc_agreement=_agreement((msr, msc, mse), n, k, level, notes),
        icc_consistency=_consistency(msr / mse, n, k, level, notes),
        sem_agreement=sem,
        sem_consistency=sqrt(mse),
        smallest_detectable_change=normal_quantile(level) * sqrt(2) * sem,
        mean_change=_shift(table[:, -1] - table[:, 0], level),
        n=n,
        n_missing=missing,
        notes=notes,
    )


def _consistency(f: float, n: int, k: int, level: float, notes: tuple[Note, ...]) -> Effect:
    tail = (1 - level) / 2
    df, df_rest = n - 1, (n - 1) * (k - 1)
    low = f / float(scipy.special.fdtri(df, df_rest, 1 - tail))
    high = f * float(scipy.special.fdtri(df_rest, df, 1 - tail))
    value, one, two = ((x - 1) / (x + k - 1) for x in (f, low, high))
    return figure(value, (one, two), n=n, n_obs=n * k, level=level, notes=notes)


def _agreement(
    squares: tuple[float, float, float], n: int, k: int, level: float, notes: tuple[Note, ...]
) -> Effect:
    msr, msc, mse = squares
    icc = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    ratio = msc / mse
    part = n * (1 + (k - 1) * icc) - k * icc
    top = (k - 1) * (n - 1) * (k * icc * ratio + part) ** 2
    v = top / ((n - 1) * (k * icc * ratio) ** 2 + part**2)
    tail = (1 - level) / 2
    above, below = (
        float(scipy.special.fdtri(n - 1, v, 1 - tail)),
        float(scipy.special.fdtri(v, n - 1, 1 - tail)),
    )
    spread = k * msc + (k * n - k - n) * mse
    low = n * (msr - above * mse) / (above * spread + n * msr)
    high = n * (below * msr - mse) / (spread + n * below * msr)
    return figure(icc, (low, high), n=n, n_obs=n * k, level=level, notes=notes)


def _shift(change: np.ndarray[tuple[int], np.dtype[np.float64]], level: float) -> Effect | None:
    n = int(change.size)
    se = float(change.std(ddof=1)) / sqrt(n)
    if se <= 1e-14 * max(1.0, float(np.abs(change).max())):
        return None
    return Effect.of(float(change.mean()), se, df=n - 1, n_units=n, n_obs=2 * n, level=level)


def _notes(n: int, missing: int) -> tuple[Note, ...]:
    notes: list[Note] = []
    if n < FEW:
        notes.append(Note.of("measures.few_people_retest", n=n))
    if missing:
        notes.append(Note.of("measures.rows_missing", n=missing))
    return tuple(notes)
