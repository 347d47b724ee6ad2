"""Whether a likelihood has no maximum, by linear programming."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import scipy

from evidencia.clusters.arrays import Floats

NOTHING: Final = 1e-7


def separated(x: Floats, y: Floats, link: Literal["logit", "log"]) -> bool:
    """Whether some direction b of the coefficients never lowers the likelihood and raises it.

    For the logit: (2y − 1)·x'b ≥ 0 in all rows, more in one. For counts and the log link:
    x'b ≤ 0 where y = 0, less in one, and x'b = 0 elsewhere.

    Parameters
    ----------
    x : (n, p)
        With the intercept.
    y : (n,)

    References
    ----------
    Albert, A. & Anderson, J. A. (1984). On the existence of maximum likelihood estimates in
    logistic regression models. *Biometrika* 71, 1–10.
    Konis, K. (2007). *Linear programming algorithms for detecting separated data in binary
    logistic regression models*. DPhil thesis, Oxford.
    """
    if link == "log" and (y > 0).all():
        return False
    unit = x / np.sqrt(np.square(x).mean(axis=0))
    if link == "logit":
        towards = unit * np.where(y > 0, 1.0, -1.0)[:, None]
        fixed = None
    else:
        towards, fixed = -unit[y == 0], unit[y > 0]
    found = scipy.optimize.linprog(
        -towards.sum(axis=0),
        A_ub=-towards,
        b_ub=np.zeros(len(towards)),
        A_eq=fixed,
        b_eq=None if fixed is None else np.zeros(len(fixed)),
        bounds=(-1.0, 1.0),
        method="highs",
    )
    gain = 0.0 if found.fun is None else -float(found.fun)
    return gain > NOTHING * len(towards)
