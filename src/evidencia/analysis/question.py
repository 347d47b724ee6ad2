"""One question: an outcome as one informant reports it, as arrays without a gap but the answers."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.designs import Outcome
from evidencia.frames import Covariate, Frame, Series
from evidencia.plans import Plan
from evidencia.words import Note, Refusal

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]

# A column that the others explain to this share of its length adds nothing.
_DEPENDENT = 1e-9
SMALLEST_SHARE = 0.1
"""Columns of blocks that a model may carry, as a share of its people."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What an estimator needs, restricted to the units of which this informant can speak.

    Attributes
    ----------
    y
        float64 (n, n_after), NaN = missing: the waves after the baseline.
    waves
        Their names; ("",) where the outcome has none.
    baseline
        float64 (n,), gaps filled with the mean; None without a baseline.
    start
        The same with its gaps.
    x
        float64 (n, k): covariates, blocks and sites as columns, independent of each other.
    own
        float64 (n, k'): covariates alone, for methods that treat blocks by themselves.
    event
        float64 (n,) for times to an event; None otherwise.
    notes
        What the filling did.
    """

    plan: Plan
    outcome: Outcome
    informant: str | None
    y: Numbers
    waves: tuple[str, ...]
    baseline: Numbers | None
    start: Numbers | None
    x: Numbers
    own: Numbers
    arm: Labels | None
    arms: tuple[str, ...]
    units: Labels
    cluster: Labels | None
    block: Labels | None
    site: Labels | None
    weights: Numbers | None
    dose: Numbers | None
    exposed: Numbers | None
    event: Numbers | None
    spread: float | None
    notes: tuple[Note, ...]

    @property
    def n(self) -> int:
        """Units."""
        return int(self.y.shape[0])

    @property
    def level(self) -> float:
        """Confidence level."""
        return self.plan.inference.level

    @property
    def adjusted(self) -> Numbers:
        """float64 (n, k): the baseline, where there is one, and the covariates."""
        if self.baseline is None:
            return self.x
        return independent(np.column_stack([self.baseline, self.x]))

    @property
    def measured(self) -> Numbers:
        """float64 (n, k'): the baseline and the covariates, without blocks and sites."""
        if self.baseline is None:
            return self.own
        return independent(np.column_stack([self.baseline, self.own]))

    def wave(self, at: int) -> str | None:
        """Return the name of a wave; None where the outcome has none."""
        return self.waves[at] or None

    def seed(self, method: str) -> np.random.Generator:
        """Return this question's own stream for a method: another question changes nothing."""
        name = f"{self.outcome.name}|{self.informant}|{method}"
        return np.random.default_rng([self.plan.missing.seed, zlib.crc32(name.encode())])

    @property
    def labels(self) -> Labels:
        """The arm of everybody; an error in a study without arms."""
        if self.arm is None:
            raise ValueError("There are no arms to compare.")
        return self.arm

    @property
    def contrasts(self) -> tuple[tuple[str, str], ...]:
        """Every arm but the control, each with the name of its contrast."""
        return tuple((arm, f"{arm} vs {self.arms[0]}") for arm in self.arms[1:])

    def pair(self, arm: str) -> Flags:
        """Return bool (n,): who is in `arm` or in the control."""
        return np.asarray((self.labels == arm) | (self.labels == self.arms[0]), dtype=np.bool_)

    def treated(self, arm: str) -> Flags:
        """Return bool (n,): who is in `arm`."""
        return np.asarray(self.arm == arm, dtype=np.bool_)


def question(frame: Frame, plan: Plan, outcome: Outcome, series: Series) -> Question:
    """Take from a frame what one question needs."""
    keep = series.present
    notes: list[Note] = []
    baseline = None
    columns: list[Numbers] = []
    n = int(keep.sum())
    if series.baseline is not None:
        baseline, marker = _filled(series.baseline[keep], outcome.baseline or outcome.name, notes)
        columns += marker
    lottery = [
        column
        for labels in (_block_to_adjust_for(frame, keep, notes), frame.site)
        if labels is not None
        for column in dummies(labels[keep])
    ]
    for covariate in frame.covariates:
        columns += _columns(covariate, keep, notes)
    arm = _kept(frame.arm, keep)
    if arm is not None and set(arm) < set(frame.arms):
        notes.append(Note.of("analysis.empty_arm"))
    own = _beyond(arm, np.column_stack([np.empty((n, 0)), *columns]))
    x = np.column_stack([np.empty((n, 0)), *lottery, *columns])
    kept = _beyond(arm, x)
    if kept.shape[1] < independent(x).shape[1]:
        notes.append(Note.of("analysis.told_by_the_arm"))
    if frame.weights is not None:
        notes.append(Note.of("analysis.weights_in_part"))
    return Question(
        plan=plan,
        outcome=outcome,
        informant=series.informant,
        y=series.values[keep][:, list(series.after)],
        waves=tuple(series.waves[at] for at in series.after),
        baseline=baseline,
        start=None if series.baseline is None else series.baseline[keep],
        x=kept,
        own=own,
        arm=arm,
        arms=tuple(one for one in frame.arms if arm is not None and (arm == one).any()),
        units=frame.units[keep],
        cluster=_kept(frame.cluster, keep),
        block=_kept(frame.block, keep),
        site=_kept(frame.site, keep),
        weights=None if frame.weights is None else frame.weights[keep],
        dose=None if frame.dose is None else frame.dose[keep],
        exposed=None if frame.exposed is None else frame.exposed[keep],
        event=None if series.event is None else series.event[keep],
        spread=_spread(series),
        notes=tuple(notes),
    )


def _block_to_adjust_for(frame: Frame, keep: Flags, notes: list[Note]) -> Labels | None:
    """Return the blocks, unless people were drawn one by one in blocks of a handful.

    Strata of the lottery belong in the model; forty blocks of four do not: in a model of counts
    or shares, a block where nothing happened separates (Kahan & Morris 2012, *Stat. Med.* 31).
    """
    if frame.block is None or frame.cluster is not None:
        return frame.block
    if len(set(frame.block[keep])) - 1 <= SMALLEST_SHARE * int(keep.sum()):
        return frame.block
    notes.append(Note.of("analysis.small_blocks"))
    return None


def _beyond(arm: Labels | None, x: Numbers) -> Numbers:
    """Return the columns of `x` that say more than who is in which arm."""
    arms = np.column_stack([np.empty((len(x), 0)), *(dummies(arm) if arm is not None else ())])
    known = independent(arms).shape[1]
    return independent(np.column_stack([arms, x]))[:, known:]


def _kept(labels: Labels | None, keep: Flags) -> Labels | None:
    return None if labels is None else np.asarray(labels[keep], dtype=np.object_)


def _spread(series: Series) -> float | None:
    """Standard deviation at the start; where there is no baseline, at the first wave."""
    start = series.values[:, 0] if series.baseline is None else series.baseline
    known = start[np.isfinite(start)]
    spread = float(known.std(ddof=1)) if known.size > 1 else 0.0
    return spread or None


def _columns(covariate: Covariate, keep: Flags, notes: list[Note]) -> list[Numbers]:
    if covariate.values is not None:
        filled, marker = _filled(covariate.values[keep], covariate.name, notes)
        return [filled, *marker]
    if covariate.categories is None:
        return []
    labels = covariate.categories[keep]
    absent = int(np.sum([label is None for label in labels]))
    if absent:
        # An absent category is a category: nobody leaves, and the mark is the column itself.
        labels = np.array(["" if label is None else label for label in labels], dtype=np.object_)
        notes.append(Note.of("data.units_without_covariate", column=covariate.name, n=absent))
    return dummies(labels)


def _filled(values: Numbers, name: str, notes: list[Note]) -> tuple[Numbers, list[Numbers]]:
    """Put the mean where there is nothing and mark it (White & Thompson 2005, *Stat. Med.* 24).

    What was measured before chance decided has, in expectation, the same gaps in every arm, so
    filling with the mean does not bias a comparison; leaving people out would.
    """
    gap = ~np.isfinite(values)
    if not gap.any() or gap.all():
        return np.where(gap, 0.0, values), []
    notes.append(Note.of("data.units_without_covariate", column=name, n=int(gap.sum())))
    return np.where(gap, values[~gap].mean(), values), [gap.astype(np.float64)]


def dummies(labels: Labels) -> list[Numbers]:
    """Return one 0/1 column per label but the first, float64 (n,) each."""
    return [np.asarray(labels == one, dtype=np.float64) for one in sorted(set(labels))[1:]]


def independent(x: Numbers) -> Numbers:
    """Return the columns that are independent of the constant and of those before them."""
    if not x.shape[1] or not len(x):
        return x[:, :0]
    centred = x - x.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    scaled = centred / np.where(length > 0, length, 1.0)
    kept: list[int] = []
    basis = np.empty((len(x), 0))
    for at in range(x.shape[1]):
        column = scaled[:, at] - basis @ (basis.T @ scaled[:, at])
        if length[at] > 0 and float(column @ column) > _DEPENDENT:
            kept.append(at)
            basis = scipy.linalg.qr(scaled[:, kept], mode="economic")[0]
    return np.ascontiguousarray(x[:, kept])


def arms_first(treated: Sequence[Numbers], x: Numbers) -> Numbers:
    """Return the columns of the arms, then those of `x` that add something.

    Raises
    ------
    Refusal
        If an arm, or the control, has nobody among these rows: its column says nothing, and the
        next one would be read in its place.
    """
    arms = np.column_stack(treated)
    if independent(arms).shape[1] < len(treated):
        raise Refusal(Note.of("analysis.empty_arm"))
    return independent(np.column_stack([arms, x]))
