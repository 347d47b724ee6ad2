"""Complete rows of a table of scores, and the effect of a number without a p value."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.estimate import Effect
from evidencia.words import Note

Floats = NDArray[np.float64]


def complete_rows(values: ArrayLike, what: str) -> tuple[Floats, int]:
    """Return the rows without a NaN, shape (n, k) with k ≥ 2, and how many were left out."""
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError(f"{what} has one row per person and 2 columns or more, not {table.shape}.")
    if np.isinf(table).any():
        raise ValueError(f"{what} holds an infinite number.")
    whole = ~np.isnan(table).any(axis=1)
    return table[whole], int((~whole).sum())


def figure(
    estimate: float,
    limits: tuple[float, float],
    *,
    n: int,
    level: float,
    se: float | None = None,
    n_obs: int | None = None,
    notes: tuple[Note, ...] = (),
) -> Effect:
    """Return an effect that compares nothing: a number with its interval and no p value."""
    return Effect(
        estimate=float(estimate),
        se=None if se is None else float(se),
        df=None,
        ci_low=float(limits[0]),
        ci_high=float(limits[1]),
        p=None,
        n_units=n,
        n_obs=n if n_obs is None else n_obs,
        level=level,
        notes=notes,
    )
