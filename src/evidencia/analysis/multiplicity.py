"""Many questions, one study: p values of the secondary outcomes, corrected together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Estimate
from evidencia.plans.model import Correction
from evidencia.results import Adjusted, Multiplicity

Numbers = npt.NDArray[np.float64]


def adjust(p: npt.ArrayLike, method: Correction) -> Numbers:
    """Return corrected p values, shape (k,), in the order given.

    References
    ----------
    Holm, S. (1979). *Scandinavian Journal of Statistics* 6, 65–70.
    Benjamini, Y. & Hochberg, Y. (1995). *JRSS B* 57, 289–300 (``"bh"``).
    """
    given = np.asarray(p, dtype=np.float64)
    k = given.size
    order = np.argsort(given, kind="stable")
    ranked = given[order]
    if method == "holm":
        corrected = np.maximum.accumulate(ranked * (k - np.arange(k)))
    elif method == "bh":
        corrected = np.minimum.accumulate((ranked * k / np.arange(1, k + 1))[::-1])[::-1]
    else:
        corrected = ranked * (k if method == "bonferroni" else 1)
    back = np.empty(k)
    back[order] = np.minimum(corrected, 1.0)
    return back


def corrected(estimates: Sequence[Estimate], method: Correction) -> Multiplicity:
    """Correct the secondary outcomes, each at its last wave; the primary is left alone."""
    last: dict[tuple[str, str | None, str], Estimate] = {}
    for one in estimates:
        if one.role == "secondary" and one.effect.p is not None:
            last[one.outcome, one.informant, one.contrast] = one
    primary = {(e.outcome, e.informant, e.contrast) for e in estimates if e.role == "primary"}
    family = [one for key, one in last.items() if key not in primary]
    p = [one.effect.p or 0.0 for one in family]
    return Multiplicity(
        method,
        tuple(
            Adjusted(e.outcome, e.informant, e.contrast, e.wave, before, float(after))
            for e, before, after in zip(family, p, adjust(p, method), strict=True)
        ),
    )
