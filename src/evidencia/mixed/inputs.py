"""What comes in, checked once: shapes, labels, weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Labels = Sequence[object] | npt.NDArray[np.generic]


def table(outcome: ArrayLike) -> Floats:
    """Return the outcome as (n, T) floats; infinite values are a mistake."""
    y = np.asarray(outcome, dtype=np.float64)
    if y.ndim != 2:
        raise ValueError(f"outcome holds a row per person and a column per wave, not {y.shape}.")
    if np.isinf(y).any():
        raise ValueError("outcome holds infinite values; write NaN where an answer is missing.")
    return y


def column(outcome: ArrayLike, name: str = "outcome") -> Floats:
    """Return one number per row, (n,) floats."""
    y = np.asarray(outcome, dtype=np.float64)
    if y.ndim != 1:
        raise ValueError(f"{name} holds one number per row; its shape is {y.shape}.")
    if np.isinf(y).any():
        raise ValueError(f"{name} holds infinite values; write NaN where it is missing.")
    return y


def columns(given: ArrayLike | None, n: int, name: str = "covariates") -> Floats:
    """Return covariates as (n, k) floats; None is (n, 0)."""
    if given is None:
        return np.empty((n, 0))
    x = np.asarray(given, dtype=np.float64)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or len(x) != n:
        raise ValueError(f"{name} holds a row for each of {n}; its shape is {x.shape}.")
    if np.isinf(x).any():
        raise ValueError(f"{name} holds infinite values; write NaN where it is missing.")
    return x


def arm_labels(given: Labels, n: int, name: str = "arm") -> npt.NDArray[np.str_]:
    """Return labels as text, (n,); a missing label is a mistake."""
    values = np.asarray(given)
    if values.shape != (n,):
        raise ValueError(f"{name} holds one label for each of {n}; its shape is {values.shape}.")
    if values.dtype.kind == "U":
        return values
    texts = [str(value) for value in values.tolist()]
    if any(text in ("None", "nan", "NaT", "<NA>") for text in texts):
        raise ValueError(f"{name} has missing labels; leave those rows out, or name them.")
    return np.array(texts)


def ordered_arms(labels: npt.NDArray[np.str_], control: object) -> tuple[str, ...]:
    """Return the arms, control first and then in alphabetical order."""
    found = [str(label) for label in np.unique(labels)]
    if control is None:
        return tuple(found)
    if str(control) not in found:
        raise Refusal(Note.of("mixed.no_such_arm", arm=str(control)))
    return (str(control), *(label for label in found if label != str(control)))


def positive(weights: ArrayLike | None, n: int) -> Floats | None:
    """Return weights (n,), all positive; None stays None."""
    if weights is None:
        return None
    w = np.asarray(weights, dtype=np.float64)
    if w.shape != (n,) or not (np.isfinite(w) & (w > 0)).all():
        raise ValueError(f"weights holds a positive number for each of {n}.")
    return w
