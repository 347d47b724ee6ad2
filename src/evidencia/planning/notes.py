"""What a calculation of power says to a small organisation."""

from __future__ import annotations

from evidencia.planning.designs import PairedMeans, ParallelShares, PlanDesign, SteppedWedge
from evidencia.simulate.parameters import value
from evidencia.words import Note

ENOUGH_CLUSTERS = 20
"""Clusters in all under which a calculation deserves its warning (ours: ten an arm)."""


def answer_notes(
    design: PlanDesign,
    power: float,
    effect: float,
    standardised: float | None,
    people: float,
    effective: float,
) -> tuple[Note, ...]:
    """Return the notes of a smallest detectable effect."""
    times = round(100 * power)
    if isinstance(design, ParallelShares):
        first = Note.of(
            "planning.can_find_share",
            control=f"{100 * design.control_share:.0f}",
            programme=f"{100 * (design.control_share + effect):.0f}",
            times=times,
        )
    else:
        first = Note.of("planning.can_find", effect=f"{effect:.3g}", times=times)
    notes = [first, Note.of("planning.cannot_find")]
    known = abs(value("effect_partner_high"))
    if standardised is not None and standardised > known and not isinstance(design, PairedMeans):
        seen = f"{standardised:.2g}"
        notes.append(Note.of("planning.below_known_effects", known=f"{known:g}", effect=seen))
    return (*notes, *_of_design(design, people, effective))


def power_notes(
    design: PlanDesign, power: float, effect: float, people: float, effective: float
) -> tuple[Note, ...]:
    """Return the notes of a power."""
    times = round(100 * power)
    shown = f"{abs(effect):.3g}"
    first = Note.of("planning.power_of", effect=shown, times=times, misses=100 - times)
    return (first, *_of_design(design, people, effective))


def _of_design(design: PlanDesign, people: float, effective: float) -> tuple[Note, ...]:
    notes = []
    if isinstance(design, PairedMeans):
        notes.append(Note.of("planning.single_arm"))
    if design.attrition:
        entering = round(people / (1 - design.attrition))
        notes.append(Note.of("planning.attrition", entering=entering, staying=round(people)))
    clusters = 0
    if isinstance(design, SteppedWedge):
        clusters = design.clusters
    elif not isinstance(design, PairedMeans) and design.clusters is not None:
        clusters = sum(design.clusters)
    if clusters and design_icc(design) and effective < people:
        notes.append(
            Note.of("planning.clustering", staying=round(people), effective=round(effective))
        )
    if 0 < clusters < ENOUGH_CLUSTERS:
        notes.append(Note.of("planning.few_clusters", n=clusters, enough=ENOUGH_CLUSTERS))
    if isinstance(design, ParallelShares) and design.sensitivity + design.specificity < 2:
        smaller = 100 * (2 - design.sensitivity - design.specificity)
        notes.append(Note.of("planning.misreporting", percent=f"{smaller:.0f}"))
    return tuple(notes)


def design_icc(design: PlanDesign) -> float:
    """Return the intracluster correlation of a design, 0 where it has no clusters."""
    return 0.0 if isinstance(design, PairedMeans) else design.icc
