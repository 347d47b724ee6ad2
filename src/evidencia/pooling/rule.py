"""No packet shows fewer people than the threshold: small patterns lose answers, or leave.

A cell is the people of one arm who answered at the same waves. It is shown if it holds at least
`threshold` people and no 0/1 covariate splits off fewer. A cell that may not be shown gives up its
last answers and joins the next coarser monotone pattern: answers at waves 1, 2 and 4 join waves
1 and 2; waves 1 and 2 join wave 1; who cannot join anybody is left out. The rule looks at which
answers there are and at the covariates, never at the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Answers after the rule.

    Attributes
    ----------
    outcome
        Shape (n, T), NaN where missing or given up; rows of NaN for people left out.
    people_given, people_merged, people_dropped
        Who had any answer, who lost some of them, and who lost all.
    answers_given, answers_lost
        The same in answers.
    """

    outcome: Floats
    people_given: int
    people_merged: int
    people_dropped: int
    answers_given: int
    answers_lost: int


def apply_rule(
    outcome: Floats,
    arm: npt.NDArray[np.str_],
    threshold: int,
    covariates: Floats | None = None,
) -> Ruled:
    """Apply the rule to rows; what a packet shows is exactly the sums of what is returned.

    Parameters
    ----------
    outcome
        Shape (n, T), waves in order, NaN where missing.
    arm
        Shape (n,).
    threshold
        Fewest people of a cell.
    covariates
        Shape (n, k); only columns of 0 and 1 matter here. None for none.
    """
    before = ~np.isnan(outcome)
    seen = before.copy()
    extra = np.empty((len(outcome), 0)) if covariates is None else covariates
    flags = extra[:, np.isin(extra, (0.0, 1.0)).all(axis=0)] if len(extra) else extra
    for name in np.unique(arm):
        _coarsen(seen, np.flatnonzero(arm == name), flags, threshold)
    left = np.where(seen, outcome, np.nan)
    had, has = before.any(axis=1), seen.any(axis=1)
    lost = (before & ~seen).any(axis=1)
    return Ruled(
        left,
        int(had.sum()),
        int((lost & has).sum()),
        int((had & ~has).sum()),
        int(before.sum()),
        int((before & ~seen).sum()),
    )


def _coarsen(seen: npt.NDArray[np.bool_], people: Rows, flags: Floats, threshold: int) -> None:
    """Take answers away, in place, until every cell of `people` may be shown."""
    waves = seen.shape[1]
    for pattern, members in _cells(seen, people):
        if not _monotone(pattern) and not _shown(members, flags, threshold):
            run = int(np.argmin(pattern))  # The first wave without an answer.
            seen[np.ix_(members, np.arange(run, waves))] = False
    for length in range(waves, 0, -1):
        wanted = np.arange(waves) < length
        members = people[(seen[people] == wanted).all(axis=1)]
        if members.size and not _shown(members, flags, threshold):
            seen[members, length - 1] = False


def _cells(seen: npt.NDArray[np.bool_], people: Rows) -> list[tuple[npt.NDArray[np.bool_], Rows]]:
    patterns, member = np.unique(seen[people], axis=0, return_inverse=True)
    member = member.reshape(-1)
    return [(pattern, people[member == i]) for i, pattern in enumerate(patterns)]


def _monotone(pattern: npt.NDArray[np.bool_]) -> bool:
    return bool((pattern[:-1] >= pattern[1:]).all())


def _shown(members: Rows, flags: Floats, threshold: int) -> bool:
    if members.size < threshold:
        return False
    ones = flags[members].sum(axis=0)
    least = np.minimum(ones, members.size - ones)
    return bool(((least == 0) | (least >= threshold)).all())
