"""The way back from scaled columns to the units of the data."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from evidencia.mixed.components import Point, kenward_roger
from evidencia.mixed.inference import DfMethod, Inference, inverse, slopes_of
from evidencia.mixed.layout import independent
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """How β of the data comes from β of scaled columns: A[:, kept] β_scaled × unit + offset.

    Attributes
    ----------
    a
        Shape (q, q), triangular up to the order of its columns.
    unit
        What the outcome was divided by.
    offset
        Shape (q,), what centring the outcome took away.
    kept, empty
        Columns kept, and directions (q, d) of which the data say nothing.
    """

    a: Floats
    unit: float
    offset: Floats
    kept: Ints
    empty: Floats
    n_obs: int

    def inference(
        self,
        point: Point,
        method: DfMethod,
        n_groups: tuple[int, ...],
        level: float,
        notes: tuple[Note, ...],
    ) -> Inference:
        """Return the inference in the data's units."""
        inside = point.theta > 0.0
        information = point.observed if method == "satterthwaite" else point.expected
        w = np.zeros_like(information)
        w[np.ix_(inside, inside)] = inverse(information[np.ix_(inside, inside)])
        cov = point.phi
        if method in ("kenward_roger", "kenward_roger_linear"):
            cov = kenward_roger(point, w)
        back = self.a[:, self.kept] * self.unit

        def whole(matrix: Floats) -> Floats:
            return np.asarray(back @ matrix @ back.T)

        norms = np.linalg.norm(self.empty, axis=0)
        return Inference(
            beta=back @ point.beta + self.offset,
            cov=whole(cov),
            phi=whole(point.phi),
            slopes=whole(slopes_of(point.phi, point.steps)),
            theta_cov=w,
            empty=self.empty / norms if self.empty.size else self.empty,
            df_method=method,
            residual_df=self.n_obs - len(self.kept),
            n_units=n_groups[0],
            n_obs=self.n_obs,
            n_clusters=n_groups[-1] if len(n_groups) > 1 else None,
            level=level,
            notes=notes,
        )

    def minus2(self, point: Point, *, reml: bool) -> float:
        """Return −2 log-likelihood in the data's units."""
        rank = len(self.kept) if reml else 0
        out = point.minus2 + 2.0 * (self.n_obs - rank) * log(self.unit)
        if reml:
            out -= 2.0 * float(np.log(np.abs(np.diag(self.a)[self.kept])).sum())
        return out


def scaled_rows(y: Floats, x: Floats) -> tuple[Floats, Floats, Units]:
    """Centre the columns where there is a constant among them, and bring all to spread 1.

    Raises
    ------
    Refusal
        If y does not vary, or there are as many effects as rows.
    """
    flat = np.flatnonzero((np.ptp(x, axis=0) == 0) & (x[0] != 0))
    constant = int(flat[0]) if flat.size else None
    means = np.zeros(x.shape[1]) if constant is None else x.mean(axis=0)
    if constant is not None:
        means[constant] = 0.0
    unit_x = np.sqrt(((x - means) ** 2).mean(axis=0))
    unit_x[unit_x <= 1e-13 * (1.0 + np.abs(means))] = 1.0
    inner = (x - means) / unit_x
    kept, empty = independent(inner.T @ inner)
    if len(y) <= len(kept):
        raise Refusal(Note.of("mixed.too_many_columns", columns=len(kept), n=len(y)))
    turn, offset, centre = np.diag(1.0 / unit_x), np.zeros(x.shape[1]), 0.0
    if constant is not None:
        turn[constant] -= means / unit_x / x[0, constant]
        centre = float(y.mean())
        offset[constant] = centre / float(x[0, constant])
    unit = float(np.sqrt(((y - centre) ** 2).mean()))
    if unit <= 1e-13 * (1.0 + abs(centre)):
        raise Refusal(Note.of("mixed.no_variance"))
    units = Units(turn, unit, offset, kept, turn @ empty, len(y))
    return (y - centre) / unit, inner[:, kept], units
