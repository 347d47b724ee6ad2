"""The linear mixed model with nested random intercepts: person in group in site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import ArrayLike

from evidencia.estimate import Effect
from evidencia.mixed.components import Data, Point, maximise
from evidencia.mixed.crossed import cross
from evidencia.mixed.fitting import FLAT
from evidencia.mixed.inference import DfMethod, Inference, checked_method
from evidencia.mixed.inputs import Labels, arm_labels, column, columns
from evidencia.mixed.nested import nest
from evidencia.mixed.units import Units, scaled_rows
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Names = tuple[str, ...]
FEW_GROUPS = 10
"""With fewer groups at the top a note says on what the interval rests."""
FEWEST_ROWS = 5


@dataclass(frozen=True, slots=True)
class LMM:
    """A fitted linear mixed model with q effects.

    Attributes
    ----------
    names
        Names of the columns of the design.
    group_names
        Levels that stayed in the model, innermost first.
    beta, beta_cov
        Shapes (q,) and (q, q), in the outcome's units.
    variances
        One per level that stayed, innermost first, then the residual.
    n_groups
        Groups of each level that stayed.
    minus2_loglik
        −2 × log-likelihood, restricted where `reml`; constants as in SAS PROC MIXED.
    """

    names: tuple[str, ...]
    group_names: tuple[str, ...]
    beta: Floats
    beta_cov: Floats
    variances: Floats
    n_groups: tuple[int, ...]
    minus2_loglik: float
    reml: bool
    iterations: int
    converged: bool
    n_units: int
    n_obs: int
    n_clusters: int | None
    df_method: DfMethod
    level: float
    notes: tuple[Note, ...]
    inference: Inference

    def coefficient(self, which: int | str) -> Effect:
        """Return one effect, by position or by name."""
        at = self.names.index(which) if isinstance(which, str) else which
        c = np.zeros(len(self.beta))
        c[at] = 1.0
        return self.inference.linear(c)

    def linear(self, c: ArrayLike) -> Effect:
        """Return c'β, c of shape (q,)."""
        return self.inference.linear(np.asarray(c, dtype=np.float64))


def lmm(
    outcome: ArrayLike,
    design: ArrayLike,
    groups: Sequence[Labels],
    *,
    names: Sequence[str] | None = None,
    group_names: Sequence[str] | None = None,
    reml: bool = True,
    df: DfMethod = "kenward_roger",
    level: float = 0.95,
    max_iterations: int = 200,
) -> LMM:
    """Fit y = X β + random intercepts of nested groups + residual.

    Kenward & Roger's correction uses the expected information of the variances, as in their
    paper and in R's pbkrtest; Satterthwaite's degrees of freedom the observed one, as in
    lmerTest and SAS. A variance that ends at 0 stays out of both, and a note says so.

    Parameters
    ----------
    outcome
        Shape (N,), one number per row; rows with NaN are left out and counted.
    design
        Shape (N, q), with the constant among its columns.
    groups
        Labels (N,) of each level, innermost first: (person, group, site). A label met in two
        groups of the next level counts as two.
    names, group_names
        Names of the columns and of the levels.
    reml
        False for plain maximum likelihood (then without Kenward & Roger's correction).

    Raises
    ------
    Refusal
        A level with one group, fewer rows than effects, nothing that varies, no convergence.

    References
    ----------
    Laird, N. M. & Ware, J. H. (1982). *Biometrics* 38, 963–974.
    Kenward, M. G. & Roger, J. H. (1997). *Biometrics* 53, 983–997.
    """
    checked_method(df)
    y, x, labels, column_names, level_names, notes = _checked(
        outcome, design, groups, names, group_names
    )
    if len(y) < FEWEST_ROWS:
        raise Refusal(Note.of("mixed.too_few_people", n=len(y), needed=FEWEST_ROWS))
    codes, kept_levels, more = _levels(labels, level_names)
    notes += more
    inner_y, inner_x, units = scaled_rows(y, x)
    data = nest(np.column_stack((np.ones(len(y)), inner_x, inner_y)), codes)
    how = How(df, level, reml, max_iterations)
    return fit_nest(data, units, column_names, kept_levels, how, notes)


def cohort(
    outcome: ArrayLike,
    design: ArrayLike,
    *,
    person: Labels,
    period: Labels,
    cluster: Labels,
    names: Sequence[str] | None = None,
    df: DfMethod = "kenward_roger",
    level: float = 0.95,
    max_iterations: int = 200,
) -> LMM:
    """Fit y = X β + person + cluster and period + cluster + residual: people asked again.

    The same as `lmm` otherwise; without anybody asked twice there is no effect of a person.

    Raises
    ------
    Refusal
        As `lmm`.
    """
    checked_method(df)
    levels = ["unit", "cluster_period", "cluster"]
    y, x, labels, column_names, _, notes = _checked(
        outcome, design, [person, period, cluster], names, levels
    )
    if len(y) < FEWEST_ROWS:
        raise Refusal(Note.of("mixed.too_few_people", n=len(y), needed=FEWEST_ROWS))
    codes, kept, more = _levels([labels[0], labels[2]], (levels[0], levels[2]))
    if len(kept) < 2:
        above = [labels[1], labels[2]]
        return lmm(y, x, above, names=column_names, group_names=levels[1:], df=df, level=level)
    inner_y, inner_x, units = scaled_rows(y, x)
    _, when = np.unique(labels[1], return_inverse=True)
    rows = np.column_stack((np.ones(len(y)), inner_x, inner_y))
    data = cross(rows, codes[0], when.reshape(-1), codes[1])
    how = How(df, level, True, max_iterations)
    return fit_nest(data, units, column_names, tuple(levels), how, notes + more)


