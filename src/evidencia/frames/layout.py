"""Where a plan's waves and outcomes are in a table: in rows, or in columns."""

from __future__ import annotations

from collections.abc import Iterator

from evidencia.designs import Outcome
from evidencia.frames.columns import Columns
from evidencia.plans import Plan


class Layout:
    """Whether the data are long or wide, and which columns the plan asks for."""

    def __init__(self, plan: Plan, columns: Columns) -> None:
        self.plan, self.data, self.columns = plan, plan.data, columns

    @property
    def is_wedge(self) -> bool:
        """Whether exposure changes with the calendar."""
        return self.plan.study.design == "stepped_wedge"

    @property
    def is_wide(self) -> bool:
        """Waves without their column: then each wave has its own columns."""
        return bool(self.data.waves) and not self.has_wave

    @property
    def has_wave(self) -> bool:
        """Whether rows say their wave; a wave that only columns say may still have a name."""
        wave = self.data.wave
        if wave is None or self.columns.has(wave) or not self.data.waves:
            return wave is not None
        repeated = [o for o in self.plan.outcomes if o.kind != "time_to_event"]
        spelt = [self._spelt(o.name, w) for o in repeated for w in self.data.waves]
        return not spelt or not all(self.columns.has(column) for column in spelt)

    def columns_of(self, outcome: Outcome) -> list[tuple[str, int]]:
        """Return the columns of an outcome, each with its wave; -1 where the rows say it."""
        if not self.is_wide or outcome.kind == "time_to_event":
            return [(outcome.name, -1)]
        return [(self._spelt(outcome.name, wave), at) for at, wave in enumerate(self.data.waves)]

    def look_for_columns(self) -> None:
        """Complain, in the notes of the columns, of every column that is not there."""
        for role, column in self._asked_for():
            self.columns.find(column, role)

    def _spelt(self, outcome: str, wave: str) -> str:
        found = [f"{outcome}{join}{wave}" for join in ("_", ".", "")]
        return next(filter(self.columns.has, found), found[0])

    def _asked_for(self) -> Iterator[tuple[str, str]]:
        if self.has_wave:
            yield "wave", str(self.data.wave)
        roles = ("unit", "arm", "cluster", "block", "site", "informant", "weights", "dose")
        for role in roles:
            if (column := getattr(self.data, role)) is not None:
                yield role, column
        yield from (("covariates", column) for column in self.data.covariates)
        for outcome in self.plan.outcomes:
            yield from (("outcome", column) for column, _ in self.columns_of(outcome))
            if outcome.baseline is not None and outcome.baseline not in self.data.waves:
                yield "baseline", outcome.baseline
            if outcome.event is not None:
                yield "event", outcome.event
