"""Checks shared by the estimators of times to an event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.words import Note, Refusal

# Below this a column is a combination of others (relative to a correlation matrix of unit size).
_SINGULAR = 1e-10


def times_and_events(
    time: ArrayLike, event: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return both as arrays of one value per person, checked."""
    t = np.asarray(time, dtype=np.float64)
    given = np.asarray(event)
    if t.ndim != 1 or given.shape != t.shape:
        raise ValueError(
            f"time and event hold one value per person; their shapes are {t.shape} and "
            f"{given.shape}."
        )
    if not np.isfinite(t).all() or (t < 0).any():
        raise ValueError("time holds finite numbers from 0 upwards; leave out unknown times.")
    if given.size and not np.isin(given, (0, 1)).all():
        raise ValueError("event is 1 (it happened) or 0 (not known to have happened) for each.")
    return t, given.astype(bool)


def design(x: ArrayLike, n: int) -> NDArray[np.float64]:
    """Return the covariates as a finite matrix, shape (n, p)."""
    matrix = np.asarray(x, dtype=np.float64)
    if matrix.ndim == 1:
        matrix = matrix[:, None]
    if matrix.ndim != 2 or matrix.shape[0] != n or matrix.shape[1] == 0:
        raise ValueError(f"x holds one row per person, shape ({n}, p), not {matrix.shape}.")
    if not np.isfinite(matrix).all():
        raise ValueError("x holds missing or infinite values; complete or leave out those rows.")
    return matrix


def names_of(names: Sequence[str] | None, p: int) -> tuple[str, ...]:
    """Return one name per column, ``x1``, ``x2``… where none are given."""
    given = tuple(f"x{j + 1}" for j in range(p)) if names is None else tuple(names)
    if len(given) != p or len(set(given)) != p:
        raise ValueError(f"names holds {p} different names, one per column of x, not {given}.")
    return given


def codes_of(labels: ArrayLike | None, n: int, what: str) -> tuple[NDArray[np.int64], int]:
    """Return labels as 0, 1, 2…, with how many there are; all 0 where `labels` is None."""
    if labels is None:
        return np.zeros(n, dtype=np.int64), 1
    given = np.asarray(labels)
    if given.shape != (n,):
        raise ValueError(f"{what} holds one label per person, shape ({n},), not {given.shape}.")
    levels, codes = np.unique(given, return_inverse=True)
    return codes.astype(np.int64), int(levels.size)


def refuse_if_singular(information: NDArray[np.float64], names: tuple[str, ...]) -> None:
    """Refuse a design in which a column is constant or a combination of the others.

    Raises
    ------
    Refusal
        With the name of the first column that adds nothing.
    """
    root = np.sqrt(np.maximum(np.diag(information), 0.0))
    for j, name in enumerate(names):
        if root[j] <= 0:
            raise Refusal(Note.of("hazards.singular", name=name))
        part = information[: j + 1, : j + 1] / np.outer(root[: j + 1], root[: j + 1])
        if np.linalg.eigvalsh(part)[0] < _SINGULAR:
            raise Refusal(Note.of("hazards.singular", name=name))


def held_by_one_cluster(
    x: NDArray[np.float64], names: tuple[str, ...], cluster: NDArray[np.int64]
) -> tuple[str, ...]:
    """Return the two-valued covariates of which one value is found in a single cluster.

    A sandwich cannot tell such a value from what is peculiar to the cluster, and its variance
    comes out near zero.
    """
    alone = []
    for name, column in zip(names, x.T, strict=True):
        values = np.unique(column)
        if values.size == 2:
            counts = [np.unique(cluster[column == value]).size for value in values]
            if min(counts) < 2:
                alone.append(name)
    return tuple(alone)
