"""Whether there is enough for anything to leave: decided by numbers that were fixed beforehand."""

from __future__ import annotations

from typing import Final

from evidencia.publishing import RELEASED

# Ten people or more in every cell; thirteen with rounding to five (evidencia.publishing).
LEAST: Final = RELEASED.threshold + 1
BASE: Final = RELEASED.base
PERCENT_FROM: Final = RELEASED.percent_from


def enough_new(fresh: int) -> bool:
    """Tell whether enough people answered since the release before, or at all for the first.

    Two releases that differ by a few people would tell, subtracted, what those few said.
    """
    return fresh >= LEAST
