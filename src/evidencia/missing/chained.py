"""Multiple imputation by chained equations, all chains side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from evidencia.missing.equations import logistic, nearest_donor, normal
from evidencia.missing.imputations import Imputations, notes_about
from evidencia.missing.inputs import Array, Mask, Seed, arm_codes, generator, wave_matrix
from evidencia.missing.normal import unneeded
from evidencia.words import Note, Refusal

Kind = Literal["normal", "pmm", "logistic"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


def impute_chained(
    columns: npt.ArrayLike,
    kinds: Sequence[Kind],
    *,
    arm: npt.ArrayLike | None = None,
    imputations: int = 100,
    seed: Seed,
    iterations: int = 10,
    donors: int = 5,
) -> Imputations:
    """Impute columns of different kinds, each from all the others, in turn, until they settle.

    Parameters
    ----------
    columns
        Shape (n, q), waves and whatever else predicts them, NaN where missing.
    kinds
        One per column: ``"normal"`` (Bayesian linear regression), ``"pmm"`` (predictive mean
        matching: an observed value of one of the nearest donors) or ``"logistic"`` (0 and 1).
    arm
        Labels, shape (n,); their indicators predict every column.
    imputations
        How many completed copies, ≥ 2: so many chains.
    seed
        Integer or generator.
    iterations
        Rounds through the columns, from the one with fewest gaps to the one with most.
    donors
        Neighbours to draw from in predictive mean matching.

    Returns
    -------
    Imputations
        Method ``"mi_chained"``; completed has shape (m, n, q).

    Raises
    ------
    Refusal
        If nobody is there, or a column has too few observed values (or none).
    ValueError
        If shapes disagree, a kind is unknown, or a logistic column holds more than 0 and 1.

    References
    ----------
    van Buuren, S. & Groothuis-Oudshoorn, K. (2011). mice: multivariate imputation by chained
    equations in R. *J Stat Softw* 45(3).
    White, I. R., Royston, P. & Wood, A. M. (2011). Multiple imputation using chained equations.
    *Stat Med* 30, 377–399.
    """
    values = wave_matrix(columns)
    missing = np.isnan(values)
    _check(values, kinds, imputations, iterations, donors)
    if not missing.any():
        return unneeded(values, imputations, "mi_chained")
    fixed = _arm_indicators(arm, values.shape[0])
    _refuse_thin(missing, fixed.shape[1], arm)
    rng = generator(seed)
    scaled, centre, spread = _standardised(values, kinds)
    state = _first_filling(scaled, missing, imputations, rng)
    order = [j for j in np.argsort(missing.sum(axis=0), kind="stable") if missing[:, j].any()]
    for _ in range(iterations):
        for j in order:
            _one_column(state, int(j), missing[:, j], kinds[j], fixed, donors, rng)
    whole = state * spread + centre
    for j in (j for j in order if kinds[j] == "pmm"):
        # A donor's value comes back as it was written, not as rounding left it.
        written = np.unique(values[~missing[:, j], j])
        place = np.searchsorted((written - centre[j]) / spread[j], state[:, missing[:, j], j])
        whole[:, missing[:, j], j] = written[place]
    whole[:, ~missing] = values[~missing]
    return Imputations(whole, missing, "mi_chained", notes_about(missing, imputations))


def _one_column(
    state: Array,
    j: int,
    gone: Mask,
    kind: Kind,
    fixed: Array,
    donors: int,
    rng: np.random.Generator,
) -> None:
    m = state.shape[0]
    x = np.concatenate(
        [np.broadcast_to(fixed, (m, *fixed.shape)), np.delete(state, j, axis=2)], axis=2
    )
    seen, wanted = x[:, ~gone], x[:, gone]
    y = state[0, ~gone, j]  # What was observed is the same in every chain.
    if kind == "normal":
        state[:, gone, j] = normal(seen, y, wanted, rng)
    elif kind == "pmm":
        state[:, gone, j] = nearest_donor(seen, y, wanted, donors, rng)
    else:
        state[:, gone, j] = logistic(seen, y, wanted, rng)


def _check(
    values: Array, kinds: Sequence[Kind], imputations: int, iterations: int, donors: int
) -> None:
    if values.shape[0] == 0:
        raise Refusal(Note.of("missing.nobody"))
    if len(kinds) != values.shape[1]:
        raise ValueError(f"kinds needs one kind a column ({values.shape[1]}), not {len(kinds)}.")
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"A kind is one of {', '.join(KINDS)}, not {kind}.")
    if imputations < 2 or iterations < 1 or donors < 1:
        raise ValueError("Needs two imputations, one iteration and one donor at least.")
    for j, kind in enumerate(kinds):
        seen = values[~np.isnan(values[:, j]), j]
        if kind == "logistic" and not np.isin(seen, (0.0, 1.0)).all():
            raise ValueError(f"Column {j} is logistic and holds more than 0 and 1.")


def _refuse_thin(missing: Mask, p: int, arm: npt.ArrayLike | None) -> None:
    n, q = missing.shape
    group = "–" if arm is None else ", ".join(arm_codes(arm, n)[0])
    need = p + q + 1
    for j in range(q):
        seen = int((~missing[:, j]).sum())
        if seen == 0:
            raise Refusal(Note.of("missing.wave_empty", wave=j + 1, arm=group))
        if missing[:, j].any() and seen < need:
            raise Refusal(
                Note.of("missing.too_few_at_wave", wave=j + 1, arm=group, n=seen, need=need)
            )


def _arm_indicators(arm: npt.ArrayLike | None, n: int) -> Array:
    ones = np.ones((n, 1))
    if arm is None:
        return ones
    arms, codes = arm_codes(arm, n)
    return np.column_stack([ones, codes[:, None] == np.arange(1, len(arms))]).astype(np.float64)


def _standardised(values: Array, kinds: Sequence[Kind]) -> tuple[Array, Array, Array]:
    centre, spread = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
    binary = np.array([kind == "logistic" for kind in kinds])
    centre = np.where(binary, 0.0, centre)
    spread = np.where(binary | (spread == 0.0), 1.0, spread)
    return (values - centre) / spread, centre, spread


def _first_filling(values: Array, missing: Mask, m: int, rng: np.random.Generator) -> Array:
    """Fill each gap with an observed value of its column, drawn at random."""
    state = np.broadcast_to(values, (m, *values.shape)).copy()
    for j in range(values.shape[1]):
        gone = missing[:, j]
        state[:, gone, j] = rng.choice(values[~gone, j], size=(m, int(gone.sum())))
    return state
