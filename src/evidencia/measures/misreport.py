"""What would be true if the answers hide this much: grids, never an estimate.

Two informants give three free shares. Prevalence, two sensitivities and two specificities are
five unknowns: the error rates are not identified, and what is not identified is not estimated.
A grid shows what each assumption would imply and leaves the reader to say which is credible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import hypot

import numpy as np
from numpy.typing import ArrayLike

from evidencia.intervals import wilson
from evidencia.words import Note, Refusal

SENSITIVITIES = (0.35, 0.5, 0.65, 0.75, 0.85, 1.0)
"""From a man who hides two events of three to one who tells all. Wide on purpose: men and
partners both under-report, men more so (Heckert & Gondolf 2000, *J. Fam. Violence* 15)."""

SPECIFICITIES = (0.95, 1.0)
"""Few say that there was violence where there was none."""

# A share this close to its limit is at the limit but for rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class RoganGladen:
    """A prevalence under given sensitivity and specificity.

    Attributes
    ----------
    apparent
        Share that reports it.
    prevalence, ci_low, ci_high
        Under the assumption, in [0, 1]; the interval is sampling only. None where the answers
        contradict the assumption.
    compatible
        Whether the interval of `apparent` reaches what the assumption allows.
    notes
        What must be read beside the numbers.
    """

    apparent: float
    prevalence: float | None
    ci_low: float | None
    ci_high: float | None
    compatible: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class MisreportRow:
    """The difference in prevalence under one assumption; None where the answers exclude it."""

    sensitivity_treated: float
    sensitivity_control: float
    specificity: float
    difference: float | None
    ci_low: float | None
    ci_high: float | None
    compatible: bool


@dataclass(frozen=True, slots=True)
class MisreportGrid:
    """The difference of two arms under each assumption.

    Attributes
    ----------
    rows
        One per assumption.
    apparent
        Difference in what is reported, treated − control.
    lowest, highest
        Over the assumptions that the answers do not exclude; None where all are excluded.
    sign_changes
        Whether some assumption turns the difference round.
    notes
        What must be read beside the grid.
    """

    rows: tuple[MisreportRow, ...]
    apparent: float
    lowest: float | None
    highest: float | None
    sign_changes: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class TwoInformantRow:
    """What two specificities imply; None where the answers exclude them."""

    specificity_first: float
    specificity_second: float
    prevalence: float | None
    sensitivity_first: float | None
    sensitivity_second: float | None
    compatible: bool


@dataclass(frozen=True, slots=True)
class TwoInformantGrid:
    """What two informants imply under each pair of specificities.

    Attributes
    ----------
    rows
        One per pair.
    lowest, highest
        Prevalence over the pairs that the answers do not exclude; None where all are excluded.
    apparent_first, apparent_second
        Share that each reports.
    n
        Pairs.
    notes
        What must be read beside the grid.
    """

    rows: tuple[TwoInformantRow, ...]
    lowest: float | None
    highest: float | None
    apparent_first: float
    apparent_second: float
    n: int
    notes: tuple[Note, ...]


def rogan_gladen(
    n_reported: int, n: int, sensitivity: float, specificity: float, *, level: float = 0.95
) -> RoganGladen:
    """Return the prevalence that would show as this share under given error rates.

    Parameters
    ----------
    n_reported, n
        People who report it, and people asked.
    sensitivity, specificity
        Probability of a yes where it happened, and of a no where it did not; taken as known.
    level
        Confidence level.

    Returns
    -------
    RoganGladen
        π = (p + specificity − 1) / (sensitivity + specificity − 1).

    Raises
    ------
    Refusal
        If nobody was asked, or answers with those error rates say nothing
        (sensitivity + specificity ≤ 1).
    ValueError
        If a rate is not in [0, 1] or the counts contradict each other.

    References
    ----------
    Rogan, W. & Gladen, B. (1978). *Am. J. Epidemiol.* 107, 71–76.
    """
    gain = _gain(sensitivity, specificity)
    low, high = (_clear((v + specificity - 1) / gain) for v in wilson(n_reported, n, level))
    raw = _clear((n_reported / n + specificity - 1) / gain)
    note = Note.of("measures.not_identified")
    if high < 0 or low > 1:
        said = (note, Note.of("measures.contradicted"))
        return RoganGladen(n_reported / n, None, None, None, False, said)
    clipped = () if 0 <= raw <= 1 else (Note.of("measures.clipped"),)
    return RoganGladen(
        apparent=n_reported / n,
        prevalence=min(1.0, max(0.0, raw)),
        ci_low=max(0.0, low),
        ci_high=min(1.0, high),
        compatible=True,
        notes=(note, *clipped),
    )


def misreport_grid(
    n_reported_treated: int,
    n_treated: int,
    n_reported_control: int,
    n_control: int,
    *,
    sensitivities: Sequence[float] = SENSITIVITIES,
    specificities: Sequence[float] = SPECIFICITIES,
    differential: bool = True,
    level: float = 0.95,
) -> MisreportGrid:
    """Show the difference of two arms under each sensitivity of each arm.

    Parameters
    ----------
    n_reported_treated, n_treated, n_reported_control, n_control
        People who report it and people asked, by arm.
    sensitivities, specificities
        The assumptions. Pairs with sensitivity + specificity ≤ 1 are skipped.
    differential
        Whether the arms may hide differently: a programme may change what men tell.
    level
        Confidence level.

    Returns
    -------
    MisreportGrid
        One row per assumption, with the range. No row is the estimate.

    Raises
    ------
    Refusal
        If an arm has nobody.
    ValueError
        If the counts contradict each other.

    Notes
    -----
    Limits by Newcombe's square-and-add of Wilson's limits, each arm's scaled by
    1 / (sensitivity + specificity − 1) (MOVER; Zou & Donner 2008).

    References
    ----------
    Newcombe, R. (1998). *Stat. Med.* 17, 873–890. Zou, G. & Donner, A. (2008). *Stat. Med.* 27,
    1693–1702.
    """
    treated = (n_reported_treated, n_treated)
    control = (n_reported_control, n_control)
    shares = [(k / n if n else 0.0, *wilson(k, n, level)) for k, n in (treated, control)]
    rows = tuple(
        _difference(shares, one, two, specificity)
        for specificity, one, two in product(specificities, sensitivities, sensitivities)
        if min(one, two) + specificity > 1 and (differential or one == two)
    )
    found = [row.difference for row in rows if row.difference is not None]
    turns = bool(found) and min(found) < 0 < max(found)
    notes = [Note.of("measures.not_identified")]
    if turns:
        notes.append(Note.of("measures.sign_changes"))
    if not found:
        notes.append(Note.of("measures.contradicted"))
    return MisreportGrid(
        rows=rows,
        apparent=shares[0][0] - shares[1][0],
        lowest=min(found, default=None),
        highest=max(found, default=None),
        sign_changes=turns,
        notes=tuple(notes),
    )


def _difference(
    shares: list[tuple[float, float, float]], one: float, two: float, specificity: float
) -> MisreportRow:
    true = [
        [_clear((v + specificity - 1) / _gain(sensitivity, specificity)) for v in share]
        for share, sensitivity in zip(shares, (one, two), strict=True)
    ]
    (p, p_low, p_high), (q, q_low, q_high) = true
    if not (0 <= p <= 1 and 0 <= q <= 1):
        return MisreportRow(one, two, specificity, None, None, None, False)
    low = p - q - hypot(p - p_low, q_high - q)
    high = p - q + hypot(p_high - p, q - q_low)
    return MisreportRow(one, two, specificity, p - q, max(-1.0, low), min(1.0, high), True)


def two_informant_grid(
    table: ArrayLike,
    *,
    specificities_first: Sequence[float] = (0.9, 0.95, 1.0),
    specificities_second: Sequence[float] = (0.9, 0.95, 1.0),
    sensitivity_first: tuple[float, float] = (0.0, 1.0),
    sensitivity_second: tuple[float, float] = (0.0, 1.0),
) -> TwoInformantGrid:
    """Show what two informants imply about prevalence under each pair of specificities.

    Parameters
    ----------
    table
        Shape (2, 2), pairs; rows the first informant, columns the second; 0 no, 1 yes.
    specificities_first, specificities_second
        The assumptions.
    sensitivity_first, sensitivity_second
        Sensitivities held credible; a pair that implies others is excluded.

    Returns
    -------
    TwoInformantGrid
        Prevalence and sensitivities under each pair, with the range. No row is the estimate.

    Raises
    ------
    Refusal
        If the table is empty.
    ValueError
        If it is not 2 × 2 whole counts.

    Notes
    -----
    If the two err independently of each other, given what happened, then with f = 1 −
    specificity, π = (p₁ − f₁)(p₂ − f₂) / (p₁₁ − f₁ p₂ − f₂ p₁ + f₁ f₂) and the sensitivity of
    each is f + (p − f) / π (Hui & Walter 1980). With specificities of 1 this is capture and
    recapture, p₁ p₂ / p₁₁. If they hide the same events, π is larger than shown.

    References
    ----------
    Hui, S. & Walter, S. (1980). *Biometrics* 36, 167–171.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.shape != (2, 2) or (counts < 0).any() or (counts != np.floor(counts)).any():
        raise ValueError("table is 2 × 2 whole counts: rows the first informant, 0 no and 1 yes.")
    n = int(counts.sum())
    if n == 0:
        raise Refusal(Note.of("measures.no_pairs", missing=0))
    share = counts / n
    p, q, both = float(share[1].sum()), float(share[:, 1].sum()), float(share[1, 1])
    credible = (sensitivity_first, sensitivity_second)
    rows = tuple(
        _solved((p, q, both), (one, two), credible)
        for one, two in product(specificities_first, specificities_second)
    )
    found = [row.prevalence for row in rows if row.prevalence is not None]
    notes = [Note.of("measures.not_identified"), Note.of("measures.independent_errors")]
    if not found:
        notes.append(Note.of("measures.contradicted"))
    return TwoInformantGrid(
        rows=rows,
        lowest=min(found, default=None),
        highest=max(found, default=None),
        apparent_first=p,
        apparent_second=q,
        n=n,
        notes=tuple(notes),
    )


