"""Two releases of one study side by side: what was said before and what is said now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.studies.rules.findings import Number, Said


@dataclass(frozen=True, slots=True)
class Beside:
    """One number then and now; empty where it was not published."""

    label: str
    then: str
    now: str

    @property
    def is_other(self) -> bool:
        """Whether it is not the same."""
        return self.then != self.now


def numbers(then: Sequence[Number], now: Sequence[Number]) -> list[Beside]:
    """Pair numbers by what they are of."""
    before, after = _by_key(then), _by_key(now)
    keys = list(dict.fromkeys([*after, *before]))
    return [Beside(" · ".join(key), before.get(key, ""), after.get(key, "")) for key in keys]


def words(then: Sequence[Said], now: Sequence[Said]) -> list[Beside]:
    """Pair findings by their measure."""
    before = {one.outcome: one.headline for one in then if one.outcome}
    after = {one.outcome: one.headline for one in now if one.outcome}
    keys = list(dict.fromkeys([*after, *before]))
    return [Beside(key, before.get(key, ""), after.get(key, "")) for key in keys]


def _by_key(found: Sequence[Number]) -> dict[tuple[str, ...], str]:
    return {
        (one.label, one.wave or one.contrast, one.method): f"{one.value} ({one.low} … {one.high})"
        for one in found
    }
