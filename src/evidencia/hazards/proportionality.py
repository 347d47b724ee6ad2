"""Does one hazard ratio describe the whole follow-up?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy
from numpy.typing import NDArray

from evidencia.hazards._partial import Fit, information, schoenfeld, state
from evidencia.hazards.cox import Cox
from evidencia.survival import kaplan_meier
from evidencia.words import Note, Refusal, p_value

Transform = Literal["km", "identity", "rank", "log"]

DOUBT = 0.05
"""Below this p value a note says that the ratio changes with time."""


@dataclass(frozen=True, slots=True, eq=False)
class ProportionalHazards:
    """A check of proportional hazards.

    Attributes
    ----------
    names
        Names of the p covariates.
    chi2, p_values
        float64, shape (p,). One test per covariate, 1 degree of freedom each.
    global_chi2, global_df, global_p
        All together.
    transform
        How time enters.
    event_time
        float64, shape (d,). Times of the events, ascending within strata.
    residuals
        float64, shape (d, p). Schoenfeld's residuals, not scaled.
    notes
        What must be read beside the tests.
    """

    names: tuple[str, ...]
    chi2: NDArray[np.float64]
    p_values: NDArray[np.float64]
    global_chi2: float
    global_df: int
    global_p: float
    transform: Transform
    event_time: NDArray[np.float64]
    residuals: NDArray[np.float64]
    notes: tuple[Note, ...]


def proportional_hazards(fit: Cox, *, transform: Transform = "km") -> ProportionalHazards:
    """Test whether each hazard ratio is the same at all times.

    Parameters
    ----------
    fit
        A fitted model.
    transform
        Time enters as 1 − Kaplan–Meier just before (``"km"``), itself, its rank among all
        times (censorings too, as in R), or its logarithm.

    Returns
    -------
    ProportionalHazards
        Score tests with the residuals to draw.

    Raises
    ------
    Refusal
        When all events share one time, so that nothing can change with time.
    ValueError
        If `transform` is unknown, or ``"log"`` is asked with an event at time 0.

    Notes
    -----
    The model gains θ_j g(t) x_j. With V_i the weighted covariance at each event, r_i Schoenfeld's
    residual and g centred, the score of θ is Σ g_i r_i, its information the Schur complement of
    [Σ V, Σ g V; Σ g V, Σ g² V]. This is the score test that R's ``cox.zph`` has used since
    survival 3.0, not the approximation with one average V. Clusters do not enter: with clusters
    the p values run small, and a note says so.

    References
    ----------
    Grambsch, P. & Therneau, T. (1994). *Biometrika* 81, 515–526.
    Schoenfeld, D. (1982). *Biometrika* 69, 239–241.
    """
    inner = fit.fit
    at = inner.sets.at[inner.sets.tied]
    g = _transformed(inner, at, transform)
    g = g - g.mean()
    if np.abs(g).max() <= 1e-12 * max(1.0, float(np.abs(at).max())):
        raise Refusal(Note.of("hazards.one_event_time"))
    residuals = schoenfeld(inner)
    here = state(inner.sets, inner.x, inner.coefficients)
    first = inner.inverse
    cross = information(inner.sets, inner.x, here, g)
    second = information(inner.sets, inner.x, here, g * g)
    score = g @ residuals
    whole = second - cross @ first @ cross
    alone = np.diag(whole)
    if (alone <= 0).any():
        raise Refusal(Note.of("hazards.one_event_time"))
    chi2 = score**2 / alone
    together = float(score @ np.linalg.solve(whole, score))
    p = len(fit.names)
    p_values = scipy.special.chdtrc(1, chi2)
    return ProportionalHazards(
        names=fit.names,
        chi2=chi2,
        p_values=p_values,
        global_chi2=together,
        global_df=p,
        global_p=float(scipy.special.chdtrc(p, together)),
        transform=transform,
        event_time=at,
        residuals=residuals,
        notes=_notes(fit, p_values),
    )


def _transformed(inner: Fit, at: NDArray[np.float64], transform: str) -> NDArray[np.float64]:
    if transform == "identity":
        return at
    if transform == "rank":
        return np.asarray(scipy.stats.rankdata(inner.time), dtype=np.float64)[inner.sets.row]
    if transform == "log":
        if (at <= 0).any():
            raise ValueError("The logarithm needs event times above 0; use another transform.")
        return np.log(at)
    if transform != "km":
        raise ValueError(f"transform is km, identity, rank or log, not {transform!r}.")
    curve = kaplan_meier(inner.time, inner.event, inner.entry)
    happened = curve.n_event > 0
    times = curve.time[happened]
    before = np.concatenate([[1.0], curve.survival[happened][:-1]])
    return 1.0 - before[np.searchsorted(times, at)]


def _notes(fit: Cox, p_values: NDArray[np.float64]) -> tuple[Note, ...]:
    notes = [
        Note.of("hazards.not_proportional", name=name, p=p_value(float(p)))
        for name, p in zip(fit.names, p_values, strict=True)
        if p < DOUBT
    ]
    if fit.n_clusters is not None:
        notes.append(Note.of("hazards.check_ignores_clusters"))
    return tuple(notes)
