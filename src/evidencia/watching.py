"""Shares that are looked at again and again: limits that hold however often somebody looks.

A 95 % interval is right once. Who looks every week and stops at the first bad sign will meet one
by chance alone in far more than 5 % of programmes that run as planned. The limits here are a
confidence sequence: with probability `level` the true share lies within all of them, at every look
together, whatever the number of looks and whatever makes somebody stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import lgamma, pi
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidencia.words import Note, Refusal

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Verdict = Literal["below", "above", "open"]
_Reached = Callable[[Floats], NDArray[np.bool_]]

PRIOR: Final = 0.5
"""Both parameters of the mixing beta distribution (Krichevsky & Trofimov 1981)."""

# Leaves 1e-13 of a share.
_HALVINGS: Final = 43


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """A share as it stood at each look, with its limits.

    Attributes
    ----------
    yes, asked, missing
        int64, shape (looks,), added up until each look. `asked` contains `missing`: those of whom
        nobody wrote the answer.
    share
        yes / (asked − missing), NaN while nobody is known.
    low, high
        Limits at each look: `low` as if everybody missing had been a no, `high` as if a yes, each
        the narrowest so far unless the share moved.
    target
        What was assumed; None where nobody assumed anything.
    verdict
        ``"below"`` or ``"above"``: the limits left `target` behind at some look. ``"open"``: they
        never did, or both did, or there is no target. It never says that the target is met.
    since
        Look at which they left it; None for ``"open"``.
    moved
        No single share lies within all limits: the share itself changed on the way.
    level
        Of all looks and of the whole family together.
    family
        How many shares are watched side by side under one `level`.
    design_effect
        By which people of one group tell less than as many strangers.
    notes
        What must be read beside the numbers.
    """

    yes: Counts
    asked: Counts
    missing: Counts
    share: Floats
    low: Floats
    high: Floats
    target: float | None
    verdict: Verdict
    since: int | None
    moved: bool
    level: float
    family: int
    design_effect: float
    notes: tuple[Note, ...]

    @property
    def n_looks(self) -> int:
        """Number of looks."""
        return int(self.asked.size)

    @property
    def said(self) -> Note:
        """What may be said of the share against what was assumed, as it stands now."""
        low, high = (_percent(float(side[-1])) for side in (self.low, self.high))
        if self.target is None:
            return Note.of("watching.no_target", low=low, high=high)
        then = "_and_moved" if self.moved else ""
        target = _percent(self.target)
        return Note.of(f"watching.{self.verdict}{then}", target=target, low=low, high=high)


def watch(
    yes: ArrayLike,
    asked: ArrayLike,
    *,
    missing: ArrayLike | None = None,
    target: float | None = None,
    level: float = 0.95,
    family: int = 1,
    design_effect: float = 1.0,
) -> Watched:
    """Return a share at each look, with limits that hold at all looks together.

    Parameters
    ----------
    yes, asked
        Shape (looks,), what each look adds: how many said yes, of how many. A look may add nobody.
    missing
        Shape (looks,): how many of `asked` nobody wrote down. They widen both limits.
    target
        The share that was assumed before the first look, strictly between 0 and 1.
    level
        Probability that all limits hold.
    family
        Shares watched side by side; each gets (1 − level) / family of the error.
    design_effect
        At least 1; of people in groups, 1 + (size − 1) × intracluster correlation.

    Raises
    ------
    Refusal
        If nobody was asked yet.
    ValueError
        If the counts contradict each other, or an option is out of its range.

    Notes
    -----
    With S yes among n, the likelihood ratio of p mixed over a beta distribution,
    B(½ + S, ½ + n − S) / (B(½, ½) p^S (1 − p)^(n − S)), has mean 1 at the true p at every n and is
    never negative. By Ville's inequality it reaches 1 / α at any time with probability α at most,
    and the p at which it has not are an interval. It needs no independence, only that each answer
    is a yes with the same probability whatever came before. Where people come in groups that does
    not hold; then the counts are divided by the design effect, which is an approximation and is
    checked by simulation.

    References
    ----------
    Ville, J. (1939). *Étude critique de la notion de collectif*. Gauthier-Villars.
    Robbins, H. (1970). *Ann. Math. Stat.* 41, 1397–1409.
    Lai, T. L. (1976). *Ann. Stat.* 4, 265–280.
    Howard, S., Ramdas, A., McAuliffe, J. & Sekhon, J. (2021). *Ann. Stat.* 49, 1055–1080.
    Waudby-Smith, I. & Ramdas, A. (2024). *JRSS B* 86, 1–27.
    """
    came, whole, unknown = _checked(yes, asked, missing)
    _check_options(target, level, family, design_effect)
    if not whole.size or whole[-1] == 0:
        raise Refusal(Note.of("watching.nobody"))
    bar = np.log(family / (1 - level))
    low = _ends(came / design_effect, (whole - came) / design_effect, bar)[0]
    most = came + unknown
    high = _ends(most / design_effect, (whole - most) / design_effect, bar)[1]
    narrow_low, narrow_high = np.maximum.accumulate(low), np.minimum.accumulate(high)
    moved = bool((narrow_low > narrow_high).any())
    verdict, since = _verdict(narrow_low, narrow_high, target)
    with np.errstate(invalid="ignore"):
        share = came / np.where(whole > unknown, whole - unknown, np.nan)
    return Watched(
        yes=came,
        asked=whole,
        missing=unknown,
        share=share,
        low=low if moved else narrow_low,
        high=high if moved else narrow_high,
        target=target,
        verdict=verdict,
        since=since,
        moved=moved,
        level=level,
        family=family,
        design_effect=design_effect,
        notes=_notes(int(unknown[-1]), int(whole[-1]), moved, design_effect),
    )


def against(yes: int, asked: int, share: float, *, design_effect: float = 1.0) -> float:
    """Return the evidence that the share is not `share`: 1 says nothing, 20 is one in twenty.

    An e-value: under `share` its mean is 1 at whatever moment somebody looks. Several of the same
    stream are not multiplied; the newest holds all.
    """
    s, f = np.array([yes / design_effect]), np.array([(asked - yes) / design_effect])
    return float(np.exp(_mixed(s, f) - _likelihood(s, f, np.array([share])))[0])


def alike(sizes: Sequence[int], icc: float) -> float:
    """Return the design effect of groups of these sizes whose people are alike by `icc`.

    The same as :func:`evidencia.clusters.design_effect`, from the sizes themselves.
    """
    people = sum(sizes)
    return 1.0 if people == 0 else 1 + icc * (sum(m * m for m in sizes) / people - 1)


def _mixed(yes: Floats, no: Floats) -> Floats:
    """Return the logarithm of the likelihood mixed over the beta distribution, B(½, ½) = π."""
    ends = [
        lgamma(PRIOR + s) + lgamma(PRIOR + f) - lgamma(2 * PRIOR + s + f)
        for s, f in zip(yes, no, strict=True)
    ]
    return np.asarray(np.array(ends) - np.log(pi), dtype=np.float64)


def _likelihood(yes: Floats, no: Floats, p: Floats) -> Floats:
    """Return yes log p + no log(1 − p), with 0 log 0 = 0; at the ends as near as counts here go."""
    inside = np.clip(p, 1e-300, 1 - 1e-16)
    return np.asarray(yes * np.log(inside) + no * np.log1p(-inside), dtype=np.float64)


def _ends(yes: Floats, no: Floats, bar: float) -> tuple[Floats, Floats]:
    """Return both ends of the p at which the mixture has not reached the bar."""
    total = yes + no
    middle = np.divide(yes, total, out=np.full(yes.shape, 0.5), where=total > 0)
    wanted = _mixed(yes, no) - bar

    def reached(p: Floats) -> NDArray[np.bool_]:
        return np.asarray(_likelihood(yes, no, p) <= wanted, dtype=np.bool_)

    return (
        _edge(np.zeros_like(middle), middle, reached),
        _edge(np.ones_like(middle), middle, reached),
    )


def _edge(outside: Floats, inside: Floats, reached: _Reached) -> Floats:
    """Halve the way between an end that may be out and a middle that is in; keep the outer side."""
    far, near = outside.copy(), inside.copy()
    out = reached(far)
    for _ in range(_HALVINGS):
        half = (far + near) / 2
        beyond = reached(half)
        far, near = np.where(beyond, half, far), np.where(beyond, near, half)
    return np.where(out, far, outside)


def _verdict(low: Floats, high: Floats, target: float | None) -> tuple[Verdict, int | None]:
    if target is None:
        return "open", None
    under, over = np.flatnonzero(high < target), np.flatnonzero(low > target)
    if under.size and not over.size:
        return "below", int(under[0])
    if over.size and not under.size:
        return "above", int(over[0])
    return "open", None


def _notes(unknown: int, whole: int, moved: bool, design_effect: float) -> tuple[Note, ...]:
    notes: list[Note] = []
    if unknown:
        notes.append(Note.of("watching.missing", missing=unknown, n=whole))
    if moved:
        notes.append(Note.of("watching.moved"))
    if design_effect > 1:
        notes.append(Note.of("watching.groups", effect=round(design_effect, 2)))
    return tuple(notes)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def _checked(
    yes: ArrayLike, asked: ArrayLike, missing: ArrayLike | None
) -> tuple[Counts, Counts, Counts]:
    came, whole = np.asarray(yes), np.asarray(asked)
    unknown = np.zeros_like(whole) if missing is None else np.asarray(missing)
    if not came.shape == whole.shape == unknown.shape or came.ndim != 1:
        raise ValueError("yes, asked and missing hold one number per look.")
    if came.size and not all(np.issubdtype(x.dtype, np.integer) for x in (came, whole, unknown)):
        raise ValueError("yes, asked and missing hold whole numbers.")
    if (came < 0).any() or (unknown < 0).any() or (came + unknown > whole).any():
        raise ValueError("At each look 0 ≤ yes, 0 ≤ missing and yes + missing ≤ asked.")
    came, whole, unknown = (np.cumsum(x, dtype=np.int64) for x in (came, whole, unknown))
    return came, whole, unknown


def _check_options(target: float | None, level: float, family: int, design_effect: float) -> None:
    if target is not None and not 0 < target < 1:
        raise ValueError(f"target is a share strictly between 0 and 1, not {target}.")
    if not 0 < level < 1:
        raise ValueError(f"level is a probability between 0 and 1 (for example 0.95), not {level}.")
    if family < 1:
        raise ValueError(f"family counts the shares watched together, at least 1, not {family}.")
    if not design_effect >= 1:
        raise ValueError(f"design_effect is at least 1, not {design_effect}.")
