"""Analysis of covariance at one wave, on all completed data sets at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Effect
from evidencia.missing.imputations import Imputations
from evidencia.missing.inputs import (
    Array,
    Codes,
    arm_codes,
    column,
    covariate_matrix,
    place_of,
)
from evidencia.missing.rubin import Pooled, pool
from evidencia.words import Note, Refusal

# Relative size below which a column of the design repeats the others.
_DEPENDENT = 1e-9
# Squared residuals below this share of the squared outcome are rounding, not variation.
_FLAT = 1e-24


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Least squares of m outcomes on one design, or on m designs that differ in one column.

    Attributes
    ----------
    contrasts
        float64, shape (m, k). Coefficients of the k arms against the control.
    unscaled
        float64, shape (m or 1, k). Diagonal of (X'X)⁻¹ for them.
    residuals
        float64, shape (m, n).
    df
        n − p.
    """

    contrasts: Array
    unscaled: Array
    residuals: Array
    df: int

    @property
    def variances(self) -> Array:
        """Squared standard errors, float64, shape (m, k)."""
        rss = np.einsum("mn,mn->m", self.residuals, self.residuals)
        return np.asarray(self.unscaled * (rss / self.df)[:, None])


def least_squares(y: Array, design: Array, k: int) -> Fit:
    """Fit m outcomes by ordinary least squares.

    Parameters
    ----------
    y
        Shape (m, n), complete.
    design
        Shape (1, n, p) or (m, n, p): the intercept, then the k arm indicators, then the rest.
    k
        Arms against the control.

    Raises
    ------
    Refusal
        If there are no degrees of freedom left, or the columns repeat each other.
    """
    n, p = design.shape[1:]
    if n <= p:
        raise Refusal(Note.of("missing.too_few", n=n, need=p + 1))
    scale = np.sqrt(np.einsum("mnp,mnp->mp", design, design))
    if (scale == 0.0).any():
        raise Refusal(Note.of("missing.singular"))
    q, r = np.linalg.qr(design / scale[:, None, :])
    if (np.abs(np.diagonal(r, axis1=1, axis2=2)) < _DEPENDENT).any():
        raise Refusal(Note.of("missing.singular"))
    inverse = np.linalg.inv(r)
    scores = np.matmul(y[:, None, :], q)[:, 0] if len(q) > 1 else y @ q[0]
    coefficients = np.einsum("mij,mj->mi", np.broadcast_to(inverse, (len(scores), p, p)), scores)
    fitted = np.matmul(q, scores[:, :, None])[:, :, 0] if len(q) > 1 else scores @ q[0].T
    unscaled = np.einsum("mij,mij->mi", inverse, inverse) / scale**2
    arms = slice(1, 1 + k)
    return Fit((coefficients / scale)[:, arms], unscaled[:, arms], y - fitted, n - p)


def arm_design(codes: Codes, n_arms: int, control: int, covariates: Array) -> Array:
    """Return intercept, indicators of the other arms in order, covariates; (n, p)."""
    others = [arm for arm in range(n_arms) if arm != control]
    indicators = codes[:, None] == np.array(others, dtype=np.int64)[None, :]
    return np.column_stack([np.ones(len(codes)), indicators.astype(np.float64), covariates])


def completed_design(
    imputations: Imputations,
    codes: Codes,
    n_arms: int,
    control: int,
    covariates: Array,
    baseline_wave: int | None,
) -> Array:
    """Return the design of every completed data set, (1, n, p) or (m, n, p)."""
    common = arm_design(codes, n_arms, control, covariates)[None]
    if baseline_wave is None:
        return common
    if not imputations.imputed[:, baseline_wave].any():
        first = imputations.completed[:1, :, baseline_wave, None]
        return np.concatenate([common, first], axis=2)
    baseline = imputations.completed[:, :, baseline_wave, None]
    return np.concatenate(
        [np.broadcast_to(common, (len(baseline), *common.shape[1:])), baseline], 2
    )


