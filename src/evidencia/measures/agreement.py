"""Do two informants say the same about the same people?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect
from evidencia.intervals import normal_quantile, wilson
from evidencia.measures._table import figure
from evidencia.words import Note, Refusal

Weights = Literal["linear", "quadratic"]

FEW_PAIRS = 30
"""Below it the large-sample error of kappa is rough: a round number, not a theorem."""

PARADOX = 0.2
"""PABAK − kappa from which a note says that kappa is low because nearly all said the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Agreement of two informants, with everything needed to read a kappa.

    Attributes
    ----------
    categories
        The k answers, in order.
    table
        int64, shape (k, k). Pairs; rows are the first informant, columns the second.
    n, n_missing
        Pairs with both answers; pairs that lack one, left out.
    observed
        Share of pairs that agree (Wilson's interval).
    kappa
        Cohen's kappa; None where both gave one and the same answer to everything.
    weighted_kappa
        With weights, for k ≥ 3 ordered answers; None where not asked for.
    pabak
        (k p_o − 1) / (k − 1): kappa if all answers were equally frequent.
    positive_agreement, negative_agreement
        2a / (2a + b + c) and 2d / (2d + b + c), for two answers. None where k ≥ 3 or where
        nobody gave that answer.
    prevalence_index, bias_index
        (a − d) / n and (b − c) / n, for two answers: b pairs where only the first says yes.
    mcnemar_p
        Exact p value of "both say yes equally often"; None where k ≥ 3 or nobody disagrees.
    level
        Confidence level.
    notes
        What must be read beside the numbers.
    """

    categories: tuple[str, ...]
    table: NDArray[np.int64]
    n: int
    n_missing: int
    observed: Effect
    kappa: Effect | None
    weighted_kappa: Effect | None
    pabak: Effect
    positive_agreement: Effect | None
    negative_agreement: Effect | None
    prevalence_index: float | None
    bias_index: float | None
    mcnemar_p: float | None
    level: float
    notes: tuple[Note, ...]


def agreement(
    first: ArrayLike,
    second: ArrayLike,
    *,
    categories: Sequence[object] | None = None,
    positive: object = None,
    weights: Weights | None = None,
    level: float = 0.95,
) -> Agreement:
    """Compare the answers of two informants about the same units.

    Parameters
    ----------
    first, second
        Shape (n,). Labels; None, NaN and "" are "not answered".
    categories
        The possible answers in order; where None, those seen, sorted.
    positive
        With two answers, the one that means "it happened"; the last where None.
    weights
        For three ordered answers or more: a disagreement of j steps out of k − 1 costs j
        (``"linear"``) or j² (``"quadratic"``).
    level
        Confidence level.

    Returns
    -------
    Agreement
        Table, kappa, PABAK, agreement on yes and on no. Never one number alone.

    Raises
    ------
    Refusal
        If no pair has both answers, or only one answer exists.
    ValueError
        If shapes disagree or an answer is not among the categories.

    Notes
    -----
    κ = (p_o − p_e) / (1 − p_e), its error that of Fleiss, Cohen & Everitt (1969), its interval
    cut at ±1. Where that error is 0 (all agree) the interval is Wilson's of p_o with p_e held.
    Agreement on yes is 2J / (1 + J), J = a / (a + b + c), and takes Wilson's interval of J.

    References
    ----------
    Cohen, J. (1960). *Educ. Psychol. Meas.* 20, 37–46; (1968) *Psychol. Bull.* 70, 213–220.
    Fleiss, J., Cohen, J. & Everitt, B. (1969). *Psychol. Bull.* 72, 323–327.
    Byrt, T., Bishop, J. & Carlin, J. (1993). *J. Clin. Epidemiol.* 46, 423–429.
    Cicchetti, D. & Feinstein, A. (1990). *J. Clin. Epidemiol.* 43, 551–558.
    """
    pairs, missing = _pairs(first, second)
    if not pairs:
        raise Refusal(Note.of("measures.no_pairs", missing=missing))
    order = _ordered(pairs, categories, positive)
    if len(order) < 2:
        raise Refusal(Note.of("measures.one_category"))
    place = {label: k for k, label in enumerate(order)}
    if not {label for pair in pairs for label in pair} <= set(place):
        raise ValueError(f"An answer is not among the categories {', '.join(order)}.")
    table = np.zeros((len(order), len(order)), dtype=np.int64)
    for one, two in pairs:
        table[place[one], place[two]] += 1
    return _read(order, table, missing, weights, level)


def _mcnemar(b: int, c: int) -> float | None:
    """Return the exact two-sided p of McNemar; None where nobody disagrees.

    Of a fair coin both tails are alike. The library's own test gives the same after loading all
    of its statistics, which takes longer than everything else in an evaluation.
    """
    if not b + c:
        return None
    return min(1.0, 2 * float(scipy.special.bdtr(min(b, c), b + c, 0.5)))


def _read(
    order: tuple[str, ...],
    table: NDArray[np.int64],
    missing: int,
    weights: Weights | None,
    level: float,
) -> Agreement:
    n, k = int(table.sum()), len(order)
    agreed = int(np.trace(table))
    limits = wilson(agreed, n, level)
    share = agreed / n
    kappa = _kappa(table, np.eye(k), level)
    pabak = (k * share - 1) / (k - 1)
    spread = sqrt(share * (1 - share) / n)
    binary = k == 2
    (d, c), (b, a) = table.tolist() if binary else ((0, 0), (0, 0))
    weigh = weights is not None and k >= 3
    return Agreement(
        categories=order,
        table=table,
        n=n,
        n_missing=missing,
        observed=figure(share, limits, n=n, level=level, se=spread or None),
        kappa=kappa,
        weighted_kappa=_kappa(table, _weights(k, weights), level) if weigh else None,
        pabak=figure(
            pabak,
            ((k * limits[0] - 1) / (k - 1), (k * limits[1] - 1) / (k - 1)),
            n=n,
            level=level,
            se=spread * k / (k - 1) or None,
        ),
        positive_agreement=_specific(a, b + c, level) if binary else None,
        negative_agreement=_specific(d, b + c, level) if binary else None,
        prevalence_index=(a - d) / n if binary else None,
        bias_index=(b - c) / n if binary else None,
        mcnemar_p=_mcnemar(b, c) if binary else None,
        level=level,
        notes=_notes(n, missing, kappa, pabak),
    )


def _pairs(first: ArrayLike, second: ArrayLike) -> tuple[list[tuple[str, str]], int]:
    one, two = (np.asarray(side, dtype=object) for side in (first, second))
    if one.ndim != 1 or one.shape != two.shape:
        raise ValueError(f"Both informants answer about the same units: {one.shape}, {two.shape}.")
    whole = [
        (_spell(a), _spell(b))
        for a, b in zip(one.tolist(), two.tolist(), strict=True)
        if not (_absent(a) or _absent(b))
    ]
    return whole, int(one.size) - len(whole)


def _absent(label: object) -> bool:
    return label is None or label == "" or label != label


def _spell(label: object) -> str:
    if isinstance(label, float) and label.is_integer():
        return str(int(label))
    return str(int(label)) if isinstance(label, bool) else str(label)


def _ordered(
    pairs: list[tuple[str, str]], categories: Sequence[object] | None, positive: object
) -> tuple[str, ...]:
    if categories is None:
        seen = {label for pair in pairs for label in pair}
        order = sorted(seen, key=lambda label: (_number(label), label))
    else:
        order = [_spell(label) for label in categories]
    if positive is not None:
        last = _spell(positive)
        if last not in order or len(order) != 2:
            raise ValueError(f"positive is one of two answers, and {last!r} is not.")
        order = [label for label in order if label != last] + [last]
    return tuple(order)


def _number(label: str) -> float:
    try:
        return float(label)
    except ValueError:
        return float("inf")


def _weights(k: int, weights: Weights | None) -> NDArray[np.float64]:
    if weights not in ("linear", "quadratic"):
        raise ValueError(f"weights is linear or quadratic, not {weights!r}.")
    steps = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)
    return 1.0 - (steps if weights == "linear" else steps**2)


def _kappa(table: NDArray[np.int64], w: NDArray[np.float64], level: float) -> Effect | None:
    n = int(table.sum())
    p = table / n
    row, column = p.sum(axis=1), p.sum(axis=0)
    seen, chance = float((w * p).sum()), float(row @ w @ column)
    if 1 - chance <= 1e-12:
        return None
    kappa = (seen - chance) / (1 - chance)
    apart = np.add.outer(w @ column, row @ w)
    variance = float((p * (w - apart * (1 - kappa)) ** 2).sum())
    variance = (variance - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
    if variance > 1e-15:
        half = normal_quantile(level) * sqrt(variance)
        limits = max(-1.0, kappa - half), min(1.0, kappa + half)
        return figure(kappa, limits, n=n, level=level, se=sqrt(variance))
    low, high = ((v - chance) / (1 - chance) for v in wilson(int(np.trace(table)), n, level))
    note = Note.of("measures.kappa_at_the_edge")
    return figure(kappa, (max(-1.0, low), high), n=n, level=level, notes=(note,))


def _specific(both: int, apart: int, level: float) -> Effect | None:
    n = both + apart
    if n == 0:
        return None
    share = both / n
    low, high = (2 * v / (1 + v) for v in wilson(both, n, level))
    se = 2 / (1 + share) ** 2 * sqrt(share * (1 - share) / n)
    return figure(2 * share / (1 + share), (low, high), n=n, level=level, se=se or None)


def _notes(n: int, missing: int, kappa: Effect | None, pabak: float) -> tuple[Note, ...]:
    notes: list[Note] = []
    if n < FEW_PAIRS:
        notes.append(Note.of("measures.few_pairs", n=n))
    if missing:
        notes.append(Note.of("measures.pairs_missing", n=missing))
    if kappa is None:
        notes.append(Note.of("measures.one_answer"))
    elif pabak - kappa.estimate > PARADOX:
        notes.append(
            Note.of("measures.kappa_paradox", kappa=round(kappa.estimate, 2), pabak=round(pabak, 2))
        )
    return tuple(notes)
