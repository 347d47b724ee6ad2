"""The mixed model of several organisations' sums: person in organisation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evidencia.mixed.inference import DfMethod, checked_method
from evidencia.mixed.layout import Layout, centres_and_units, independent
from evidencia.mixed.lmm import LMM, How, fit_nest
from evidencia.mixed.nested import Nest
from evidencia.mixed.products import Products, add
from evidencia.mixed.units import Units
from evidencia.pooling.packet import Packet
from evidencia.pooling.pooled import agreed, described
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]


def pooled_lmm(
    packets: Sequence[Packet],
    *,
    df: DfMethod = "kenward_roger",
    level: float = 0.95,
    max_iterations: int = 200,
) -> LMM:
    """Fit arm × wave with random intercepts of people and of organisations, without the rows.

    The result is that of :func:`evidencia.mixed.lmm` on all rows after the disclosure rule, with
    groups (person, organisation). For few organisations prefer
    :func:`evidencia.pooling.pooled_mmrm` with effects of organisations.

    Parameters
    ----------
    packets
        One per organisation, all of one design; at least two.

    Returns
    -------
    LMM
        Coefficients are named ``"WAVE"`` (the control's mean, covariates at their means),
        ``"ARM at WAVE"`` (against the control), ``"baseline at WAVE"``, and as the covariates.

    Raises
    ------
    Refusal
        No packet, one organisation, two designs, an organisation twice; or what `lmm` refuses.
    """
    checked_method(df)
    ordered = sorted(packets, key=lambda packet: packet.organisation)
    notes = agreed(ordered)
    design = ordered[0].design
    if len(ordered) == 1:
        raise Refusal(Note.of("mixed.one_group", level="organisation"))
    present = {cell.arm for packet in ordered for cell in packet.cells}
    arms = tuple(arm for arm in design.arms if arm in present)
    if design.arms[0] not in present:
        raise Refusal(Note.of("mixed.no_such_arm", arm=design.arms[0]))
    cells = [described(cell, arms, "", ()) for packet in ordered for cell in packet.cells]
    whole = add(cells)
    waves = tuple(int(t) for t in np.flatnonzero(whole.observed.any(axis=0)))
    layout = Layout(arms, waves, int(design.baseline), len(design.covariates))
    centre, unit, means, spreads = centres_and_units(whole, len(arms))
    if unit == 0.0:
        raise Refusal(Note.of("mixed.no_variance"))
    ready = [cell.waves(waves).shifted(centre, means).scaled(unit, spreads) for cell in cells]
    data, kept, empty = _nested(ready, layout.mean_map(), [len(p.cells) for p in ordered])
    turn = np.diag(1.0 / spreads[layout.column_of])
    offset = np.zeros(layout.n_coefficients)
    offset[: len(waves)] = centre + design.centre
    units = Units(turn, unit, offset, kept, turn @ empty, whole.n_obs)
    names = _names(layout, design.waves, design.baseline, design.covariates)
    how = How(df, level, reml=True, max_iterations=max_iterations)
    return fit_nest(data, units, names, ("person", "organisation"), how, notes)


def _nested(
    cells: Sequence[Products], mean: Floats, homes: Sequence[int]
) -> tuple[Nest, npt.NDArray[np.int64], Floats]:
    """Return the sums of person in organisation; `homes` counts the cells of each, in order."""
    parts = [_sums(cell, mean) for cell in cells]
    total, outer = (np.array(each) for each in zip(*parts, strict=True))
    kept, empty = independent(total.sum(axis=0)[1:-1, 1:-1])
    pick = np.concatenate(([0], kept + 1, [total.shape[1] - 1]))
    starts = np.concatenate(([0], np.cumsum(homes)[:-1]))
    people = sum(cell.n_units for cell in cells)
    data = Nest(
        total=total[:, pick[:, None], pick],
        outer=outer[:, pick[:, None], pick],
        count=np.array([float(cell.n[0]) for cell in cells]),
        size=np.array([float(cell.observed.sum()) for cell in cells]),
        starts=(starts, np.array([0])),
        n_groups=(people, len(homes)),
        n_obs=sum(cell.n_obs for cell in cells),
    )
    if data.n_obs <= len(kept):
        raise Refusal(Note.of("mixed.too_many_columns", columns=len(kept), n=data.n_obs))
    return data, kept, empty


def _sums(cell: Products, mean: Floats) -> tuple[Floats, Floats]:
    """Return Σ D'D and Σ (D'1)(D'1)' over the people of a cell, D = (1, X, y) by answer."""
    waves, k, q = mean.shape
    both = np.block([[cell.zz[0], cell.zy[0]], [cell.zy[0].T, cell.yy[0]]])
    rows = np.zeros((waves, q + 2, k + waves))
    rows[:, 0, 0] = 1.0
    rows[:, 1:-1, :k] = mean.transpose(0, 2, 1)
    rows[np.arange(waves), -1, k + np.arange(waves)] = 1.0
    rows = rows[cell.observed[0]]
    whole = rows.sum(axis=0)
    return np.einsum("tdw,wv,tev->de", rows, both, rows, optimize=True), whole @ both @ whole.T


def _names(
    layout: Layout, waves: tuple[str, ...], baseline: bool, covariates: tuple[str, ...]
) -> tuple[str, ...]:
    at = [waves[t] for t in layout.waves]
    own = [*layout.arms[1:], *(["baseline"] if baseline else [])]
    return (*at, *(f"{name} at {wave}" for name in own for wave in at), *covariates)
