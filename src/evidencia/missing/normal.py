"""Multiple imputation from a multivariate normal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from evidencia.missing.imputations import Imputations, notes_about
from evidencia.missing.inputs import (
    Array,
    Codes,
    Mask,
    Seed,
    arm_codes,
    covariate_matrix,
    generator,
    wave_matrix,
)
from evidencia.missing.posterior import Draws, draw, fill
from evidencia.words import Note, Refusal

_DEPENDENT = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The posterior of every arm, on standardised outcomes.

    Attributes
    ----------
    arms
        Labels, in order.
    codes
        Place of each person's arm, shape (n,).
    x
        Intercept and covariates, shape (n, p).
    y
        Standardised outcomes, shape (n, T), NaN where missing.
    centre, spread
        What takes them back: y · spread + centre, each shape (T,).
    draws
        Per arm, with coefficients of `x`.
    notes
        What was left out of the model.
    """

    arms: tuple[str, ...]
    codes: Codes
    x: Array
    y: Array
    centre: Array
    spread: Array
    draws: tuple[Draws, ...]
    notes: tuple[Note, ...]

    @property
    def observed(self) -> Mask:
        """Which values were answered, shape (n, T)."""
        return ~np.isnan(self.y)

    def rows_of(self, arm: int) -> npt.NDArray[np.int64]:
        """Indices of the people of one arm."""
        return np.flatnonzero(self.codes == arm)

    def restored(self, completed: Array, original: Array) -> Array:
        """Return completed outcomes in their own units, what was observed untouched."""
        missing = np.isnan(original)
        whole = completed * self.spread + self.centre
        whole[:, ~missing] = original[~missing]
        return whole


def impute_normal(
    y: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    covariates: npt.ArrayLike | None = None,
    imputations: int = 100,
    seed: Seed,
    by_arm: bool = True,
    iterations: int = 10,
) -> Imputations:
    """Impute the waves of one outcome from a multivariate normal, missing at random.

    Parameters
    ----------
    y
        Shape (n, T), one row a person, waves in order, NaN where missing.
    arm
        Labels, shape (n,).
    covariates
        Shape (n, p), complete. Predict every wave, each with its own coefficient.
    imputations
        How many completed copies, ≥ 2.
    seed
        Integer or generator; the same integer gives the same copies.
    by_arm
        A model of its own for each arm (means, slopes and covariance); otherwise one
        covariance and one set of slopes, and an arm × wave mean.
    iterations
        Rounds of data augmentation for the answers missing between two others.

    Returns
    -------
    Imputations
        Method ``"mi_normal"``. Where nobody left, copies of the data with a note.

    Raises
    ------
    Refusal
        If nobody is there, or a wave has too few answers in an arm (or none).
    ValueError
        If shapes disagree.

    References
    ----------
    Schafer, J. L. (1997). *Analysis of Incomplete Multivariate Data*, ch. 5–6. Chapman & Hall.
    """
    values = wave_matrix(y)
    missing = np.isnan(values)
    if imputations < 2:
        raise ValueError("Multiple imputation needs at least two imputations.")
    if values.shape[0] == 0:
        raise Refusal(Note.of("missing.nobody"))
    groups = arm_codes(arm, values.shape[0])
    x = covariate_matrix(covariates, values.shape[0])
    if not missing.any():
        return unneeded(values, imputations, "mi_normal")
    rng = generator(seed)
    model = posterior(values, groups, x, imputations, rng, by_arm, iterations)
    completed = start(model, imputations)
    for place, draws in enumerate(model.draws):
        rows = model.rows_of(place)
        part = completed[:, rows]
        seen = model.observed[rows]
        fill(part, model.x[rows], seen, ~seen, draws, rng)
        completed[:, rows] = part
    notes = model.notes + notes_about(missing, imputations)
    return Imputations(model.restored(completed, values), missing, "mi_normal", notes)


def unneeded(values: Array, m: int, method: str) -> Imputations:
    """Return m copies of data without gaps."""
    whole = np.broadcast_to(values, (m, *values.shape)).copy()
    missing = np.zeros(values.shape, dtype=np.bool_)
    return Imputations(whole, missing, method, notes_about(missing, m))


def start(model: Model, m: int) -> Array:
    """Return (m, n, T) copies with 0 where nothing was observed."""
    known = np.where(model.observed, model.y, 0.0)
    return np.broadcast_to(known, (m, *known.shape)).copy()


