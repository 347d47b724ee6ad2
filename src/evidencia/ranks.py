"""The place of one among many by a rate of counts, with how far that place may be wrong.

A rate that rests on few cases moves from year to year by luck alone, and its place moves with it.
Each of the others is compared with this one; whoever cannot be told apart may stand before or
behind it. The comparisons are many, so each is made strictly (Bonferroni): with 95 % certainty no
place outside the range is the true one, as far as luck goes. What is never reported is not luck.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

# Counts of crimes vary more than luck alone would have it; less than this nobody should believe.
LEAST_DISPERSION = 1.0


@dataclass(frozen=True, slots=True)
class RankRange:
    """The place by the plain number, and the best and worst that the counts allow; 1 is most."""

    place: int
    first: int
    last: int
    among: int


def rank_range(
    counts: ArrayLike,
    exposures: ArrayLike,
    which: int,
    *,
    level: float = 0.95,
    dispersion: ArrayLike = LEAST_DISPERSION,
) -> RankRange:
    """Rank ``which`` among all by count over exposure, from the most to the least.

    Rates are compared as differences of square roots, whose variance does not depend on the rate
    and is defined at zero. ``dispersion`` widens what luck alone would give, for all alike or for
    each: a large town's counts vary many times more than its Poisson law.
    """
    y = np.asarray(counts, dtype=float)
    n = np.asarray(exposures, dtype=float)
    if y.shape != n.shape or y.ndim != 1 or not 0 <= which < y.size:
        raise ValueError("Counts and exposures go in pairs, and which is one of them.")
    if np.any(n <= 0) or np.any(y < 0) or not np.all(np.isfinite(y)):
        raise ValueError("An exposure is above zero and a count is not below it.")
    rate = y / n
    place = 1 + int(np.sum(rate > rate[which]))
    if y.size == 1:
        return RankRange(1, 1, 1, 1)
    root = np.sqrt((y + 3 / 8) / n)
    said = np.broadcast_to(np.asarray(dispersion, dtype=float), y.shape)
    wide = np.maximum(said, LEAST_DISPERSION)
    spread = np.sqrt((wide / n + wide[which] / n[which]) / 4)
    strict = NormalDist().inv_cdf(1 - (1 - level) / (2 * (y.size - 1)))
    far = (root - root[which]) / spread
    above, below = int(np.sum(far > strict)), int(np.sum(far < -strict))
    first, last = 1 + above, y.size - below
    # The corrected root of a tiny place may order otherwise than its plain rate.
    return RankRange(place, min(first, place), max(last, place), y.size)
