"""Complementary suppression: large cells hidden so that small ones cannot be subtracted out.

Needed only where readers know the true totals from elsewhere. For each small cell and each end
of its interval, one linear program looks for the cheapest set of counts that agrees with all the
totals and puts the cell at that end; the published cells that must move in it are hidden. The
protection is exact (the counts found are themselves a possible world, so an attacker cannot
exclude them, and hiding more only adds worlds); the number of cells hidden is near the least, not
proved to be it (Kelly, Golden & Assad 1992, *Networks* 22, 397–417; Castro 2012, *EJOR* 216).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.disclosure.programs import least
from evidencia.disclosure.rules import Policy
from evidencia.disclosure.tables import Table

Floats = npt.NDArray[np.float64]
Reasons = npt.NDArray[np.str_]

MOVED = 1e-7
"""Excess over a published interval (people) above which a cell counts as moved: HiGHS keeps
its constraints to 1e-7, and real excesses here are whole people."""


def margins(shape: tuple[int, ...]) -> scipy.sparse.csr_array:
    """Return the sums that totals are: rows and columns, or the whole of a single row."""
    if len(shape) == 1:
        return scipy.sparse.csr_array(np.ones((1, shape[0])))
    rows, columns = shape
    of_rows = scipy.sparse.csr_array(np.kron(np.eye(rows), np.ones((1, columns))))
    of_columns = scipy.sparse.csr_array(np.kron(np.ones((1, rows)), np.eye(columns)))
    return scipy.sparse.csr_array(scipy.sparse.vstack([of_rows, of_columns]))


def small_margins(table: Table, policy: Policy) -> int:
    """Return how many known totals are themselves at or under the threshold."""
    totals = margins(table.counts.shape) @ table.counts.ravel()
    return int((totals <= policy.threshold).sum())


def complement(table: Table, reasons: Reasons, policy: Policy) -> Reasons:
    """Return the reasons with the large cells that must be hidden marked ``"complement"``.

    After it, an attacker who knows every total finds each small cell anywhere from 0 to the
    threshold, or as wide as the totals alone leave it.
    """
    counts = table.counts.ravel().astype(np.float64)
    matrix = margins(table.counts.shape)
    marks = reasons.ravel().copy()
    for k in np.flatnonzero((marks == "small") | (marks == "dominance")):
        for goal in _ends(table, marks, int(k), policy):
            if _swap_suffices(table, marks, int(k), goal, policy):
                continue
            marks[_must_move(matrix, counts, marks, int(k), goal, policy)] = "complement"
    return marks.reshape(reasons.shape)


def _ends(table: Table, marks: Reasons, k: int, policy: Policy) -> tuple[float, float]:
    """Return both ends that cell `k` must be able to reach, within what the totals allow."""
    value = float(table.counts.ravel()[k])
    low, high = (0.0, float(policy.threshold))
    if marks[k] == "dominance":
        low, high = value * (1 - policy.dominance), value * (1 + policy.dominance)
    widest = _frechet(table, k)
    if (marks == "structural").any():
        widest = _with_structure(table, marks, k)
    return max(low, widest[0]), min(high, widest[1])


def _with_structure(table: Table, marks: Reasons, k: int) -> tuple[float, float]:
    """Return what totals and impossible cells together say of a cell."""
    matrix, counts = margins(table.counts.shape), table.counts.ravel().astype(np.float64)
    limits = np.zeros(marks.size), np.where(marks == "structural", 0.0, np.inf)
    ends = []
    for sign in (1.0, -1.0):
        world = least(sign * (np.arange(marks.size) == k), limits, equal=(matrix, matrix @ counts))
        if world is None:
            raise ValueError("The totals of the table contradict each other.")
        ends.append(float(world[k]))
    return ends[0], ends[1]


def _frechet(table: Table, k: int) -> tuple[float, float]:
    """Return the limits that the totals alone set on a cell (Fréchet's bounds)."""
    total = float(table.counts.sum())
    if table.counts.ndim == 1:
        return (total if table.counts.size == 1 else 0.0), total
    row, column = np.unravel_index(k, table.counts.shape)
    of_row = float(table.counts[row].sum())
    of_column = float(table.counts[:, column].sum())
    rows, columns = table.counts.shape
    low = max(0.0, of_row + of_column - total)
    if rows == 1:
        low = of_column
    elif columns == 1:
        low = of_row
    return low, min(of_row, of_column)


def _slack(counts: Floats, marks: Reasons, policy: Policy) -> tuple[Floats, Floats]:
    """Return how far each cell may fall and rise without contradicting what is published."""
    rounded = policy.rounded(counts.astype(np.int64))
    down = np.where(marks == "", counts - (rounded - policy.half), counts)
    up = np.where(marks == "", rounded + policy.half - counts, np.inf)
    down[marks == "structural"] = up[marks == "structural"] = 0.0
    return down, up


def _swap_suffices(table: Table, marks: Reasons, k: int, goal: float, policy: Policy) -> bool:
    """Return whether one exchange among four cells already takes cell `k` to its goal."""
    change = goal - float(table.counts.ravel()[k])
    if change == 0:
        return True
    if table.counts.ndim == 1:
        return False
    shape = table.counts.shape
    down, up = _slack(table.counts.ravel().astype(np.float64), marks, policy)
    with_it, against = (up, down) if change > 0 else (down, up)
    enough_with = with_it.reshape(shape) >= abs(change)
    enough_against = against.reshape(shape) >= abs(change)
    i, j = np.unravel_index(k, shape)
    corner = enough_with & enough_against[i][None, :] & enough_against[:, j][:, None]
    corner[i], corner[:, j] = False, False
    return bool(corner.any())


def _must_move(
    matrix: scipy.sparse.csr_array,
    counts: Floats,
    marks: Reasons,
    k: int,
    goal: float,
    policy: Policy,
) -> npt.NDArray[np.int64]:
    """Return the published cells that move in the cheapest world where cell `k` is `goal`."""
    n = counts.size
    down, up = _slack(counts, marks, policy)
    shown = marks == ""
    low, high = np.zeros(n), np.where(marks == "structural", 0.0, np.inf)
    low[k] = high[k] = goal
    # Unknowns: the n counts, then by how much each leaves its published interval.
    cost = np.concatenate([np.zeros(n), np.where(shown, 1.0 + np.log1p(counts), 0.0)])
    free = np.where(shown, np.inf, 0.0)
    chosen = np.flatnonzero(shown)
    keep = scipy.sparse.csr_array(scipy.sparse.eye_array(n, format="csr")[chosen])
    world = least(
        cost,
        (np.concatenate([low, np.zeros(n)]), np.concatenate([high, free])),
        equal=(
            scipy.sparse.csr_array(
                scipy.sparse.hstack([matrix, scipy.sparse.csr_array(matrix.shape)])
            ),
            matrix @ counts,
        ),
        at_most=(
            scipy.sparse.csr_array(
                scipy.sparse.vstack(
                    [scipy.sparse.hstack([keep, -keep]), scipy.sparse.hstack([-keep, -keep])]
                )
            ),
            np.concatenate([(counts + up)[chosen], -(counts - down)[chosen]]),
        ),
    )
    if world is None:
        raise ValueError(f"The totals do not allow {goal} in cell {k}.")
    return np.flatnonzero(world[n:] > MOVED)