def analyse_ancova(
    imputations: Imputations,
    arm: npt.ArrayLike,
    *,
    control: object,
    covariates: npt.ArrayLike | None = None,
    wave: int = -1,
    baseline_wave: int | None = None,
    level: float = 0.95,
) -> dict[str, Pooled]:
    """Compare each arm with the control at one wave, in every completed data set, and pool.

    Parameters
    ----------
    arm
        Labels, shape (n,).
    control
        The label that the others are compared with.
    covariates
        Shape (n, p), complete, without a constant column.
    wave
        Index of the outcome's wave; -1 is the last.
    baseline_wave
        Index of the column that holds the outcome at baseline, where it is imputed as well.

    Returns
    -------
    dict
        One :class:`Pooled` per arm other than the control: arm − control, in the outcome's
        units; complete-data degrees of freedom n − p.

    Raises
    ------
    Refusal
        If there is one arm only, too few people, repeated columns or no variation.
    """
    n = imputations.imputed.shape[0]
    arms, codes = arm_codes(arm, n)
    base = place_of(control, arms, "control")
    names = _others(arms, base)
    design = completed_design(
        imputations, codes, len(arms), base, covariate_matrix(covariates, n), baseline_wave
    )
    outcome = imputations.completed[:, :, wave]
    fit = least_squares(outcome, design, len(names))
    refuse_flat(fit.residuals, outcome)
    pooled = pool(
        fit.contrasts,
        fit.variances,
        df_complete=fit.df,
        n_units=n,
        n_obs=int((~imputations.imputed[:, wave]).sum()),
        level=level,
        notes=imputations.notes,
    )
    return dict(zip(names, pooled, strict=True))


def complete_case(
    y: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    control: object,
    covariates: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> dict[str, Effect]:
    """Compare each arm with the control among those who answered, as if nobody had left.

    Parameters
    ----------
    y
        Shape (n,), NaN where missing.
    covariates
        Shape (n, p), complete for those who answered.

    Returns
    -------
    dict
        One effect per arm other than the control: arm − control; Student's t with n − p.

    Raises
    ------
    Refusal
        If an arm has no answers, or as :func:`analyse_ancova`.
    """
    values = column(y)
    arms, codes = arm_codes(arm, values.size)
    base = place_of(control, arms, "control")
    names = _others(arms, base)
    seen = ~np.isnan(values)
    if (np.bincount(codes[seen], minlength=len(arms)) == 0).any():
        raise Refusal(Note.of("missing.one_arm"))
    x = covariate_matrix(_rows(covariates, seen), int(seen.sum()))
    design = arm_design(codes[seen], len(arms), base, x)
    fit = least_squares(values[None, seen], design[None], len(names))
    refuse_flat(fit.residuals, values[None, seen])
    n = int(seen.sum())
    return {
        name: Effect.of(
            float(fit.contrasts[0, j]),
            float(np.sqrt(fit.variances[0, j])),
            df=fit.df,
            n_units=n,
            n_obs=n,
            level=level,
        )
        for j, name in enumerate(names)
    }


def refuse_flat(residuals: Array, y: Array) -> None:
    """Refuse where nothing is left over: a fit without variation has no standard error."""
    left = np.einsum("mn,mn->m", residuals, residuals)
    size = np.einsum("mn,mn->m", y, y)
    if (left <= _FLAT * np.maximum(size, np.finfo(np.float64).tiny)).any():
        raise Refusal(Note.of("missing.no_variance"))


def _others(arms: tuple[str, ...], base: int) -> list[str]:
    if len(arms) < 2:
        raise Refusal(Note.of("missing.one_arm"))
    return [name for place, name in enumerate(arms) if place != base]


def _rows(covariates: npt.ArrayLike | None, seen: npt.NDArray[np.bool_]) -> Array | None:
    if covariates is None:
        return None
    values = np.asarray(covariates, dtype=np.float64)
    if values.shape[:1] != seen.shape:
        raise ValueError(f"covariates need one row a person ({seen.size}), not {values.shape}.")
    return np.asarray(values[seen])