def _solved(
    shares: tuple[float, float, float],
    specificities: tuple[float, float],
    credible: tuple[tuple[float, float], tuple[float, float]],
) -> TwoInformantRow:
    p, q, both = shares
    f, g = 1 - specificities[0], 1 - specificities[1]
    excess = both - f * q - g * p + f * g
    one, two = p - f, q - g
    excluded = TwoInformantRow(*specificities, None, None, None, False)
    if min(one, two, excess) <= _ROUNDING:
        return excluded
    prevalence = one * two / excess
    rates = (_clear(f + one / prevalence), _clear(g + two / prevalence))
    fits = all(low <= rate <= high for rate, (low, high) in zip(rates, credible, strict=True))
    if prevalence > 1 + _ROUNDING or not fits or max(rates) > 1:
        return excluded
    return TwoInformantRow(*specificities, min(1.0, prevalence), *rates, True)


def _gain(sensitivity: float, specificity: float) -> float:
    if not (0 <= sensitivity <= 1 and 0 <= specificity <= 1):
        raise ValueError("Sensitivity and specificity are probabilities between 0 and 1.")
    gain = sensitivity + specificity - 1
    if gain <= _ROUNDING:
        raise Refusal(
            Note.of(
                "measures.says_nothing",
                sensitivity=float(sensitivity),
                specificity=float(specificity),
            )
        )
    return gain


def _clear(value: float) -> float:
    """Return 0 or 1 where only rounding separates a value from it."""
    nearest = round(value)
    return float(nearest) if nearest in (0, 1) and abs(value - nearest) < _ROUNDING else value
