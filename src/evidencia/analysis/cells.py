"""Those who answered at one wave, in one arm and the control: what most estimators take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.analysis.question import Question, arms_first, independent

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Complete rows, float64 (n,) each.

    Attributes
    ----------
    treated
        1 in the arm, 0 in the control.
    x
        float64 (n, k): baseline and covariates, without blocks and sites.
    design
        float64 (n, 1 + k + b): `treated`, then baseline, covariates, blocks and sites.
    cluster
        The cluster, or the unit itself where none were assigned.
    clustered
        Whether they were.
    """

    y: Numbers
    treated: Numbers
    x: Numbers
    design: Numbers
    cluster: Labels
    clustered: bool
    block: Labels | None
    weights: Numbers | None

    @property
    def labels(self) -> Labels | None:
        """The clusters; None where every unit stands for itself."""
        return self.cluster if self.clustered else None


def cells(asked: Question, arm: str, at: int = -1) -> Cells:
    """Return who answered at wave `at`, in `arm` or the control.

    Raises
    ------
    Refusal
        If nobody answered in one of the two.
    """
    keep = asked.pair(arm) & np.isfinite(asked.y[:, at])
    treated = asked.treated(arm)[keep].astype(np.float64)
    adjusted = asked.adjusted[keep]
    whole = arms_first([treated], adjusted)
    clustered = asked.cluster is not None
    labels = asked.units if asked.cluster is None else asked.cluster
    return Cells(
        y=asked.y[keep, at],
        treated=treated,
        x=independent(asked.measured[keep]),
        design=whole,
        cluster=labels[keep],
        clustered=clustered,
        block=None if asked.block is None else asked.block[keep],
        weights=None if asked.weights is None else asked.weights[keep],
    )
