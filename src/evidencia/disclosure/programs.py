"""Linear programs, through one typed door."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import scipy

Floats = npt.NDArray[np.float64]


def least(
    cost: Floats,
    limits: tuple[Floats, Floats],
    *,
    equal: tuple[scipy.sparse.csr_array, Floats] | None = None,
    at_most: tuple[scipy.sparse.csr_array, Floats] | None = None,
) -> Floats | None:
    """Return the unknowns with the least cost (HiGHS), or None where none are possible.

    Parameters
    ----------
    cost
        (n,) cost of one unit of each unknown.
    limits
        Lower and upper limits, (n,) each.
    equal, at_most
        Matrix (m, n) and right side (m,) of the equations and of the inequalities.
    """
    solve = cast(
        Any, scipy.optimize.linprog
    )  # Its stubs know of no sparse matrices, which it takes.
    found = solve(
        cost,
        A_eq=None if equal is None else equal[0],
        b_eq=None if equal is None else equal[1],
        A_ub=None if at_most is None else at_most[0],
        b_ub=None if at_most is None else at_most[1],
        bounds=np.column_stack(limits),
        method="highs",
    )
    return np.asarray(found.x, np.float64) if found.status == 0 else None
