"""The wild cluster bootstrap, by cross products of clusters.

With one weight for each cluster, numerator and score of every bootstrap t are linear in the
weights: (a'v) and (Sv), where a holds one number for each cluster and S a G × G matrix. All draws
are one matrix product, and never touch the rows (Roodman, Nielsen, MacKinnon & Webb 2019). Both
are linear in the null value too, so the interval costs no new draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from evidencia.clusters.arrays import (
    ROUNDING,
    Absorbed,
    Codes,
    Floats,
    absorb,
    coded,
    group_sums,
    matrix,
    numbers,
    positive_weights,
)
from evidencia.clusters.inversion import TIES, Resampled, not_rejected, share_as_extreme
from evidencia.clusters.regression import FEW_CLUSTERS, FEW_ON_A_SIDE, smaller_side
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal

Kind = Literal["auto", "rademacher", "webb"]

WEIGHTS: Final = {
    "rademacher": np.array([-1.0, 1.0]),
    "webb": np.array([-(1.5**0.5), -1.0, -(0.5**0.5), 0.5**0.5, 1.0, 1.5**0.5]),
}
WEBB_BELOW: Final = 10
"""With G clusters Rademacher has 2^(G−1) different |t|: fewer than 512 below ten clusters."""


@dataclass(frozen=True, slots=True)
class _Products:
    """Cross products for each draw, as polynomials of the null value b.

    The numerator is n0 − b·n1, and the sum of squared scores q00 − 2b·q01 + b²·q11.
    """

    n0: Floats
    n1: Floats
    q00: Floats
    q01: Floats
    q11: Floats

    def squared_t(self, null: float) -> Floats:
        top = np.square(self.n0 - null * self.n1)
        below = self.q00 - 2 * null * self.q01 + null**2 * self.q11
        whole = np.full(len(top), np.inf)
        return np.asarray(np.divide(top, below, out=whole, where=below > 0))


def wild_bootstrap(
    outcome: npt.ArrayLike,
    design: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    seed: int | np.random.Generator,
    blocks: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    contrast: int = 0,
    null: float = 0.0,
    draws: int = 9999,
    kind: Kind = "auto",
    level: float = 0.95,
    n_units: int | None = None,
) -> Resampled:
    """Test a coefficient by the wild cluster bootstrap-t with the null imposed.

    Parameters
    ----------
    outcome : (n,)
    design : (n, k)
        Without an intercept, as in :func:`least_squares`.
    clusters : (n,)
    seed
        An integer or a generator; the same seed gives the same answer.
    blocks, weights : (n,), optional
    contrast
        Column of the coefficient tested.
    null
        Value of the coefficient under the null hypothesis, for the p value.
    draws
        Random draws. Where all the combinations of weights are no more than this, each is
        counted once instead.
    kind
        ``"rademacher"`` (±1), ``"webb"`` (six points), or ``"auto"``: Webb below ten clusters.

    Raises
    ------
    Refusal
        ``clusters.one_cluster``, ``clusters.one_per_arm``, ``clusters.no_variance``,
        ``clusters.singular``, ``clusters.too_small``.

    References
    ----------
    Cameron, A. C., Gelbach, J. B. & Miller, D. L. (2008). Bootstrap-based improvements for
    inference with clustered errors. *REStat* 90, 414–427.
    Webb, M. D. (2014). Reworking wild bootstrap based inference for clustered errors. Queen's
    Economics Department Working Paper 1315.
    Roodman, D., Nielsen, M. Ø., MacKinnon, J. G. & Webb, M. D. (2019). Fast and wild. *Stata
    Journal* 19, 4–60.
    """
    y = numbers(outcome, "outcome")
    x = matrix(design, "design", len(y))
    groups, count = coded(clusters, "clusters", len(y))
    block, n_blocks = coded(blocks, "blocks", len(y))
    if not 0 <= contrast < x.shape[1]:
        raise ValueError(f"There is no column {contrast}; the design has {x.shape[1]}.")
    side = smaller_side(x[:, contrast], groups, count)
    _refuse_few(len(y), x.shape[1] + n_blocks, count, side)
    fit = absorb(y, x, block, positive_weights(weights, len(y)))
    chosen = kind if kind != "auto" else "webb" if count < WEBB_BELOW else "rademacher"
    v, exact = _multipliers(chosen, count, draws, np.random.default_rng(seed))
    parts = _parts(fit, groups, count, contrast)
    every, seen = _draw(parts, v), _draw(parts, np.ones((1, count)))
    bread = float(parts[1].sum())
    estimate = float(seen.n0[0]) / bread
    se = float(np.sqrt(seen.q00[0] * count / (count - 1))) / bread
    if not seen.q00[0] > ROUNDING * fit.magnitude**2 * bread:
        raise Refusal(Note.of("clusters.no_variance"))

    def p_at(value: float) -> float:
        bar = float(seen.squared_t(value)[0]) * (1 - TIES)
        extreme = int((every.squared_t(value) >= bar).sum())
        return share_as_extreme(extreme, len(v), exact=exact)

    low, high = not_rejected(p_at, estimate, se, level)
    effect = Effect(
        estimate=estimate,
        se=se,
        df=None,
        ci_low=low,
        ci_high=high,
        p=p_at(null),
        n_units=len(y) if n_units is None else n_units,
        n_obs=len(y),
        n_clusters=count,
        level=level,
        notes=_notes(count, side, len(v), exact, bool(np.isinf([low, high]).any())),
    )
    return Resampled(effect, (estimate - null) / se, len(v), exact, chosen)


def _refuse_few(n: int, k: int, count: int, side: int | None) -> None:
    if count < 2:
        raise Refusal(Note.of("clusters.one_cluster"))
    if side is not None and side < 2:
        raise Refusal(Note.of("clusters.one_per_arm"))
    if n <= k:
        raise Refusal(Note.of("clusters.too_small", n=n, k=k))


def _multipliers(
    kind: str, count: int, draws: int, rng: np.random.Generator
) -> tuple[Floats, bool]:
    """Return weights of the clusters, (m, G), and whether they are all that exist."""
    points = WEIGHTS[kind]
    if len(points) ** count <= draws:
        return np.array(list(product(points, repeat=count))), True
    return points[rng.integers(len(points), size=(draws, count))], False


def _parts(
    fit: Absorbed, groups: Codes, count: int, column: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return a0, a1 (G,) and S0, S1 (G, G): numerators and scores, null value 0 and slope.

    x̃ and ỹ are the column and the outcome with everything else taken out; under the null value b
    the restricted residual is ỹ − b·x̃.
    """
    w, z = fit.weights, fit.design
    others = np.delete(np.arange(z.shape[1]), column)
    x, y = z[:, column].copy(), fit.outcome.copy()
    if len(others):
        rest = z[:, others]
        gram = rest.T @ (rest * w[:, None])
        take = np.linalg.solve(gram, rest.T @ (np.column_stack([x, y]) * w[:, None]))
        x, y = x - rest @ take[:, 0], y - rest @ take[:, 1]
    full, inverse = fit.full, fit.full_inverse

    def within(residual: Floats) -> tuple[Floats, Floats]:
        a = group_sums(w * x * residual, groups, count)
        j = group_sums(full * (w * residual)[:, None], groups, count)
        f = group_sums(full * (w * x)[:, None], groups, count)
        return a, np.diag(a) - f @ inverse @ j.T

    (a0, s0), (a1, s1) = within(y), within(x)
    return a0, a1, s0, s1


def _draw(parts: tuple[Floats, Floats, Floats, Floats], v: Floats) -> _Products:
    a0, a1, s0, s1 = parts
    t0, t1 = v @ s0.T, v @ s1.T
    return _Products(
        v @ a0,
        v @ a1,
        np.einsum("ij,ij->i", t0, t0),
        np.einsum("ij,ij->i", t0, t1),
        np.einsum("ij,ij->i", t1, t1),
    )


def _notes(
    count: int, side: int | None, draws: int, exact: bool, unbounded: bool
) -> tuple[Note, ...]:
    notes = []
    if count < FEW_CLUSTERS:
        notes.append(Note.of("clusters.few", n=count))
    if side is not None and side < FEW_ON_A_SIDE:
        notes.append(Note.of("clusters.few_treated", n=side))
    if not exact:
        notes.append(Note.of("clusters.monte_carlo", n=draws))
    if unbounded:
        notes.append(Note.of("clusters.unbounded"))
    return tuple(notes)
