"""The data of a study as arrays: one row per unit, one column per wave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.words import Note

Labels = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Covariate:
    """A variable measured before the start.

    Attributes
    ----------
    values
        float64 (n,), NaN where missing; None for categories.
    categories
        str (n,), None where missing; None for numbers.
    """

    name: str
    values: Numbers | None = None
    categories: Labels | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One outcome as one informant reports it.

    Attributes
    ----------
    values
        float64 (n, n_waves), NaN = missing.
    baseline
        float64 (n,), NaN = missing; None without a baseline.
    after
        Columns of `values` that are after the baseline.
    event
        float64 (n,) of 0 and 1, for times to an event; None otherwise.
    waves
        Names of the columns; ("",) where the outcome has no wave.
    present
        bool (n,): this informant has a row for the unit, answered or not.
    asked
        bool (n, n_waves): there is a row for the unit at that wave, answered or not; in wide
        data every wave of a present unit.
    """

    outcome: str
    informant: str | None
    values: Numbers
    baseline: Numbers | None
    after: tuple[int, ...]
    event: Numbers | None
    waves: tuple[str, ...]
    present: Flags
    asked: Flags

    def wave(self, at: int) -> str | None:
        """Return the name of a wave; None where the outcome has none."""
        return self.waves[at] or None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Everything that an analysis needs.

    Attributes
    ----------
    units
        str (n,), in natural order, whatever the order of the rows.
    waves
        Baseline first; empty for data of one moment.
    arms
        Control first; empty without arms.
    arm, cluster, block, site
        str (n,), or None where the plan names no such column.
    informants
        Sorted; empty where the data do not say.
    series
        Outcome by outcome, and informant by informant.
    covariates
        In the plan's order.
    weights, dose
        float64 (n,), or None.
    exposed
        float64 (n, n_waves) of 0 and 1 in a stepped wedge, NaN without a row; None otherwise.
    n_rows
        Rows read.
    sha256
        Of the data file.
    notes
        What the reading settled by itself.
    """

    units: Labels
    waves: tuple[str, ...]
    arms: tuple[str, ...]
    control: str | None
    arm: Labels | None
    cluster: Labels | None
    block: Labels | None
    site: Labels | None
    informants: tuple[str, ...]
    series: tuple[Series, ...]
    covariates: tuple[Covariate, ...]
    weights: Numbers | None
    dose: Numbers | None
    exposed: Numbers | None
    n_rows: int
    sha256: str
    notes: tuple[Note, ...] = ()

    @property
    def n(self) -> int:
        """Units."""
        return len(self.units)

    def of(self, outcome: str) -> tuple[Series, ...]:
        """Return the series of an outcome, one per informant."""
        return tuple(one for one in self.series if one.outcome == outcome)

    def in_arm(self, arm: str) -> Flags:
        """Return bool (n,): who is in this arm."""
        if self.arm is None:
            raise ValueError("This frame has no arms.")
        return np.asarray(self.arm == arm, dtype=np.bool_)
