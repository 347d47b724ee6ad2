"""Risk sets: who could still have the event at each time, as sums over sorted rows.

Every quantity of the partial likelihood is a sum over a risk set, or over the event times at
which a person was at risk. Both are differences of cumulative sums, so that nothing is looped
over people or times and no array of n × p × p is ever made.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class RiskSets:
    """Where each risk set begins and ends among the sorted rows.

    Attributes
    ----------
    at
        float64, shape (n_times,). Event times, by stratum and then ascending.
    n_events
        int64, shape (n_times,). d_i, events at each.
    tied
        int64, shape (d,). For each event, in sorted order, the index of its time.
    row
        int64, shape (d,). For each event the person.
    share
        float64, shape (d,). Efron's l / d_i, l = 0, …, d_i − 1 within each time.
    low, high
        int64, shape (n,). Person j is at risk at the times ``low[j]`` ≤ i < ``high[j]``.
    """

    at: Floats
    n_events: Ints
    tied: Ints
    row: Ints
    share: Floats
    low: Ints
    high: Ints
    _by_time: Ints
    _by_entry: Ints | None
    _first: Ints
    _stop: Ints
    _first_entry: Ints | None

    @classmethod
    def of(
        cls, time: Floats, event: NDArray[np.bool_], stratum: Ints, entry: Floats | None
    ) -> RiskSets:
        """Sort once; a person is at risk at t when entry < t ≤ time, in the own stratum."""
        start = np.full(time.shape, -np.inf) if entry is None else entry
        every, rank = np.unique(np.concatenate([time, start]), return_inverse=True)
        base = stratum * every.size
        leaves, enters = base + rank[: time.size], base + rank[time.size :]
        by_time, by_entry = np.argsort(leaves, kind="stable"), np.argsort(enters, kind="stable")
        happened = by_time[event[by_time]]
        keys, tied, d = np.unique(leaves[happened], return_inverse=True, return_counts=True)
        first_of_time = np.cumsum(d) - d
        ends = (keys // every.size + 1) * every.size
        late = entry is not None
        return cls(
            at=every[keys % every.size],
            n_events=d,
            tied=tied,
            row=happened,
            share=(np.arange(tied.size) - first_of_time[tied]) / d[tied],
            low=np.searchsorted(keys, enters, side="right"),
            high=np.searchsorted(keys, leaves, side="right"),
            _by_time=by_time,
            _by_entry=by_entry if late else None,
            _first=np.atleast_1d(np.searchsorted(leaves[by_time], keys, side="left")),
            _stop=np.searchsorted(leaves[by_time], ends, side="left"),
            _first_entry=(
                np.atleast_1d(np.searchsorted(enters[by_entry], keys, side="left"))
                if late
                else None
            ),
        )

    def sums(self, values: Floats) -> Floats:
        """Sum `values`, shape (n, q), over each risk set: shape (n_times, q)."""
        tail = _from_the_end(values[self._by_time])
        total = tail[self._first] - tail[self._stop]
        if self._by_entry is not None:
            later = _from_the_end(values[self._by_entry])
            total = total - (later[self._first_entry] - later[self._stop])
        return total

    def sums_of_tied(self, values: Floats) -> Floats:
        """Sum `values`, shape (n, q), over the people with the event at each time."""
        first = np.cumsum(self.n_events) - self.n_events
        return np.add.reduceat(values[self.row], first, axis=0)

    def over_times(self, values: Floats) -> Floats:
        """Sum `values`, shape (n_times, q), over the times at which each person was at risk."""
        before = np.zeros((values.shape[0] + 1, values.shape[1]))
        np.cumsum(values, axis=0, out=before[1:])
        return before[self.high] - before[self.low]

    def per_time(self, values: Floats) -> Floats:
        """Sum `values`, shape (d, q), over the events of each time: shape (n_times, q)."""
        first = np.cumsum(self.n_events) - self.n_events
        return np.add.reduceat(values, first, axis=0)


def _from_the_end(values: Floats) -> Floats:
    tail = np.zeros((values.shape[0] + 1, values.shape[1]))
    tail[:-1] = np.cumsum(values[::-1], axis=0)[::-1]
    return tail
