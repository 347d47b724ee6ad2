"""Randomisation inference: what the lottery could have given, had the programme done nothing.

The statistic is the least-squares coefficient of the arm with blocks and covariates. For an
assignment t of the clusters it is (t'r)/(t'Qt), where r and Q are cross products of clusters: no
row is touched after they are made. Under a constant effect b, r becomes r − b·Qt₀, linear in b,
so the interval by inversion costs no new assignment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod
from typing import Final

import numpy as np
import numpy.typing as npt

from evidencia.clusters.arrays import (
    ROUNDING,
    SINGULAR,
    Codes,
    Floats,
    coded,
    deviations,
    group_sums,
    matrix,
    numbers,
    zero_one,
)
from evidencia.clusters.inversion import TIES, Resampled, not_rejected, share_as_extreme
from evidencia.clusters.regression import FEW_CLUSTERS
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal

ENUMERATE: Final = 20_000
"""Up to this many assignments are all counted, even where fewer draws were asked for."""
CELLS: Final = 4_000_000
COARSE: Final = 0.05


def randomisation_test(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    seed: int | np.random.Generator,
    clusters: npt.ArrayLike | None = None,
    blocks: npt.ArrayLike | None = None,
    covariates: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    null: float = 0.0,
    draws: int = 9999,
    level: float = 0.95,
    n_units: int | None = None,
) -> Resampled:
    """Test the sharp null hypothesis by drawing the lottery again, in its blocks and clusters.

    Parameters
    ----------
    outcome : (n,)
    treated : (n,)
        0 or 1, the same for all rows of a cluster.
    seed
        An integer or a generator.
    clusters : (n,), optional
        What was drawn; without it, each row was.
    blocks : (n,), optional
        Clusters change places only within their block.
    covariates : (n, q), optional
        Enter the coefficient beside the blocks.
    weights : (n,), optional
        Not negative. A row of weight 0 is a cluster that was in the lottery and then lost: it
        takes part in the draws and not in the coefficient.
    null
        Constant effect under the null hypothesis.
    draws
        Random assignments, unless all can be counted.

    Returns
    -------
    Resampled
        The effect has neither se nor df; its interval holds the constant effects that the test
        does not reject.

    Raises
    ------
    Refusal
        ``clusters.no_assignment`` where nothing else could have been drawn,
        ``clusters.singular``, ``clusters.no_variance``.

    References
    ----------
    Fisher, R. A. (1935). *The Design of Experiments*. Oliver & Boyd.
    Rosenbaum, P. R. (2002). *Observational Studies*, 2nd ed. Springer, ch. 2.
    """
    y = numbers(outcome, "outcome")
    n = len(y)
    t_row = zero_one(treated, "treated", n)
    w = np.ones(n) if weights is None else numbers(weights, "weights", n)
    if (w < 0).any():
        raise ValueError("weights must not be negative.")
    rows = np.arange(n) if clusters is None else clusters
    groups, count = coded(rows, "clusters", n)
    block, _ = coded(blocks, "blocks", n)
    t = _of_cluster(t_row, groups, count, "treated")
    block_of = _of_cluster(block.astype(np.float64), groups, count, "blocks").astype(np.intp)
    z = np.empty((n, 0)) if covariates is None else matrix(covariates, "covariates", n)
    lottery = _Products.of(y, w, z, block, groups, count)
    total = prod(
        comb(int((block_of == b).sum()), int(t[block_of == b].sum())) for b in np.unique(block_of)
    )
    if total < 2:
        raise Refusal(Note.of("clusters.no_assignment"))
    exact = total <= max(draws, ENUMERATE)
    assignments = (
        _every(t, block_of) if exact else _drawn(t, block_of, draws, np.random.default_rng(seed))
    )
    counted = n if n_units is None else n_units
    found = _Null.of(lottery, t, assignments, exact=exact)
    low, high = not_rejected(found.p_at, found.estimate, found.spread, level)
    effect = Effect(
        estimate=found.estimate,
        se=None,
        df=None,
        ci_low=low,
        ci_high=high,
        p=found.p_at(null),
        n_units=counted,
        n_obs=int((w > 0).sum()),
        n_clusters=None if clusters is None else int((lottery.weight > 0).sum()),
        level=level,
        notes=_notes(found, None if clusters is None else count, low, high),
    )
    return Resampled(effect, found.estimate - null, len(found.top), exact, "randomisation")


@dataclass(frozen=True, slots=True)
class _Products:
    """Cross products of clusters: r (G,), the weights of clusters (G,) and a factor A (G, K).

    Q = diag(weight) − A A'.
    """

    r: Floats
    weight: Floats
    factor: Floats
    magnitude: float

    @classmethod
    def of(
        cls, y: Floats, w: Floats, z: Floats, block: Codes, groups: Codes, count: int
    ) -> _Products:
        n_blocks = int(block.max()) + 1
        block_weight = np.maximum(group_sums(w, block, n_blocks), np.finfo(float).tiny)
        root = np.zeros((len(y), n_blocks))
        root[np.arange(len(y)), block] = block_weight[block] ** -0.5
        if z.shape[1]:
            kept = deviations(z, block, w, block_weight)
            length = np.sqrt(w @ np.square(kept))
            told = length > SINGULAR * np.sqrt(w @ np.square(z))  # not already by the blocks
            kept = kept[:, told] / length[told]
            values, vectors = np.linalg.eigh(kept.T @ (kept * w[:, None]))
            solid = values > SINGULAR
            root = np.hstack([root, kept @ vectors[:, solid] / np.sqrt(values[solid])])
        residual = y - root @ (root.T @ (w * y))
        residual -= root @ (root.T @ (w * residual))  # once more, against rounding
        return cls(
            group_sums(w * residual, groups, count),
            group_sums(w, groups, count),
            group_sums(root * w[:, None], groups, count),
            float(np.abs(y[w > 0]).max(initial=0.0)),
        )

    def times(self, t: Floats) -> Floats:
        """Return Qt."""
        return np.asarray(self.weight * t - self.factor @ (self.factor.T @ t))

    def lengths(self, t: Floats) -> Floats:
        """Return t'Qt of each row of `t`."""
        inside = t @ self.factor
        return np.asarray(np.square(t) @ self.weight - np.einsum("ij,ij->i", inside, inside))