@dataclass(frozen=True, slots=True)
class How:
    """How to fit."""

    df: DfMethod
    level: float
    reml: bool
    max_iterations: int


def fit_nest(
    data: Data,
    units: Units,
    names: Names,
    levels: Names,
    how: How,
    notes: tuple[Note, ...],
) -> LMM:
    """Fit sums over groups, scaled as `units` says.

    Raises
    ------
    Refusal
        If the model explains everything, or the search does not converge.
    """
    if units.empty.size:
        notes += (Note.of("mixed.redundant_columns", n=units.empty.shape[1]),)
    point = maximise(data, _start(data, len(levels)), how.max_iterations, reml=how.reml)
    if point is None or not point.converged:
        raise Refusal(Note.of("mixed.not_converged"))
    notes += _read_beside(point, levels, data.n_groups)
    method: DfMethod = how.df if how.reml or how.df == "residual" else "satterthwaite"
    inference = units.inference(point, method, data.n_groups, how.level, notes)
    return LMM(
        names=names,
        group_names=levels,
        beta=inference.beta,
        beta_cov=inference.cov,
        variances=point.theta * units.unit**2,
        n_groups=data.n_groups,
        minus2_loglik=units.minus2(point, reml=how.reml),
        reml=how.reml,
        iterations=point.iterations,
        converged=True,
        n_units=data.n_groups[0],
        n_obs=data.n_obs,
        n_clusters=inference.n_clusters,
        df_method=method,
        level=how.level,
        notes=notes,
        inference=inference,
    )


def _start(data: Data, levels: int) -> Floats:
    """Return a first θ: half of what least squares leaves is the residual's."""
    whole = data.total.sum(axis=0)[1:, 1:]
    xy = whole[:-1, -1]
    left = float(whole[-1, -1] - xy @ np.linalg.solve(whole[:-1, :-1], xy)) / data.n_obs
    if left < FLAT:
        raise Refusal(Note.of("mixed.no_variance"))
    return np.append(np.full(levels, 0.5 * left / levels), 0.5 * left)


def _checked(
    outcome: ArrayLike,
    design: ArrayLike,
    groups: Sequence[Labels],
    names: Sequence[str] | None,
    group_names: Sequence[str] | None,
) -> tuple[Floats, Floats, list[npt.NDArray[np.str_]], Names, Names, tuple[Note, ...]]:
    """Return the rows that enter, their labels and names, and how many were left out."""
    y = column(outcome)
    x = columns(design, len(y), "design")
    labels = [arm_labels(given, len(y), "groups") for given in groups]
    if not labels:
        raise ValueError("groups needs at least one level; without any, use ancova.")
    level_names = tuple(group_names or (f"level {i + 1}" for i in range(len(labels))))
    if len(level_names) != len(labels):
        raise ValueError(f"group_names holds {len(level_names)} names for {len(labels)} levels.")
    column_names = tuple(names or map(str, range(x.shape[1])))
    if len(column_names) != x.shape[1]:
        raise ValueError(f"names holds {len(column_names)} names for {x.shape[1]} columns.")
    keep = ~(np.isnan(y) | np.isnan(x).any(axis=1))
    notes: tuple[Note, ...] = ()
    if not keep.all():
        notes += (Note.of("mixed.rows_left_out", n=int((~keep).sum())),)
    kept = [label[keep] for label in labels]
    return y[keep], x[keep], kept, column_names, level_names, notes


def _read_beside(point: Point, levels: Names, n_groups: tuple[int, ...]) -> tuple[Note, ...]:
    notes = tuple(
        Note.of("mixed.variance_at_zero", level=name)
        for name, variance in zip(levels, point.theta[:-1], strict=True)
        if variance == 0.0
    )
    if n_groups[-1] < FEW_GROUPS:
        few = Note.of("mixed.few_groups", level=levels[-1], n=n_groups[-1], needed=FEW_GROUPS)
        notes += (few,)
    return notes


def _levels(
    labels: list[npt.NDArray[np.str_]], names: tuple[str, ...]
) -> tuple[list[Ints], tuple[str, ...], tuple[Note, ...]]:
    """Return nested codes of the levels that can be told apart."""
    codes: list[Ints] = []
    above: Ints | None = None
    for label, name in zip(reversed(labels), reversed(names), strict=True):
        _, code = np.unique(label, return_inverse=True)
        if above is not None:
            _, code = np.unique(np.column_stack((above, code)), axis=0, return_inverse=True)
        above = code.reshape(-1).astype(np.int64)
        if above.max() == 0:
            raise Refusal(Note.of("mixed.one_group", level=name))
        codes.insert(0, above)
    kept: list[Ints] = []
    kept_names: list[str] = []
    notes: tuple[Note, ...] = ()
    rows = len(labels[0])
    for i, (code, name) in enumerate(zip(codes, names, strict=True)):
        groups = int(code.max()) + 1
        same = i + 1 < len(codes) and groups == int(codes[i + 1].max()) + 1
        if groups == rows or same:
            notes += (Note.of("mixed.level_dropped", level=name),)
            continue
        kept.append(code)
        kept_names.append(name)
    if not kept:
        raise Refusal(Note.of("mixed.level_alone", level=names[-1]))
    return kept, tuple(kept_names), notes
