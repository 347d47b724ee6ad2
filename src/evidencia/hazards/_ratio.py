"""One covariate's log ratio, read off a fitted model of hazards."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evidencia.estimate import Effect
from evidencia.words import Note, Refusal


class Fitted(Protocol):
    """What both models of hazards hold: coefficients and covariance, in the order of names."""

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def coefficients(self) -> NDArray[np.float64]: ...
    @property
    def covariance(self) -> NDArray[np.float64]: ...
    @property
    def n_units(self) -> int: ...
    @property
    def n_clusters(self) -> int | None: ...
    @property
    def in_one_cluster(self) -> tuple[str, ...]: ...
    @property
    def level(self) -> float: ...
    @property
    def notes(self) -> tuple[Note, ...]: ...


def log_ratio(model: Fitted, name: str, *, n_obs: int) -> Effect:
    """Return the effect of `name`; Student's t with G − 1 df where there are G clusters.

    Raises
    ------
    Refusal
        If one value of the covariate is found in a single cluster.
    ValueError
        If there is no covariate of that name.
    """
    if name not in model.names:
        raise ValueError(f"There is no covariate {name!r}; there are {', '.join(model.names)}.")
    if name in model.in_one_cluster:
        raise Refusal(Note.of("hazards.one_cluster_per_arm", name=name))
    j = model.names.index(name)
    return Effect.of(
        float(model.coefficients[j]),
        float(np.sqrt(model.covariance[j, j])),
        df=None if model.n_clusters is None else model.n_clusters - 1,
        n_units=model.n_units,
        n_obs=n_obs,
        n_clusters=model.n_clusters,
        level=model.level,
        scale="log",
        notes=model.notes,
    )
