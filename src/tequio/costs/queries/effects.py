"""What an effect cost: for the rooms that have an estimate of a release to set beside it."""

from __future__ import annotations

from collections.abc import Sequence

from evidencia.costing import Economic, ExtraCost, compare
from evidencia.designs import Design, Direction
from evidencia.estimate import Effect
from evidencia.words import Note, Refusal
from tequio.costs.queries.summaries import CostSummary


def beside_effect(
    found: CostSummary,
    effect: Effect,
    *,
    design: Design,
    direction: Direction,
    comparison_cents: int = 0,
    worths: Sequence[float] = (),
) -> Economic:
    """Set an estimate beside the economic cost of each man who entered, in units of the currency.

    `comparison_cents` is what each of the comparison cost: nothing where he only waited. The
    estimate is per man whom chance put in the programme, so it stands beside who entered and never
    beside those who reached a dose.

    Raises
    ------
    Refusal
        If the design has no comparison, the effect is a ratio, or nobody entered.
    """
    each = found.per_entrant.whole
    if each is None or not found.written:
        raise Refusal(Note.of("costing.no_cost"))
    extra = ExtraCost((each - comparison_cents) / 100)
    return compare(effect, extra, design=design, direction=direction, worths=worths)
