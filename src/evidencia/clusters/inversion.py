"""What resampling methods return, and their interval: the null values that are not rejected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

from evidencia.estimate import Effect

TIES: Final = 1e-9
"""Two statistics closer than this share of the observed one are equal: rounding must not decide
whether the observed assignment is as extreme as itself."""
DOUBLINGS: Final = 24
HALVINGS: Final = 40


@dataclass(frozen=True, slots=True)
class Resampled:
    """An effect whose p value and interval come from resampling.

    Attributes
    ----------
    effect
        The coefficient, with the resampling p value and the interval by test inversion.
    statistic
        What was compared: Student's t in the bootstrap, the coefficient in randomisation.
    n_draws
        Draws, or assignments where `exact`.
    exact
        Whether every possible draw was counted once.
    kind
        ``"rademacher"``, ``"webb"`` or ``"randomisation"``.
    """

    effect: Effect
    statistic: float
    n_draws: int
    exact: bool
    kind: str


def share_as_extreme(count: int, draws: int, *, exact: bool) -> float:
    """Return the p value: a share where all were counted, (b + 1)/(m + 1) of random draws.

    References
    ----------
    Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never be zero. *Stat. Appl.
    Genet. Mol. Biol.* 9, 39.
    """
    return count / draws if exact else (count + 1) / (draws + 1)


def not_rejected(
    p_at: Callable[[float], float], centre: float, step: float, level: float
) -> tuple[float, float]:
    """Return the interval of null values around `centre` whose p value exceeds 1 − `level`.

    Each limit is found by doubling a step until the value is rejected and halving back. A side
    where nothing is rejected is infinite.

    Parameters
    ----------
    p_at
        The p value of a null value.
    centre
        The estimate, where p is 1.
    step
        A length of the size of the standard error; units of the outcome.
    """
    alpha = 1.0 - level
    return (
        _limit(p_at, centre, -step, alpha),
        _limit(p_at, centre, step, alpha),
    )


def _limit(p_at: Callable[[float], float], centre: float, step: float, alpha: float) -> float:
    inside, reach = centre, step
    for _ in range(DOUBLINGS):
        outside = centre + reach
        if p_at(outside) <= alpha + 1e-12:
            break
        inside, reach = outside, 2 * reach
    else:
        return inf if step > 0 else -inf
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if p_at(middle) <= alpha + 1e-12:
            outside = middle
        else:
            inside = middle
    return outside
