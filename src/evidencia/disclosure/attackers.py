"""What a patient reader can deduce: bounds of hidden counts by linear programming.

The attacker of Fischetti & Salazar-González (2000, *Management Science* 46, 1431–1447): every
published value is an interval, every total an equation, and two linear programs per hidden cell
give the least and the most that it can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.disclosure.programs import least

Floats = npt.NDArray[np.float64]


CEILING = 1e7
"""Most people that any unknown may stand for; a bound near it means "no bound"."""


@dataclass(frozen=True, slots=True)
class System:
    """What is known of unknown counts.

    Attributes
    ----------
    matrix
        (m, n) sparse: how each known number adds up the unknowns.
    low, high
        (m,) limits of those sums; -inf or inf where there is none.
    cell_low, cell_high
        (n,) limits of the unknowns themselves (0 and inf where nothing is known).
    """

    matrix: scipy.sparse.csr_array
    low: Floats
    high: Floats
    cell_low: Floats
    cell_high: Floats


def attack(system: System, questions: scipy.sparse.csr_array) -> tuple[Floats, Floats]:
    """Return the least and the most of each sum asked for.

    Parameters
    ----------
    system
        What is known.
    questions
        (q, n) sparse: the sums of unknowns to bound, with coefficients 0 or 1.

    Returns
    -------
    low, high
        (q,), to a millionth of a person; inf where nothing bounds it.

    Notes
    -----
    Unknowns that no equation ties together are separate problems. One linear program answers one
    question of each of them at once, as the maximum of a sum of separate parts is the sum of
    their maxima.

    Raises
    ------
    ValueError
        If no counts agree with what is known.
    """
    low = np.zeros(questions.shape[0])
    high = np.zeros(questions.shape[0])
    for together in _batches(components(system), questions):
        asked = scipy.sparse.csr_array(questions[together])
        cost = np.asarray(asked.sum(axis=0), np.float64).ravel()
        low[together] = asked @ _solve(system, cost)
        high[together] = asked @ _solve(system, -cost)
    high[high > CEILING / 2] = np.inf
    return np.round(low, 6), np.round(high, 6)


def components(system: System) -> npt.NDArray[np.int64]:
    """Return for each unknown the number of the separate problem that it belongs to, (n,)."""
    sums, unknowns = system.matrix.shape
    links = abs(system.matrix).tocoo()
    size = sums + unknowns
    graph = scipy.sparse.coo_array(
        (np.ones(links.nnz), (links.row, sums + links.col)), shape=(size, size)
    )
    _, part = scipy.sparse.csgraph.connected_components(graph, directed=False)
    return np.asarray(part[sums:], np.int64)


def _batches(
    part: npt.NDArray[np.int64], questions: scipy.sparse.csr_array
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield sets of questions, no two of them about the same separate problem."""
    waiting = list(range(questions.shape[0]))
    about = [
        set(part[questions.indices[questions.indptr[i] : questions.indptr[i + 1]]].tolist())
        for i in waiting
    ]
    while waiting:
        taken: set[int] = set()
        batch: list[int] = []
        later: list[int] = []
        for i in waiting:
            (later if about[i] & taken else batch).append(i)
            taken |= about[i]
        yield np.array(batch, np.int64)
        waiting = later


def _solve(system: System, cost: Floats) -> Floats:
    exact = system.low == system.high
    over = np.flatnonzero(np.isfinite(system.high) & ~exact)
    under = np.flatnonzero(np.isfinite(system.low) & ~exact)
    equal = np.flatnonzero(exact)
    found = least(
        cost,
        (system.cell_low, np.minimum(system.cell_high, CEILING)),
        equal=(scipy.sparse.csr_array(system.matrix[equal]), system.low[equal]),
        at_most=(
            scipy.sparse.csr_array(
                scipy.sparse.vstack([system.matrix[over], -system.matrix[under]])
            ),
            np.concatenate([system.high[over], -system.low[under]]),
        ),
    )
    if found is None:
        raise ValueError("No counts agree with what is said to be known.")
    return found