def posterior(
    values: Array,
    groups: tuple[tuple[str, ...], Codes],
    covariates: Array,
    m: int,
    rng: np.random.Generator,
    by_arm: bool,
    iterations: int,
) -> Model:
    """Draw the parameters of every arm; see :func:`impute_normal`."""
    arms, codes = groups
    whole = np.column_stack([np.ones(len(values)), _standardised(covariates)])
    centre, spread = _scale_of(values, ", ".join(arms))
    y = (values - centre) / spread
    if by_arm or len(arms) == 1:
        parts = [
            _of_group(y[codes == a], whole[codes == a], m, iterations, rng, name)
            for a, name in enumerate(arms)
        ]
        draws, notes = tuple(d for d, _ in parts), tuple(n for _, ns in parts for n in ns)
    else:
        draws, notes = _pooled(y, whole, codes, arms, m, iterations, rng)
    return Model(arms, codes, whole, y, centre, spread, draws, notes)


def _pooled(
    y: Array,
    x: Array,
    codes: Codes,
    arms: tuple[str, ...],
    m: int,
    iterations: int,
    rng: np.random.Generator,
) -> tuple[tuple[Draws, ...], tuple[Note, ...]]:
    """One covariance and one set of slopes; the arm only moves the mean of each wave."""
    indicators = (codes[:, None] == np.arange(1, len(arms))).astype(np.float64)
    design = np.concatenate([x[:, :1], indicators, x[:, 1:]], axis=1)
    _refuse_empty_cells(y, codes, arms)
    drawn, notes = _of_group(y, design, m, iterations, rng, ", ".join(arms))
    k = len(arms) - 1
    shared = np.delete(drawn.coefficients, range(1, 1 + k), axis=1)
    parts = [Draws(shared, drawn.covariance)]
    for a in range(k):
        own = shared.copy()
        own[:, 0] += drawn.coefficients[:, 1 + a]
        parts.append(Draws(own, drawn.covariance))
    return tuple(parts), notes


def _refuse_empty_cells(y: Array, codes: Codes, arms: tuple[str, ...]) -> None:
    for a, name in enumerate(arms):
        empty = np.isnan(y[codes == a]).all(axis=0)
        if empty.any():
            wave = int(np.argmax(empty)) + 1
            raise Refusal(Note.of("missing.wave_empty", wave=wave, arm=name))


def _of_group(
    y: Array, x: Array, m: int, iterations: int, rng: np.random.Generator, name: str
) -> tuple[Draws, tuple[Note, ...]]:
    kept = _independent(x, ~np.isnan(y))
    drawn = draw(y, x[:, kept], m, iterations, rng, name)
    lost = x.shape[1] - len(kept)
    if not lost:
        return drawn, ()
    coefficients = np.zeros((m, x.shape[1], y.shape[1]))
    coefficients[:, kept] = drawn.coefficients
    note = Note.of("missing.column_left_out", arm=name, n=lost)
    return Draws(coefficients, drawn.covariance), (note,)


def _independent(x: Array, observed: Mask) -> list[int]:
    """Columns of x that can be told apart among those who answer at every single wave."""
    kept = list(range(x.shape[1]))
    for wave in range(observed.shape[1]):
        rows = x[observed[:, wave]][:, kept]
        if rows.shape[0] == 0:
            continue
        kept = [kept[j] for j in _first_independent(rows)]
    return kept


def _first_independent(rows: Array) -> list[int]:
    """Greedy from the left, so that the intercept and the arms stay."""
    chosen: list[int] = []
    basis = np.empty((rows.shape[0], 0))
    for j in range(rows.shape[1]):
        left = rows[:, j] - basis @ (basis.T @ rows[:, j])
        size = float(np.linalg.norm(rows[:, j]))
        if size > 0.0 and float(np.linalg.norm(left)) > _DEPENDENT * size:
            chosen.append(j)
            basis = np.asarray(scipy.linalg.qr(rows[:, chosen], mode="economic")[0])
    return chosen


def _standardised(x: Array) -> Array:
    if x.shape[1] == 0:
        return x
    spread = x.std(axis=0)
    return np.asarray((x - x.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0))


def _scale_of(values: Array, arms: str) -> tuple[Array, Array]:
    seen = ~np.isnan(values)
    count = seen.sum(axis=0)
    if (count == 0).any():
        wave = int(np.argmin(count)) + 1
        raise Refusal(Note.of("missing.wave_empty", wave=wave, arm=arms))
    centre = np.where(seen, values, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(seen, values - centre, 0.0) ** 2).sum(axis=0) / count)
    return centre, np.where(spread > 0.0, spread, 1.0)
