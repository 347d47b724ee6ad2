"""Who answered when: counts by arm, for one informant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from evidencia.estimate import Effect, two_sided
from evidencia.intervals import wilson
from evidencia.missing.inputs import Mask, arm_codes, mask
from evidencia.words import Note, Refusal

# Above this difference in response, in percentage points, arms are said not to answer equally.
# The What Works Clearinghouse's cautious boundary lies between 3 and 10 by overall attrition.
_UNEQUAL = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class ArmFlow:
    """The people of one arm through the waves.

    Attributes
    ----------
    arm
        Label; None for everybody.
    n
        People.
    observed
        int64, shape (T,). Answered at each wave.
    skipped
        int64, shape (T,). Missing at the wave and answered at a later one.
    gone
        int64, shape (T,). Missing at the wave and ever after. The three add up to n.
    complete, monotone, intermittent, never
        People who answered every wave; who left for good after an unbroken start; who have a
        hole before an answer; who never answered. They add up to n.
    reasons
        Reasons given with how many people gave them, most frequent first.
    """

    arm: str | None
    n: int
    observed: npt.NDArray[np.int64]
    skipped: npt.NDArray[np.int64]
    gone: npt.NDArray[np.int64]
    complete: int
    monotone: int
    intermittent: int
    never: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class AttritionFlow:
    """The flow of one informant's answers.

    Attributes
    ----------
    informant
        Whose answers; informants are never pooled.
    n_waves
        T.
    arms
        One per arm, in the order of the labels.
    everyone
        All arms together.
    notes
        What must be read beside it.
    """

    informant: str | None
    n_waves: int
    arms: tuple[ArmFlow, ...]
    everyone: ArmFlow
    notes: tuple[Note, ...]


def attrition_flow(
    observed: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    informant: str | None = None,
    reasons: npt.ArrayLike | None = None,
) -> AttritionFlow:
    """Count answers at every wave, and how people left.

    Parameters
    ----------
    observed
        bool, shape (n, T), waves in order: whether there is an answer.
    arm
        Labels, shape (n,).
    informant
        Whose answers these are.
    reasons
        Shape (n,), why the person left; an empty text where no reason was given. Counted for
        those with an answer missing.

    Raises
    ------
    Refusal
        If nobody is there.
    ValueError
        If shapes disagree.

    References
    ----------
    Schulz, K. F., Altman, D. G. & Moher, D. (2010). CONSORT 2010 statement. *BMJ* 340, c332.
    """
    seen = np.asarray(observed)
    if seen.ndim != 2 or seen.shape[1] == 0:
        raise ValueError(f"observed needs one row a person and one column a wave, not {seen.shape}")
    n, waves = seen.shape
    if n == 0:
        raise Refusal(Note.of("missing.nobody"))
    answered = mask(seen.ravel(), seen.size, "observed").reshape(seen.shape)
    arms, codes = arm_codes(arm, n)
    why = [""] * n if reasons is None else [str(reason) for reason in np.asarray(reasons)]
    if len(why) != n:
        raise ValueError(f"reasons need one text a person ({n}), not {len(why)}.")
    flows = tuple(
        _flow(name, answered[codes == a], [w for w, c in zip(why, codes, strict=True) if c == a])
        for a, name in enumerate(arms)
    )
    everyone = _flow(None, answered, why)
    return AttritionFlow(informant, waves, flows, everyone, _notes(flows, everyone))


def _flow(name: str | None, answered: Mask, why: list[str]) -> ArmFlow:
    later = np.cumsum(answered[:, ::-1], axis=1)[:, ::-1] > 0
    skipped = ~answered & later
    complete: Mask = np.asarray(answered.all(axis=1))
    never: Mask = np.asarray(~answered.any(axis=1))
    holed: Mask = np.asarray(skipped.any(axis=1))
    given = Counter(
        reason for reason, whole in zip(why, complete.tolist(), strict=True) if reason and not whole
    )
    return ArmFlow(
        name,
        len(answered),
        answered.sum(axis=0),
        skipped.sum(axis=0),
        (~later).sum(axis=0),
        int(complete.sum()),
        int((~complete & ~never & ~holed).sum()),
        int(holed.sum()),
        int(never.sum()),
        tuple(sorted(given.items(), key=lambda item: (-item[1], item[0]))),
    )


def _notes(flows: tuple[ArmFlow, ...], everyone: ArmFlow) -> tuple[Note, ...]:
    if everyone.complete == everyone.n:
        return (Note.of("missing.nobody_left"),)
    shares = [100 * flow.observed[-1] / flow.n for flow in flows]
    gap = float(max(shares) - min(shares))
    return (Note.of("missing.arms_differ", points=round(gap, 1)),) if gap > _UNEQUAL else ()


def attrition_gap(
    observed: npt.ArrayLike, treated: npt.ArrayLike, *, level: float = 0.95
) -> Effect:
    """Return the difference between arms in the share who answered, treated − control.

    Parameters
    ----------
    observed, treated
        bool, shape (n,).

    Returns
    -------
    Effect
        Newcombe's interval from the two Wilson intervals, so it is defined where everybody (or
        nobody) answered; no standard error. p by the score test, None where all or none did.

    Raises
    ------
    Refusal
        If an arm has nobody.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent
    proportions, method 10. *Stat Med* 17, 873–890.
    """
    seen = np.asarray(observed)
    answered = mask(seen, seen.size, "observed")
    group = mask(treated, seen.size, "treated")
    n1, n0 = int(group.sum()), int((~group).sum())
    if n1 == 0 or n0 == 0:
        raise Refusal(Note.of("missing.one_arm"))
    x1, x0 = int(answered[group].sum()), int(answered[~group].sum())
    (low1, high1), (low0, high0) = wilson(x1, n1, level), wilson(x0, n0, level)
    p1, p0, p = x1 / n1, x0 / n0, (x1 + x0) / (n1 + n0)
    variance = p * (1 - p) * (1 / n1 + 1 / n0)
    return Effect(
        estimate=p1 - p0,
        se=None,
        df=None,
        ci_low=p1 - p0 - sqrt((p1 - low1) ** 2 + (high0 - p0) ** 2),
        ci_high=p1 - p0 + sqrt((high1 - p1) ** 2 + (p0 - low0) ** 2),
        p=two_sided((p1 - p0) / sqrt(variance), None) if variance > 0.0 else None,
        n_units=n1 + n0,
        n_obs=n1 + n0,
        level=level,
    )
