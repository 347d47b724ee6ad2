"""Made-up trials: people leave the more the higher their last answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest


@dataclass(frozen=True)
class Trial:
    """n people and T waves: what was seen, what would have been, arm and baseline."""

    y: np.ndarray
    whole: np.ndarray
    arm: np.ndarray
    base: np.ndarray


def trial(
    seed: int,
    n: int = 200,
    waves: int = 4,
    *,
    effect: float = -1.0,
    holes: float = 0.0,
    leaving: float = -2.0,
) -> Trial:
    rng = np.random.default_rng(seed)
    arm = np.array(["control", "programme"])[np.arange(n) % 2]
    base = rng.normal(10, 2, n)
    level = rng.normal(0, 1.5, n)
    whole = (base + level)[:, None] + rng.normal(0, 1.5, (n, waves))
    whole += effect * np.outer(arm == "programme", np.arange(1, waves + 1)) / waves
    y = whole.copy()
    gone = np.zeros(n, dtype=bool)
    for wave in range(1, waves):
        gone |= rng.random(n) < 1 / (1 + np.exp(-(leaving + 0.4 * (whole[:, wave - 1] - 10))))
        y[gone, wave] = np.nan
    if holes:
        y[(rng.random((n, waves)) < holes) & ~np.isnan(y)] = np.nan
    return Trial(y, whole, arm, base)


@pytest.fixture(scope="session")
def make_trial() -> Callable[..., Trial]:
    return trial
