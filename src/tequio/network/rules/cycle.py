"""Pure decisions of the learning cycle: years, phases, and what nobody acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tequio.network.definitions import CommunityModel, Criterion, Phase


@dataclass(frozen=True, slots=True)
class Look:
    """What was said of one criterion: whether it was seen, and in what."""

    seen: bool
    what: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a criterion holds a community back: not seen, or not counted yet."""

    criterion: Criterion
    counted: int | None
    # Whether somebody says that it was seen though the count is not there.
    contradicts: bool


def year_of(started_on: date, day: date) -> int:
    """Return in which year of the work a day lies; the first one is 1."""
    years = day.year - started_on.year
    if (day.month, day.day) < (started_on.month, started_on.day):
        years -= 1
    return max(years, 0) + 1


def phase_after(model: CommunityModel, key: str) -> Phase | None:
    """Return the phase that follows; none is ever skipped."""
    return _beside(model, key, 1)


def phase_before(model: CommunityModel, key: str) -> Phase | None:
    """Return the phase before this one."""
    return _beside(model, key, -1)


def _beside(model: CommunityModel, key: str, step: int) -> Phase | None:
    keys = [phase.key for phase in model.phases]
    at = keys.index(key) + step
    return model.phases[at] if 0 <= at < len(keys) else None


def missing(
    phase: Phase, looks: Mapping[str, Look], counted: Mapping[str, int]
) -> tuple[Missing, ...]:
    """Return what holds a community back. What the system counts is not a matter of opinion."""
    found = []
    for criterion in phase.before_leaving:
        look = looks.get(criterion.key, Look(False, ""))
        number = counted.get(criterion.counts) if criterion.counts else None
        short = number is not None and number < criterion.least
        if not look.seen or not look.what.strip() or short:
            found.append(Missing(criterion, number, contradicts=look.seen and short))
    return tuple(found)


def nobody_acted(decisions: Sequence[tuple[bool, int]]) -> bool:
    """Say whether a finding led to nothing: for each decision, whether it acts, and its changes.

    Who decides to do nothing has decided, and nobody acted all the same.
    """
    return not any(acts and changes for acts, changes in decisions)
