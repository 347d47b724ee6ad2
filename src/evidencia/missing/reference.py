"""Imputation as if those who left had gone on like another arm, or back to where they began."""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from evidencia.missing.imputations import Imputations, notes_about
from evidencia.missing.inputs import (
    Array,
    Seed,
    arm_codes,
    column,
    covariate_matrix,
    generator,
    place_of,
    wave_matrix,
)
from evidencia.missing.normal import Model, posterior, start, unneeded
from evidencia.missing.posterior import Draws, conditional, fill, last_seen
from evidencia.words import Note, Refusal

Strategy = Literal["jump_to_reference", "copy_increments", "copy_reference", "returns_to_baseline"]
STRATEGIES: Final[tuple[Strategy, ...]] = get_args(Strategy)


def impute_reference(
    y: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    reference: object,
    strategy: Strategy,
    covariates: npt.ArrayLike | None = None,
    baseline: npt.ArrayLike | None = None,
    imputations: int = 100,
    seed: Seed,
    by_arm: bool = True,
    iterations: int = 10,
) -> Imputations:
    """Impute what is missing after each person's last answer by reference to another arm.

    With μ the mean profile of a person (own covariates), a the person's arm, r the reference,
    L the waves lasted, R = Σ of the reference:

    - ``jump_to_reference``: mean μ_a up to L and μ_r after; covariance Σ_a up to L, and after it
      the regression of the reference, R₂₁R₁₁⁻¹, with its residual covariance.
    - ``copy_increments``: as above with mean μ_a(L) + μ_r(s) − μ_r(L) after; who never answered
      takes μ_r.
    - ``copy_reference``: mean μ_r and covariance R throughout.
    - ``returns_to_baseline``: mean the person's own baseline, covariance that of the own arm's
      waves given the covariates, nothing carried over from earlier waves. It applies to all
      arms; the other strategies leave the reference missing at random.

    Parameters
    ----------
    y
        Shape (n, T), waves after baseline, NaN where missing. Holes before the last answer are
        imputed at random in the own arm, first.
    reference
        Label of the arm to copy, usually the control.
    baseline
        Shape (n,), complete, in the units of `y`; needed by ``returns_to_baseline`` only.
    covariates, imputations, seed, by_arm, iterations
        As in :func:`evidencia.missing.impute_normal`.

    Returns
    -------
    Imputations
        Method = the strategy.

    Raises
    ------
    Refusal
        As :func:`evidencia.missing.impute_normal`.
    ValueError
        If the strategy is unknown, the reference is no arm, or the baseline is missing.

    Notes
    -----
    Rubin's variance does not shrink with the information borrowed from the reference, so
    intervals are wider than repeated sampling asks (information-anchored; Cro, Carpenter &
    Kenward 2019, *JRSS A* 182). Carrying the residual covariance of the waves on top of the
    spread of baselines makes ``returns_to_baseline`` cautious too (Qu & Dai 2022, *Pharm Stat*
    21, propose a narrower version).

    References
    ----------
    Carpenter, J. R., Roger, J. H. & Kenward, M. G. (2013). Analysis of longitudinal trials with
    protocol deviation. *J Biopharm Stat* 23, 1352–1371.
    """
    if strategy not in STRATEGIES:
        raise ValueError(f"strategy is one of {', '.join(STRATEGIES)}, not {strategy}.")
    if imputations < 2:
        raise ValueError("Multiple imputation needs at least two imputations.")
    values = wave_matrix(y)
    n = values.shape[0]
    if n == 0:
        raise Refusal(Note.of("missing.nobody"))
    start_values = _baseline(baseline, strategy, n)
    groups = arm_codes(arm, n)
    chosen = place_of(reference, groups[0], "reference")
    x = covariate_matrix(covariates, n)
    missing = np.isnan(values)
    if not missing.any():
        return unneeded(values, imputations, strategy)
    rng = generator(seed)
    model = posterior(values, groups, x, imputations, rng, by_arm, iterations)
    base = None if start_values is None else (start_values[:, None] - model.centre) / model.spread
    completed = start(model, imputations)
    for place in range(len(groups[0])):
        _complete_arm(completed, model, place, chosen, strategy, base, rng)
    notes = (*model.notes, *notes_about(missing, imputations), Note.of("missing.reference_rubin"))
    return Imputations(model.restored(completed, values), missing, strategy, notes)


def _baseline(baseline: npt.ArrayLike | None, strategy: Strategy, n: int) -> Array | None:
    if strategy != "returns_to_baseline":
        return None
    if baseline is None:
        raise ValueError("returns_to_baseline needs the baseline of every person.")
    values = column(baseline, "baseline")
    if values.shape != (n,) or np.isnan(values).any():
        raise ValueError(f"baseline needs one complete value a person ({n}).")
    return values


def _complete_arm(
    completed: Array,
    model: Model,
    place: int,
    reference: int,
    strategy: Strategy,
    base: Array | None,
    rng: np.random.Generator,
) -> None:
    rows = model.rows_of(place)
    part, x, seen = completed[:, rows], model.x[rows], model.observed[rows]
    own = model.draws[place]
    lasted = last_seen(seen)
    before = np.arange(seen.shape[1]) < lasted[:, None]
    fill(part, x, seen, before & ~seen, own, rng)
    if strategy != "returns_to_baseline" and place == reference:
        fill(part, x, before, ~before, own, rng)
    else:
        for length in np.unique(lasted[lasted < seen.shape[1]]):
            who = np.flatnonzero(lasted == length)
            goal = None if base is None else base[rows[who]]
            tail = _tail(
                part[:, who, :length],
                x[who],
                int(length),
                own,
                model.draws[reference],
                strategy,
                goal,
                rng,
            )
            part[:, who, length:] = tail
    completed[:, rows] = part


def _tail(
    known: Array,
    x: Array,
    length: int,
    own: Draws,
    reference: Draws,
    strategy: Strategy,
    base: Array | None,
    rng: np.random.Generator,
) -> Array:
    """Draw (m, rows, T − length) values for those who lasted `length` waves."""
    waves = own.covariance.shape[1]
    seen, target = np.arange(length), np.arange(length, waves)
    mine, theirs = x @ own.coefficients, x @ reference.coefficients
    if strategy == "returns_to_baseline":
        if base is None:  # The caller has checked; said for the type checker.
            raise ValueError("returns_to_baseline needs a baseline.")
        _, root = conditional(own.covariance, own.covariance, seen[:0], target)
        noise = rng.standard_normal((len(mine), len(x), target.size))
        return np.asarray(base[None, :, length:] + noise @ root)
    after = theirs[:, :, length:]
    if strategy == "copy_increments" and length:
        after = after + (mine - theirs)[:, :, length - 1 : length]
    expected = theirs if strategy == "copy_reference" else mine
    slope, root = conditional(reference.covariance, reference.covariance, seen, target)
    noise = rng.standard_normal(after.shape)
    return np.asarray(after + (known - expected[:, :, :length]) @ slope + noise @ root)
