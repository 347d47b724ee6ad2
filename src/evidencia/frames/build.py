"""From a table and a plan to a :class:`Frame`, with every problem of the data in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidencia.designs import Outcome
from evidencia.frames.arms import arms_of
from evidencia.frames.columns import Columns, Labels, Numbers
from evidencia.frames.frame import Covariate, Frame, Series
from evidencia.frames.layout import Layout
from evidencia.frames.tables import Table, read_table
from evidencia.frames.values import check_values
from evidencia.plans import DataError, Plan, listed
from evidencia.words import Note

_Index = npt.NDArray[np.int64]


def read_frame(source: object, plan: Plan) -> Frame:
    """Read data as a plan says.

    Parameters
    ----------
    source
        Path of a file or a data frame, see :func:`evidencia.frames.read_table`.
    plan
        Says which column is what.

    Raises
    ------
    DataError
        If the data are not what the plan says; it holds every reason at once.
    """
    return _Builder(read_table(source), plan).frame()


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Where each row of the table goes: unit, wave, informant (whole numbers, all (n_rows,))."""

    unit: _Index
    wave: _Index
    informant: _Index


class _Builder:
    def __init__(self, table: Table, plan: Plan) -> None:
        self.table, self.plan, self.data = table, plan, plan.data
        self.columns = Columns(table)
        self.layout = Layout(plan, self.columns)
        self.settled: list[Note] = []
        self.informants: tuple[str, ...] = ()
        self.waves: tuple[str, ...] = plan.data.waves
        self.units: Labels = np.empty(0, dtype=np.object_)

    def stop(self) -> None:
        if self.columns.notes:
            raise DataError(self.columns.notes)

    def frame(self) -> Frame:
        self.layout.look_for_columns()
        self.stop()
        rows = self._rows()
        self.stop()
        self._no_duplicates(rows)
        self.stop()
        arm, arms, control = self._arms(rows)
        stable = {
            role: self._label(rows, getattr(self.data, role), role)
            for role in ("cluster", "block", "site")
        }
        self._clusters_within_arms(stable["cluster"], arm)
        series = [one for outcome in self.plan.outcomes for one in self._series(outcome, rows)]
        frame = Frame(
            units=self.units,
            waves=self.waves,
            arms=arms,
            control=control,
            arm=arm,
            **stable,
            informants=self.informants or self._named_informants(),
            series=tuple(series),
            covariates=tuple(self._covariate(rows, name) for name in self.data.covariates),
            weights=self._number(rows, self.data.weights, "weights"),
            dose=None if self.layout.is_wedge else self._number(rows, self.data.dose, "dose"),
            exposed=self._exposed(rows, control) if self.layout.is_wedge else None,
            n_rows=self.columns.n,
            sha256=self.table.sha256,
            notes=tuple(self.settled),
        )
        self.stop()
        return frame

    # --- Where each row goes -------------------------------------------------------------------

    def _rows(self) -> _Rows:
        data, n = self.data, self.columns.n
        wave = np.zeros(n, dtype=np.int64)
        if self.layout.has_wave:
            name = str(data.wave)
            wave = self._wave(self.columns.required(name, "wave"), name)
        informant = np.zeros(n, dtype=np.int64)
        if data.informant is not None:
            who = self.columns.required(data.informant, "informant")
            names, informant = _distinct(who)
            self.informants = tuple(str(name) for name in names)
            self._informants_of_the_plan()
        if data.unit is None:
            label = np.array([str(self.columns.row(at)) for at in range(n)], dtype=np.object_)
        else:
            label = self.columns.required(data.unit, "unit")
            if self.plan.study.design == "repeated_cross_section":
                # Other people each time: a number used again is somebody else.
                label = np.array([f"{u}|{w}" for u, w in zip(label, wave, strict=True)], object)
        self.units, unit = _distinct(label)
        return _Rows(unit, wave, informant)

    def _wave(self, cells: Labels, column: str) -> _Index:
        seen = sorted({str(cell) for cell in cells if cell}, key=natural)
        if not self.waves:
            self.waves = tuple(seen)
            if len(seen) > 1:
                self.settled.append(Note.of("data.waves_in_order", waves=", ".join(seen)))
        place = {wave: at for at, wave in enumerate(self.waves)}
        index = np.array([place.get(str(cell), -1) for cell in cells], dtype=np.int64)
        unknown = np.flatnonzero((index < 0) & (cells != ""))
        if unknown.size:
            at = unknown[0]
            self.columns.notes.append(
                Note.of(
                    "data.unknown_wave",
                    row=self.columns.row(at),
                    column=column,
                    value=str(cells[at]),
                    choices=listed(self.waves),
                    n=int(unknown.size),
                )
            )
        for wave in self.waves:
            if wave not in seen:
                self.columns.notes.append(Note.of("data.no_wave", wave=wave))
        return index

    def _informants_of_the_plan(self) -> None:
        for outcome in self.plan.outcomes:
            wanted = outcome.informant
            if wanted is not None and wanted not in self.informants:
                self.columns.notes.append(
                    Note.of(
                        "data.no_informant",
                        informant=wanted,
                        outcome=outcome.name,
                        choices=listed(self.informants),
                    )
                )

    def _named_informants(self) -> tuple[str, ...]:
        """Without a column for it, the plan says who reports each outcome."""
        return tuple(sorted({o.informant for o in self.plan.outcomes if o.informant}))

    def _no_duplicates(self, rows: _Rows) -> None:
        key = (rows.unit * (len(self.waves) + 1) + rows.wave) * (len(self.informants) + 1)
        key = key + rows.informant
        order = np.argsort(key, kind="stable")
        again = np.flatnonzero(np.diff(key[order]) == 0)
        if not again.size:
            return
        first, second = order[again[0]], order[again[0] + 1]
        named = bool(self.waves) and not self.layout.is_wide
        who = f" ({self.informants[rows.informant[first]]})" if self.informants else ""
        self.columns.notes.append(
            Note.of(
                "data.duplicate",
                first=self.columns.row(first),
                row=self.columns.row(second),
                unit=str(self.units[rows.unit[first]]),
                wave=self.waves[rows.wave[first]] if named else "–",
                informant=who,
                n=int(again.size),
            )
        )

    # --- What a unit has once ------------------------------------------------------------------

    def _once(self, rows: _Rows, cells: Labels, column: str, role: str) -> _Index:
        """Return, per unit, the row that holds its value (-1 without), and complain of others."""
        holds = np.array([cell is not None and cell != "" for cell in cells])
        where = np.flatnonzero(holds)
        chosen = np.full(len(self.units), -1, dtype=np.int64)
        chosen[rows.unit[where[::-1]]] = where[::-1]
        other = where[cells[where] != cells[chosen[rows.unit[where]]]]
        if other.size:
            at, unit = other[0], rows.unit[other[0]]
            self.columns.notes.append(
                Note.of(
                    "data.changes",
                    first=self.columns.row(chosen[unit]),
                    row=self.columns.row(at),
                    column=column,
                    unit=str(self.units[unit]),
                    role=role,
                    n=int(np.unique(rows.unit[other]).size),
                )
            )
        return chosen

    def _label(self, rows: _Rows, column: str | None, role: str) -> Labels | None:
        if column is None:
            return None
        cells = self.columns.required(column, role)
        return np.asarray(cells[self._once(rows, cells, column, role)], dtype=np.object_)

    def _number(self, rows: _Rows, column: str | None, role: str) -> Numbers | None:
        if column is None:
            return None
        values = self.columns.numbers(column)
        chosen = self._once(rows, _as_cells(values), column, role)
        return np.where(chosen >= 0, values[chosen], np.nan)

    def _covariate(self, rows: _Rows, column: str) -> Covariate:
        if self.columns.is_numeric(column):
            return Covariate(column, values=self._number(rows, column, "covariates"))
        cells = self.columns.labels(column)
        chosen = self._once(rows, cells, column, "covariates")
        kept = cells[chosen].copy()
        kept[chosen < 0] = None
        return Covariate(column, categories=kept)

    def _arms(self, rows: _Rows) -> tuple[Labels | None, tuple[str, ...], str | None]:
        column = self.data.arm
        if column is None:
            return None, (), None
        cells = self.columns.required(column, "arm")
        self.stop()
        arms, control = arms_of(cells, self.columns, self.data, self.settled)
        self.stop()
        if self.layout.is_wedge:
            return None, (), control
        chosen = self._once(rows, cells, column, "arm")
        return np.asarray(cells[chosen], dtype=np.object_), arms, control

    def _clusters_within_arms(self, cluster: Labels | None, arm: Labels | None) -> None:
        if cluster is None or arm is None or not self.plan.study.shape.clustered:
            return
        seen: dict[object, object] = {}
        for one, its in zip(cluster, arm, strict=True):
            if seen.setdefault(one, its) != its:
                values = {"cluster": str(one), "column": str(self.data.arm)}
                self.columns.notes.append(Note.of("data.cluster_in_two_arms", **values))
                return

    def _exposed(self, rows: _Rows, control: str | None) -> Numbers:
        exposed = np.full((len(self.units), max(1, len(self.waves))), np.nan)
        if self.data.arm is not None:
            cells = self.columns.required(self.data.arm, "arm")
            exposed[rows.unit, rows.wave] = (cells != control).astype(np.float64)
        elif self.data.dose is not None:
            values = self.columns.numbers(self.data.dose)
            exposed[rows.unit, rows.wave] = np.where(np.isnan(values), np.nan, values > 0)
        return exposed

    # --- Outcomes ------------------------------------------------------------------------------

    def _series(self, outcome: Outcome, rows: _Rows) -> list[Series]:
        timed = outcome.kind == "time_to_event"
        shape = (len(self.units), 1 if timed else max(1, len(self.waves)))
        made = []
        columns = [(self.columns.numbers(name), at) for name, at in self.layout.columns_of(outcome)]
        for (values, _), (name, _) in zip(columns, self.layout.columns_of(outcome), strict=True):
            check_values(values, name, outcome.kind, self.columns)
        event = self.columns.numbers(outcome.event) if outcome.event else None
        if event is not None:
            check_values(event, str(outcome.event), "binary", self.columns)
        first = self._baseline_column(outcome)
        for at, informant in enumerate(self.informants or (None,)):
            mine = np.flatnonzero(rows.informant == at)
            table = np.full(shape, np.nan)
            for values, wave in columns:
                held = mine[~np.isnan(values[mine])]
                where = rows.wave[held] if wave < 0 else np.full(held.size, wave)
                table[rows.unit[held], np.zeros_like(where) if timed else where] = values[held]
            if not np.isfinite(table).any():
                if informant is None or informant == outcome.informant:
                    note = Note.of("data.nothing_observed", column=outcome.name)
                    self.columns.notes.append(note)
                continue
            present = np.zeros(shape[0], dtype=np.bool_)
            present[rows.unit[mine]] = True
            asked = np.repeat(present[:, None], shape[1], axis=1)
            if self.layout.has_wave and not timed:
                asked[:] = False
                asked[rows.unit[mine], rows.wave[mine]] = True
            baseline, after = self._baseline(first, table, rows, mine, outcome)
            waves = ("",) if timed or not self.waves else self.waves
            times = _placed(event, rows, mine, shape[0]) if event is not None else None
            who = informant if self.informants else outcome.informant
            if timed and outcome.informant is None and len(self.informants) == 1:
                who = None  # days that a register counts, and nobody's account
            made.append(
                Series(outcome.name, who, table, baseline, after, times, waves, present, asked)
            )
        return made

    def _baseline_column(self, outcome: Outcome) -> Numbers | None:
        if outcome.baseline is None or outcome.baseline in self.waves:
            return None
        return self.columns.numbers(outcome.baseline)

    def _baseline(
        self,
        column: Numbers | None,
        table: Numbers,
        rows: _Rows,
        mine: _Index,
        outcome: Outcome,
    ) -> tuple[Numbers | None, tuple[int, ...]]:
        every = tuple(range(table.shape[1]))
        if column is not None:
            return _placed(column, rows, mine, table.shape[0]), every
        followed = self.plan.study.shape.repeated and not self.layout.is_wedge
        if followed and len(every) > 1:
            return table[:, 0], every[1:]
        return None, every


def _placed(values: Numbers, rows: _Rows, mine: _Index, n: int) -> Numbers:
    placed = np.full(n, np.nan)
    held = mine[~np.isnan(values[mine])][::-1]
    placed[rows.unit[held]] = values[held]
    return placed


def _distinct(cells: Labels) -> tuple[Labels, _Index]:
    """Return the distinct cells in natural order, and each row's place among them.

    Sorted, so that the order of the rows changes nothing, not even what is drawn at random.
    """
    kept = sorted({str(cell) for cell in cells}, key=natural)
    place = {cell: at for at, cell in enumerate(kept)}
    index = np.array([place[str(cell)] for cell in cells], dtype=np.int64)
    return np.array(kept, dtype=np.object_), index


def _as_cells(values: Numbers) -> Labels:
    cells = values.astype(np.object_)
    cells[np.isnan(values)] = None
    return np.asarray(cells, dtype=np.object_)


def natural(text: str) -> tuple[int, float, str]:
    """Sort numbers as numbers and texts as texts."""
    try:
        return (0, float(text), text)
    except ValueError:
        return (1, 0.0, text)
