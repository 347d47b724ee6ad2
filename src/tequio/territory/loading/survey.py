"""What women told the national survey, by state, with the interval that its design gives.

From the answers of each woman only shares of a state leave this module: weighted, with their 95 %
interval by strata and primary units (Taylor), and with how many women they rest on.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tequio.territory.loading.tables import Table, made

ANSWERS: Final = "endireh2016.csv.gz"
# Never had a partner: whoever counts her makes every share too small.
_NEVER: Final = "C2"
KINDS: Final = ("any", "vio_psi", "vio_fis", "vio_sex", "vio_eco")
NAMES: Final = ("any", "psychological", "physical", "sexual", "economic")
COLUMNS: Final = (
    "state",
    "women",
    *(f"{n}_{part}" for n in NAMES for part in ("at", "low", "high")),
)
# A state's share that rests on fewer women is not shown.
LEAST_WOMEN: Final = 500

Array = NDArray[np.float64]
Woman = tuple[str, str, str, float, tuple[float, ...]]


def recognises(folder: Path) -> bool:
    """Tell whether this folder holds the survey."""
    return (folder / ANSWERS).is_file()


def read(folder: Path) -> Table:
    """Add the survey up by state; «00» is the country."""
    women = list(_women(folder / ANSWERS))
    by_state: dict[str, list[Woman]] = defaultdict(list)
    for woman in women:
        by_state[woman[0]].append(woman)
    by_state["00"] = women
    rows = [_row(key, by_state[key]) for key in sorted(by_state)]
    return made(
        "survey", COLUMNS, rows, [("mujeres", f"{len(women):,}"), ("cualquiera", rows[0][2])]
    )


def _women(path: Path) -> Iterable[Woman]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["t_instrum"] == _NEVER:
                continue
            told = [float(row[kind] == "Sí") for kind in KINDS[1:]]
            weight = float(row["fac_muj"])
            state = f"{int(float(row['cve_ent'])):02d}"
            yield state, row["est_dis"], row["upm_dis"], weight, (max(told), *told)


def _row(key: str, women: list[Woman]) -> list[str]:
    weights = np.array([woman[3] for woman in women])
    told = np.array([woman[4] for woman in women])
    units, of_unit = _units(women)
    cells = [key, str(len(women))]
    for which in range(len(NAMES)):
        at, spread = _share(weights, told[:, which], units, of_unit)
        low, high = max(0.0, at - 1.96 * spread), min(1.0, at + 1.96 * spread)
        shown = len(women) >= LEAST_WOMEN
        cells += [f"{100 * value:.2f}" if shown else "" for value in (at, low, high)]
    return cells


def _units(women: list[Woman]) -> tuple[NDArray[np.int64], list[int]]:
    """Number the primary units, and say in which stratum each lies."""
    numbers: dict[tuple[str, str], int] = {}
    strata: dict[str, int] = {}
    of_woman = [numbers.setdefault((woman[1], woman[2]), len(numbers)) for woman in women]
    of_unit = [strata.setdefault(stratum, len(strata)) for stratum, _unit in numbers]
    return np.array(of_woman), of_unit


def _share(
    weights: Array, told: Array, units: NDArray[np.int64], of_unit: list[int]
) -> tuple[float, float]:
    """A weighted share and its standard error; a stratum with one unit adds none of its own."""
    whole = float(weights.sum())
    at = float(weights @ told) / whole
    totals = np.bincount(units, weights=weights * (told - at) / whole, minlength=len(of_unit))
    variance = 0.0
    strata = np.array(of_unit)
    for stratum in np.unique(strata):
        inside = totals[strata == stratum]
        if inside.size > 1:
            variance += inside.size * float(np.var(inside, ddof=1))
    return at, variance**0.5
