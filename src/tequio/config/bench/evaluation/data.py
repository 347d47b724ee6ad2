"""Made-up studies with a known shape, the same numbers for every program that is timed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of n people and T visits with drop-out that depends on what was seen.

    Attributes
    ----------
    y
        Shape (n, T), NaN where missing.
    arm
        Shape (n,), 0 or 1.
    baseline
        Shape (n,).
    """

    y: Floats
    arm: npt.NDArray[np.int64]
    baseline: Floats


@dataclass(frozen=True, slots=True)
class Programme:
    """Men in groups in sites, asked at several waves; one row per answer."""

    y: Floats
    treated: Floats
    wave: npt.NDArray[np.int64]
    man: npt.NDArray[np.int64]
    group: npt.NDArray[np.int64]
    site: npt.NDArray[np.int64]
    violent: Floats


@dataclass(frozen=True, slots=True)
class Leaving:
    """Weeks until somebody left, whether he was seen to leave, and what he brought along."""

    time: Floats
    event: npt.NDArray[np.int64]
    x: Floats


def trial(people: int, visits: int, seed: int) -> Trial:
    """Draw a trial; about a third leave before its end."""
    rng = np.random.default_rng(seed)
    lags = np.abs(np.subtract.outer(np.arange(visits + 1), np.arange(visits + 1)))
    spread = np.linspace(1.0, 1.6, visits + 1)
    root = np.linalg.cholesky(0.8**lags * np.outer(spread, spread))
    whole = rng.standard_normal((people, visits + 1)) @ root.T
    arm = np.arange(people) % 2
    whole[:, 1:] -= 0.05 * np.arange(1, visits + 1) * arm[:, None]
    y, left = whole[:, 1:].copy(), np.zeros(people, dtype=np.bool_)
    for t in range(1, visits):
        leaves = 0.35 / visits * np.exp(0.4 * np.clip(np.nan_to_num(y[:, t - 1]), -2, 2))
        left |= rng.random(people) < leaves
        y[left, t] = np.nan
    return Trial(_written(y), arm, _written(whole[:, 0]))


def programme(men: int, waves: int, groups: int, sites: int, seed: int) -> Programme:
    """Draw a programme in which whole groups were given to one arm or the other."""
    rng = np.random.default_rng(seed)
    group_of = np.sort(rng.integers(0, groups, men))
    site_of_group = np.arange(groups) % sites
    treated_group = (np.arange(groups) // sites) % 2
    man = np.repeat(np.arange(men), waves)
    wave = np.tile(np.arange(waves), men)
    group = group_of[man]
    site = site_of_group[group]
    treated = treated_group[group].astype(np.float64)
    level = (
        0.5 * rng.standard_normal(sites)[site]
        + 0.6 * rng.standard_normal(groups)[group]
        + rng.standard_normal(men)[man]
    )
    y = 10 + level - 0.1 * wave - 0.3 * treated + rng.standard_normal(man.size)
    chance = 1 / (1 + np.exp(-(-0.5 + 0.4 * level - 0.4 * treated)))
    violent = (rng.random(man.size) < chance).astype(np.float64)
    kept = rng.random(man.size) > 0.15
    return Programme(
        _written(y)[kept],
        treated[kept],
        wave[kept],
        man[kept],
        group[kept],
        site[kept],
        violent[kept],
    )


def leaving(men: int, seed: int) -> Leaving:
    """Draw weeks in the programme, with many ties, as attendance lists have them."""
    rng = np.random.default_rng(seed)
    x = np.column_stack((np.arange(men) % 2, rng.standard_normal((men, 3)))).astype(np.float64)
    hazard = 0.05 * np.exp(x @ np.array([-0.3, 0.2, 0.0, 0.1]))
    week = np.ceil(rng.exponential(1 / hazard))
    return Leaving(np.minimum(week, 25.0), (week <= 25).astype(np.int64), _written(x))


def _written(values: Floats) -> Floats:
    """Return the numbers as they stand in the file, so that everybody fits the same."""
    return np.asarray(np.round(values, 6), dtype=np.float64)


def write(folder: Path, name: str, **columns: npt.NDArray[np.generic]) -> None:
    """Write columns as CSV for R; an empty cell is a missing value."""
    with (folder / f"{name}.csv").open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in zip(*(c.tolist() for c in columns.values()), strict=True):
            writer.writerow(["" if cell != cell else cell for cell in row])
