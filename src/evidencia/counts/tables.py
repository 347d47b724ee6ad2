"""Two by two, exactly: what is left where models have nothing to stand on."""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.clusters.arrays import Floats, zero_one
from evidencia.counts.gee import FEWEST
from evidencia.estimate import Effect
from evidencia.intervals import wilson
from evidencia.words import Note, Refusal

SAME: Final = 1 + 1e-7
"""Two probabilities of tables closer than this are equal (as in R)."""


def two_proportions(
    outcome: npt.ArrayLike, treated: npt.ArrayLike, *, level: float = 0.95
) -> Effect:
    """Compare two shares of independent people, with defined answers in every table.

    Parameters
    ----------
    outcome : (n,)
        0 or 1.
    treated : (n,)
        0 or 1.
    level
        Confidence level.

    Returns
    -------
    Effect
        Difference of risks with Newcombe's interval (his method 10, from Wilson's limits), and
        the two-sided p value of Fisher's exact test; `se` is None. Interval and test are not
        inversions of each other and may disagree at the edge.

    Raises
    ------
    Refusal
        ``counts.empty_arm``.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent
    proportions. *Stat. Med.* 17, 873–890.
    Fisher, R. A. (1935). The logic of inductive inference. *JRSS* 98, 39–82.
    """
    y = zero_one(outcome, "outcome")
    t = zero_one(treated, "treated", len(y)) == 1
    n1, n0 = int(t.sum()), int((~t).sum())
    if min(n1, n0) == 0:
        raise Refusal(Note.of("counts.empty_arm"))
    x1, x0 = int(y[t].sum()), int(y[~t].sum())
    p1, p0 = x1 / n1, x0 / n0
    (low1, high1), (low0, high0) = wilson(x1, n1, level), wilson(x0, n0, level)
    notes = []
    if n1 + n0 < FEWEST:
        notes.append(Note.of("counts.few_people", n=n1 + n0))
    if x1 in (0, n1) or x0 in (0, n0):
        notes.append(Note.of("counts.empty_cell"))
    return Effect(
        estimate=p1 - p0,
        se=None,
        df=None,
        ci_low=p1 - p0 - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2),
        ci_high=p1 - p0 + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2),
        p=fisher(x1, n1, x0, n0),
        n_units=n1 + n0,
        n_obs=n1 + n0,
        level=level,
        notes=tuple(notes),
    )


def fisher(x1: int, n1: int, x0: int, n0: int) -> float:
    """Return Fisher's two-sided p: the chance of all tables no likelier than this one."""
    total = x1 + x0
    possible = np.arange(max(0, total - n0), min(n1, total) + 1)
    log = _log_choose(n1, possible) + _log_choose(n0, total - possible)
    chance = np.exp(log - log.max())
    seen = chance[possible == x1][0]
    return min(1.0, float(chance[chance <= seen * SAME].sum() / chance.sum()))


def _log_choose(n: int, k: npt.NDArray[np.int64]) -> Floats:
    return np.asarray(
        scipy.special.gammaln(n + 1)
        - scipy.special.gammaln(k + 1)
        - scipy.special.gammaln(n - k + 1),
        dtype=np.float64,
    )