def _of_cluster(values: Floats, groups: Codes, count: int, name: str) -> Floats:
    first = np.zeros(count)
    first[groups[::-1]] = values[::-1]
    if not np.array_equal(first[groups], values):
        raise ValueError(f"{name} must be the same for all rows of a cluster.")
    return first


def _every(t: Floats, block_of: Codes) -> Iterator[Floats]:
    """Yield every assignment with as many treated clusters in each block."""
    places = [np.flatnonzero(block_of == b) for b in np.unique(block_of)]
    choices = [
        [place[list(c)] for c in combinations(range(len(place)), int(t[place].sum()))]
        for place in places
    ]
    picked = [np.concatenate(choice) for choice in product(*choices)]
    assignments = np.zeros((len(picked), len(t)))
    assignments[np.arange(len(picked))[:, None], np.array(picked, dtype=np.intp)] = 1.0
    yield assignments


def _drawn(t: Floats, block_of: Codes, draws: int, rng: np.random.Generator) -> Iterator[Floats]:
    """Yield random assignments, some rows at a time so that memory stays small."""
    places = [np.flatnonzero(block_of == b) for b in np.unique(block_of)]
    chunk = max(1, CELLS // len(t))
    for start in range(0, draws, chunk):
        assignments = np.empty((min(chunk, draws - start), len(t)))
        for place in places:
            repeated = np.broadcast_to(t[place], (len(assignments), len(place)))
            assignments[:, place] = rng.permuted(repeated, axis=1)
        yield assignments


@dataclass(frozen=True, slots=True)
class _Null:
    """What the other assignments give: top − b·shift, for a constant effect b."""

    estimate: float
    top: Floats
    shift: Floats
    spread: float
    exact: bool

    @classmethod
    def of(
        cls, lottery: _Products, t: Floats, assignments: Iterator[Floats], *, exact: bool
    ) -> _Null:
        slope, length = lottery.times(t), float(lottery.lengths(t[None])[0])
        if length <= SINGULAR * max(float(lottery.weight @ t), np.finfo(float).tiny):
            raise Refusal(Note.of("clusters.singular"))
        parts = [(a @ lottery.r, a @ slope, lottery.lengths(a)) for a in assignments]
        top, shift, below = (np.concatenate(part) for part in zip(*parts, strict=True))
        # An assignment that covariates or lost clusters leave without a contrast says nothing.
        usable = below > SINGULAR * length
        below = np.where(usable, below, 1.0)
        top, shift = np.where(usable, top / below, 0.0), np.where(usable, shift / below, 0.0)
        spread = float(np.std(top))
        if not spread > ROUNDING**0.5 * lottery.magnitude:
            raise Refusal(Note.of("clusters.no_variance"))
        return cls(float(t @ lottery.r) / length, top, shift, spread, exact)

    def p_at(self, value: float) -> float:
        """Return the p value of a constant effect."""
        bar = abs(self.estimate - value) * (1 - TIES) - TIES * 1e-3 * self.spread
        extreme = int((np.abs(self.top - value * self.shift) >= bar).sum())
        return share_as_extreme(extreme, len(self.top), exact=self.exact)

    @property
    def least(self) -> float:
        """The smallest p value that this lottery can give."""
        same = float((np.abs(self.shift) >= 1 - TIES).mean())
        return same if self.exact else 1 / (len(self.top) + 1)


def _notes(found: _Null, clusters: int | None, low: float, high: float) -> tuple[Note, ...]:
    notes = []
    if clusters is not None and clusters < FEW_CLUSTERS:
        notes.append(Note.of("clusters.few", n=clusters))
    if found.least > COARSE:
        notes.append(Note.of("clusters.coarse", p=round(found.least, 3)))
    if not found.exact:
        notes.append(Note.of("clusters.monte_carlo", n=len(found.top)))
    if np.isinf([low, high]).any():
        notes.append(Note.of("clusters.unbounded"))
    return tuple(notes)
