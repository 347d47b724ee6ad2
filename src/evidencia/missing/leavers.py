"""Who left: how those who left differed, at baseline, from those who stayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from evidencia.missing.inputs import Array, Mask, arm_codes, mask
from evidencia.words import Note, Refusal

# Austin (2009): a standardised difference above 0.1 is not negligible. Small studies pass 0.1
# by chance alone, so the sentence is kept for a quarter of a standard deviation.
_NOTABLE = 0.25


@dataclass(frozen=True, slots=True)
class BaselineGap:
    """One characteristic, those who left against those who stayed.

    Attributes
    ----------
    name
        Of the characteristic.
    arm
        Label; None for everybody.
    n_stayed, n_left
        People with the characteristic known.
    mean_stayed, mean_left
        In its own units (shares for 0 and 1); None where nobody is there.
    smd
        (mean_left − mean_stayed) / √((s²_left + s²_stayed) / 2), in standard deviations; None
        where either side has fewer than two people or nothing varies.
    """

    name: str
    arm: str | None
    n_stayed: int
    n_left: int
    mean_stayed: float | None
    mean_left: float | None
    smd: float | None


@dataclass(frozen=True, slots=True)
class WhoLeft:
    """All characteristics, for everybody and then by arm.

    Attributes
    ----------
    rows
        By characteristic in the order given: everybody, then each arm.
    notes
        What must be read beside them.
    """

    rows: tuple[BaselineGap, ...]
    notes: tuple[Note, ...]


def who_left(
    x: npt.ArrayLike, left: npt.ArrayLike, arm: npt.ArrayLike, names: Sequence[str]
) -> WhoLeft:
    """Compare, at baseline, those who left with those who stayed.

    Parameters
    ----------
    x
        Shape (n, p), characteristics as numbers, 0 and 1 for yes and no, NaN where unknown.
    left
        bool, shape (n,).
    arm
        Labels, shape (n,).
    names
        p names.

    Raises
    ------
    Refusal
        If nobody is there.
    ValueError
        If shapes disagree.

    References
    ----------
    Austin, P. C. (2009). Balance diagnostics for comparing the distribution of baseline
    covariates. *Stat Med* 28, 3083–3107. Variances with n − 1, for 0 and 1 with n.
    """
    values = np.asarray(x, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] != len(names):
        raise ValueError(f"x needs a column for each name ({len(names)}), not {values.shape}.")
    n = values.shape[0]
    if n == 0:
        raise Refusal(Note.of("missing.nobody"))
    gone = mask(left, n, "left")
    arms, codes = arm_codes(arm, n)
    groups: list[tuple[str | None, Mask]] = [(None, np.ones(n, dtype=np.bool_))]
    groups += [(label, codes == a) for a, label in enumerate(arms)]
    rows = tuple(
        _gap(str(name), label, values[who & ~gone, j], values[who & gone, j])
        for j, name in enumerate(names)
        for label, who in groups
    )
    return WhoLeft(rows, _notes(rows, bool(gone.any())))


def _gap(name: str, label: str | None, stayed: Array, left: Array) -> BaselineGap:
    stayed, left = stayed[~np.isnan(stayed)], left[~np.isnan(left)]
    means = [float(part.mean()) if part.size else None for part in (stayed, left)]
    return BaselineGap(name, label, stayed.size, left.size, means[0], means[1], _smd(stayed, left))


def _smd(stayed: Array, left: Array) -> float | None:
    if stayed.size < 2 or left.size < 2:
        return None
    binary = bool(np.isin(np.concatenate([stayed, left]), (0.0, 1.0)).all())
    ddof = 0 if binary else 1
    spread = (float(stayed.var(ddof=ddof)) + float(left.var(ddof=ddof))) / 2
    return (float(left.mean()) - float(stayed.mean())) / sqrt(spread) if spread > 0.0 else None


def _notes(rows: tuple[BaselineGap, ...], anybody: bool) -> tuple[Note, ...]:
    if not anybody:
        return (Note.of("missing.nobody_left"),)
    overall = [row for row in rows if row.arm is None]
    notable = [row.name for row in overall if row.smd is not None and abs(row.smd) > _NOTABLE]
    without = sum(row.smd is None for row in rows)
    notes = []
    if notable:
        notes.append(Note.of("missing.leavers_differ", names=", ".join(notable), limit=_NOTABLE))
    if without:
        notes.append(Note.of("missing.gap_without_number", n=without))
    return tuple(notes)
