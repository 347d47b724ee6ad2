"""Working correlations of generalised estimating equations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy

from evidencia.clusters.arrays import Codes, Floats
from evidencia.words import Note, Refusal

Correlation = Literal["independence", "exchangeable", "ar1"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Clusters with the same size and the same distances in time.

    Attributes
    ----------
    rows : (m, s)
        Row numbers of the m clusters.
    clusters : (m,)
    lags : (s, s)
        Distance of each pair; 1 everywhere off the diagonal where times do not matter.
    """

    rows: Codes
    clusters: Codes
    lags: Codes

    def factor(self, alpha: float) -> Floats:
        """Return C with C'C = R⁻¹, (s, s)."""
        r = np.where(self.lags == 0, 1.0, alpha ** self.lags.astype(np.float64))
        try:
            return np.asarray(np.linalg.inv(np.linalg.cholesky(r)), dtype=np.float64)
        except np.linalg.LinAlgError:
            raise Refusal(Note.of("counts.no_convergence")) from None


def patterns(groups: Codes, times: Codes | None) -> list[Pattern]:
    """Sort clusters by size and by distances in time.

    Raises
    ------
    ValueError
        If a cluster has two rows at the same time.
    """
    order = np.lexsort((groups,) if times is None else (times, groups))
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    found: dict[tuple[int, ...], list[Codes]] = {}
    for rows in np.split(order, starts[1:]):
        if times is None:
            key: tuple[int, ...] = (len(rows),)
        else:
            key = tuple(int(t) for t in times[rows] - times[rows[0]])
            if len(set(key)) < len(key):
                raise ValueError("times must not repeat within a cluster.")
        found.setdefault(key, []).append(rows)
    every = []
    for key, members in found.items():
        together = np.array(members)
        if times is None:
            lags = 1 - np.eye(key[0], dtype=np.intp)
        else:
            lags = np.abs(np.subtract.outer(key, key)).astype(np.intp)
        every.append(Pattern(together, groups[together[:, 0]], lags))
    return every


def alpha_of(residuals: Floats, found: list[Pattern], kind: Correlation) -> tuple[float, float]:
    """Return the working correlation and the dispersion by moments.

    Pearson residuals enter without subtracting coefficients from the counts, as in geepack
    (Højsgaard, Halekoh & Yan 2006): φ = Σe²/n, and α solves Σ (e_j e_k/φ − α^lag) ∂α^lag/∂α = 0
    over all pairs. An exchangeable α is held above :func:`lowest_alpha`.
    """
    phi = float(np.square(residuals).mean())
    if kind == "independence" or phi == 0:
        return 0.0, phi
    top = max(int(p.lags.max()) for p in found)
    total, pairs = np.zeros(top + 1), np.zeros(top + 1)
    for p in found:
        e = residuals[p.rows]
        upper = np.triu_indices(e.shape[1], 1)
        moments = np.einsum("ij,ik->jk", e, e)[upper] / phi
        lags = p.lags[upper]
        total += np.bincount(lags, moments, minlength=top + 1)
        pairs += len(e) * np.bincount(lags, minlength=top + 1)
    if pairs.sum() == 0:
        return 0.0, phi
    alpha = _solve(total[1:], pairs[1:])
    return (max(alpha, lowest_alpha(found)) if kind == "exchangeable" else alpha), phi


def lowest_alpha(found: list[Pattern]) -> float:
    """Return nine tenths of −1/(s − 1), s rows in the largest cluster.

    Beyond the whole of it no s answers can be so unlike each other: the matrix is no correlation.
    With few clusters the moments may ask for it by chance. Estimates hold for any α.
    """
    largest = max(int(p.rows.shape[1]) for p in found)
    return -0.9 / max(1, largest - 1)


def _solve(total: Floats, pairs: Floats) -> float:
    lag = np.arange(1, len(total) + 1, dtype=np.float64)
    if len(lag) == 1:
        return float(np.clip(total[0] / pairs[0], -0.999, 0.999))

    def equation(alpha: Floats | float) -> Floats:
        base = np.asarray(alpha)[..., None]
        terms = lag * base ** (lag - 1) * (total - pairs * base**lag)
        return np.asarray(terms.sum(axis=-1))

    # The root next to the moment of neighbours; a polynomial may have others.
    start = float(np.clip(total[0] / pairs[0], -0.99, 0.99)) if pairs[0] else 0.5
    grid = np.linspace(-0.999, 0.999, 400)
    values = equation(grid)
    down = np.flatnonzero((values[:-1] >= 0) & (values[1:] < 0))
    if len(down) == 0:
        return start
    best = down[np.argmin(np.abs(grid[down] - start))]
    return float(
        scipy.optimize.brentq(lambda a: float(equation(a)), grid[best], grid[best + 1], xtol=1e-13)
    )
