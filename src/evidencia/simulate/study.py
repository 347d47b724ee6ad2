"""A study with known truth."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from evidencia.simulate.designs import (
    HONEST,
    NO_ATTRITION,
    Attrition,
    Design,
    Informant,
    Outcome,
)
from evidencia.simulate.layout import Layout, lay_out
from evidencia.simulate.reporting import present, tell
from evidencia.simulate.truth import item_answers, latent, push, read_off

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Study:
    """Everything about a simulated study, known and told.

    Attributes
    ----------
    design, outcomes, informants
        As asked for.
    unit, site, cluster, block, arm
        (n,) numbers from 0; see :class:`~evidencia.simulate.layout.Layout`.
    exposed
        (n, T) True from the first wave with the programme.
    truth
        By outcome, (n, T): what happened.
    without, with_programme
        By outcome, (n, T): what would have happened without the programme, and with it from the
        second wave on, to the same people under the same chance.
    items
        By score, (n, T, items): true answers.
    report
        By (outcome, informant), (n, T): what was told; NaN where nothing was.
    present
        By informant, (n, T): whether anything was told.
    """

    design: Design
    outcomes: tuple[Outcome, ...]
    informants: tuple[Informant, ...]
    unit: Ints
    site: Ints
    cluster: Ints
    block: Ints
    arm: Ints
    exposed: Mask
    truth: Mapping[str, Floats]
    without: Mapping[str, Floats]
    with_programme: Mapping[str, Floats]
    items: Mapping[str, Floats]
    report: Mapping[tuple[str, str], Floats]
    present: Mapping[str, Mask]

    def population_effect(self, outcome: str, wave: int = -1) -> float:
        """Return the mean difference that the programme makes to these people at a wave.

        On the outcome's own scale (difference of means, of prevalences or of mean counts), with
        the programme from the second wave on against never.
        """
        gap = self.with_programme[outcome][:, wave] - self.without[outcome][:, wave]
        return float(gap.mean())

    def long(self) -> dict[str, list[object]]:
        """Return a long table: a row per person, wave and informant that was told, None missing.

        Columns: unit, site, cluster, block, arm, wave, informant, exposed, then the outcomes.
        """
        rows = [
            (i, t, informant.name)
            for informant in self.informants
            for i, t in zip(*np.nonzero(self.present[informant.name]), strict=True)
        ]
        table: dict[str, list[object]] = {
            name: [int(getattr(self, name)[i]) for i, _, _ in rows]
            for name in ("unit", "site", "cluster", "block", "arm")
        }
        table["wave"] = [self.design.waves[t] for _, t, _ in rows]
        table["informant"] = [who for _, _, who in rows]
        table["exposed"] = [int(self.exposed[i, t]) for i, t, _ in rows]
        for outcome in self.outcomes:
            told = [float(self.report[outcome.name, who][i, t]) for i, t, who in rows]
            table[outcome.name] = [None if x != x else x for x in told]
        return table

    def write_csv(self, path: Path) -> None:
        """Write :meth:`long` as a CSV file; an empty cell is missing."""
        table = self.long()
        with path.open("w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            writer.writerow(table)
            writer.writerows(zip(*table.values(), strict=True))


def simulate(
    design: Design,
    outcomes: Sequence[Outcome],
    *,
    informants: Sequence[Informant] = (HONEST,),
    attrition: Attrition = NO_ATTRITION,
    seed: int | np.random.Generator,
) -> Study:
    """Simulate a study.

    Parameters
    ----------
    design
        Who, when and which allocation.
    outcomes
        The truth about each outcome; the first one drives who is lost.
    informants
        Who tells; each with his or her own error.
    attrition
        Who is lost.
    seed
        Same seed, same study. Allocation, truth, telling and loss have their own streams: with
        the same seed, another attrition leaves the truth as it was.

    Raises
    ------
    ValueError
        If two outcomes or two informants share a name, or there are none.
    """
    for things in (outcomes, informants):
        if not things or len({thing.name for thing in things}) != len(things):
            raise ValueError("Outcomes and informants need at least one, each with its own name.")
    layout_rng, truth_rng, telling_rng, loss_rng = np.random.default_rng(seed).spawn(4)
    layout = lay_out(design, layout_rng)
    waves = len(design.waves)
    exposed = np.arange(waves) >= layout.since[:, None]
    worlds = {o.name: _worlds(o, layout, waves, truth_rng) for o in outcomes}
    report: dict[tuple[str, str], Floats] = {}
    answers: dict[str, Mask] = {}
    for informant in informants:
        for o in outcomes:
            truth = worlds[o.name][0]
            report[o.name, informant.name] = tell(o, truth, exposed, informant, telling_rng)
        first = outcomes[0].name
        there = present(
            layout, attrition, informant, report[first, informant.name], worlds[first][0], loss_rng
        )
        answers[informant.name] = there
        for o in outcomes:
            told = report[o.name, informant.name]
            report[o.name, informant.name] = np.where(there, told, np.nan)
    truths, without, within, items = (
        MappingProxyType({name: world[i] for name, world in worlds.items()}) for i in range(4)
    )
    return Study(
        design,
        tuple(outcomes),
        tuple(informants),
        np.arange(layout.site.size, dtype=np.int64),
        layout.site,
        layout.cluster,
        layout.block,
        layout.arm,
        exposed,
        truths,
        without,
        within,
        items,
        MappingProxyType(report),
        MappingProxyType(answers),
    )


def _worlds(
    outcome: Outcome, layout: Layout, waves: int, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what happened, what would have without and with the programme, and the items."""
    still = latent(outcome, layout, rng)
    errors = rng.standard_normal((*still.shape, outcome.items)) if outcome.items else None
    actual = still + push(outcome, layout.since, waves)
    always = still + push(outcome, np.ones_like(layout.since), waves)
    items = np.zeros((*still.shape, 0))
    if outcome.kind == "score" and errors is not None:
        items = item_answers(outcome, actual, errors)
    return (
        read_off(outcome, actual, errors),
        read_off(outcome, still, errors),
        read_off(outcome, always, errors),
        items,
    )
