"""The MMRM of several organisations' sums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from evidencia.mixed.covariance import Covariance
from evidencia.mixed.fitting import Options
from evidencia.mixed.inference import DfMethod, checked_method
from evidencia.mixed.layout import Layout
from evidencia.mixed.mmrm import MMRM, assembled
from evidencia.mixed.products import Products, add
from evidencia.pooling.packet import Cell, Packet
from evidencia.words import Note, Refusal

Floats = npt.NDArray[np.float64]


def pooled_mmrm(
    packets: Sequence[Packet],
    *,
    organisation_effects: bool = True,
    covariance: Covariance = "unstructured",
    df: DfMethod = "kenward_roger",
    level: float = 0.95,
    max_iterations: int = 100,
) -> MMRM:
    """Fit the MMRM of the rows behind the packets, without the rows.

    The result is that of :func:`evidencia.mixed.mmrm` on all rows after the disclosure rule,
    with the organisations as covariates.

    Parameters
    ----------
    packets
        One per organisation, all of one design. Their order does not matter.
    organisation_effects
        True for a level of its own to each organisation, so that only people of the same
        organisation are compared.

    Raises
    ------
    Refusal
        No packet, two designs, an organisation twice; or what `mmrm` refuses.
    """
    checked_method(df)
    ordered = sorted(packets, key=lambda packet: packet.organisation)
    notes = agreed(ordered)
    design = ordered[0].design
    present = {cell.arm for packet in ordered for cell in packet.cells}
    arms = tuple(arm for arm in design.arms if arm in present)
    if design.arms[0] not in present:
        raise Refusal(Note.of("mixed.no_such_arm", arm=design.arms[0]))
    names = [packet.organisation for packet in ordered][1:] if organisation_effects else []
    parts = [
        described(cell, arms, packet.organisation, names)
        for packet in ordered
        for cell in packet.cells
    ]
    products = add(parts)
    waves = tuple(int(t) for t in np.flatnonzero(products.observed.any(axis=0)))
    notes += tuple(
        Note.of("mixed.wave_empty", wave=name)
        for t, name in enumerate(design.waves)
        if t not in waves
    )
    by_wave = int(design.baseline)
    layout = Layout(arms, waves, by_wave, len(design.covariates) + len(names))
    options = Options(covariance, df, level, max_iterations)
    kept = products.waves(waves)
    return assembled(kept, layout, options, notes, design.waves, design.centre)


def agreed(packets: Sequence[Packet]) -> tuple[Note, ...]:
    """Return what must be read beside the pool; refuse packets that do not belong together."""
    if not packets:
        raise Refusal(Note.of("pooling.no_packets"))
    for before, packet in pairwise(packets):
        if packet.organisation == before.organisation:
            raise Refusal(Note.of("pooling.twice", organisation=packet.organisation))
        if packet.design != before.design:
            raise Refusal(Note.of("pooling.other_design", organisation=packet.organisation))
    alone = (Note.of("pooling.one_organisation"),) if len(packets) == 1 else ()
    merged = sum(packet.loss.people_merged for packet in packets)
    dropped = sum(packet.loss.people_dropped for packet in packets)
    if not (merged or dropped):
        return alone
    lost = sum(packet.loss.answers_lost for packet in packets)
    given = sum(packet.loss.answers_given for packet in packets)
    loss = Note.of("pooling.loss", merged=merged, dropped=dropped, lost=lost, given=given)
    return (*alone, loss)


def described(cell: Cell, arms: tuple[str, ...], home: str, names: Sequence[str]) -> Products:
    """Return the cell's products with z = (1, arms, baseline and covariates, organisations)."""
    one = cell.products
    k = one.n_columns
    turn = np.zeros((k + len(arms) - 1 + len(names), k))
    turn[0, 0] = 1.0
    if cell.arm != arms[0]:
        turn[arms.index(cell.arm), 0] = 1.0
    turn[len(arms) : len(arms) + k - 1, 1:] = np.eye(k - 1)
    if home in names:
        turn[len(arms) + k - 1 + names.index(home), 0] = 1.0
    return Products(one.observed, one.n, turn @ one.zz @ turn.T, turn @ one.zy, one.yy)
