"""What every function of this folder asks of its arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
Seed = int | np.random.Generator


def wave_matrix(y: npt.ArrayLike) -> Array:
    """Return `y` as float64, shape (n, T); NaN stands for missing."""
    values = np.array(y, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] == 0:
        raise ValueError(f"y needs one row a person and one column a wave, not {values.shape}.")
    if np.isinf(values).any():
        raise ValueError("y holds an infinite value; only NaN stands for missing.")
    return values


def column(y: npt.ArrayLike, name: str = "y") -> Array:
    """Return one value per person as float64, shape (n,); NaN stands for missing."""
    values = np.array(y, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"{name} needs one value a person, not shape {values.shape}.")
    if np.isinf(values).any():
        raise ValueError(f"{name} holds an infinite value; only NaN stands for missing.")
    return values


def mask(flags: npt.ArrayLike, n: int, name: str) -> Mask:
    """Return yes or no per person, shape (n,), from booleans or from 0 and 1."""
    values = np.asarray(flags)
    if values.shape != (n,):
        raise ValueError(f"{name} needs one mark a person ({n}), not shape {values.shape}.")
    if values.dtype != np.bool_ and not np.isin(values, (0, 1)).all():
        raise ValueError(f"{name} holds something else than yes and no (True, False, 1, 0).")
    return values.astype(np.bool_)


def covariate_matrix(covariates: npt.ArrayLike | None, n: int) -> Array:
    """Return complete covariates, float64, shape (n, p); p is 0 where there are none."""
    if covariates is None:
        return np.empty((n, 0))
    values = np.array(covariates, dtype=np.float64)
    if values.ndim == 1:
        values = values[:, None]
    if values.ndim != 2 or values.shape[0] != n:
        raise ValueError(f"covariates need one row a person ({n}), not shape {values.shape}.")
    if not np.isfinite(values).all():
        raise ValueError(
            "covariates must be complete; put what has gaps among the waves or the columns "
            "to impute."
        )
    return values


def arm_codes(arm: npt.ArrayLike, n: int) -> tuple[tuple[str, ...], Codes]:
    """Return the labels in order and the place of each person's label, int64, shape (n,)."""
    labels = np.asarray(arm)
    if labels.shape != (n,):
        raise ValueError(f"arm needs one label a person ({n}), not shape {labels.shape}.")
    names, codes = np.unique(
        np.array([str(label) for label in labels], dtype=object), return_inverse=True
    )
    return tuple(str(name) for name in names), codes.astype(np.int64)


def place_of(label: object, arms: tuple[str, ...], role: str) -> int:
    """Return the place of a label among the arms."""
    if str(label) not in arms:
        raise ValueError(f"{role} {label!s} is not among the arms: {', '.join(arms)}.")
    return arms.index(str(label))


def generator(seed: Seed) -> np.random.Generator:
    """Return the generator given, or a new one from an integer seed."""
    return seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)
