"""Reads ``PLAN.toml``: each misspelling is a sentence with its line and the nearest right word."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from evidencia.designs import DESIGNS, Estimand, IntercurrentEvent, Outcome, Study
from evidencia.plans.check import impossible
from evidencia.plans.keys import INTERCURRENT, TABLES, Key
from evidencia.plans.lines import Path as Place
from evidencia.plans.lines import lines_of
from evidencia.plans.model import EXTREMES, MISSING_METHODS, Data, Inference, Missing, Plan
from evidencia.plans.problems import PlanError, listed, nearest
from evidencia.words import Note

_Table = dict[str, Any]


def read_plan(source: str | Path | bytes) -> Plan:
    """Read a plan.

    Parameters
    ----------
    source
        Path of the file, or its bytes.

    Returns
    -------
    Plan
        With every default filled in.

    Raises
    ------
    PlanError
        If anything is misspelt or the plan is impossible; it holds all reasons at once.
    """
    raw = source if isinstance(source, bytes) else _bytes(Path(source))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PlanError([Note.of("plan.not_utf8")]) from None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanError([Note.of("plan.not_toml", detail=str(error))]) from None
    return _Reader(document, lines_of(text)).plan(hashlib.sha256(raw).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise PlanError([Note.of("plan.no_file", path=str(path))]) from None


class _Reader:
    """Walks the document once and collects what is wrong on the way."""

    def __init__(self, document: _Table, lines: Mapping[Place, int]) -> None:
        self.document, self.lines = document, lines
        self.notes: list[tuple[int, Note]] = []

    def plan(self, sha256: str) -> Plan:
        for name in self.document:
            if name not in TABLES:
                self._add("plan.unknown_table", (name,), key=name, nearest=nearest(name, TABLES))
        study, estimand = self._table("study"), self._table("estimand")
        data, outcomes = self._table("data"), self._outcomes()
        missing, inference = self._table("missing"), self._table("inference")
        self._stop()
        if "cluster" not in data:
            # Of single people they would span everything; of lost clusters they say something.
            missing.setdefault("methods", tuple(m for m in MISSING_METHODS if m != EXTREMES))
        plan = Plan(
            study=_study(study, estimand, data),
            data=Data(**data),
            outcomes=_outcomes(outcomes),
            missing=Missing(**missing),
            inference=Inference(**inference),
            sha256=sha256,
        )
        if notes := impossible(plan, self.lines):
            raise PlanError(notes)
        return plan

    def _add(self, code: str, place: Place, **values: str | int | float) -> None:
        line = self._line(place)
        self.notes.append((line, Note.of(code, line=line, **values)))

    def _line(self, place: Place) -> int:
        while place and place not in self.lines and (*place, 0) not in self.lines:
            place = place[:-1]
        return self.lines.get(place, self.lines.get((*place, 0), 1))

    def _stop(self) -> None:
        if self.notes:
            raise PlanError([note for _, note in sorted(self.notes, key=lambda n: n[0])])

    def _table(self, name: str) -> _Table:
        found = self.document.get(name, {})
        if not isinstance(found, dict):
            self._add("plan.not_table", (name,), key=name)
            return {}
        return self._keys(found, TABLES[name], (name,))

    def _outcomes(self) -> list[_Table]:
        given = self.document.get("outcome", [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            self._add("plan.not_tables", ("outcome",), key="outcome")
            return []
        if not given and set(self.document) <= set(TABLES):
            self.notes.append((10**6, Note.of("plan.no_outcome")))
        read = []
        for at, one in enumerate(given):
            read.append(self._keys(one, TABLES["outcome"], ("outcome", at)))
            if not one.get("name") and set(one) <= set(TABLES["outcome"]):
                self._add("plan.missing_key", ("outcome", at), table="outcome", key="name")
        return read

    def _keys(self, table: _Table, allowed: Mapping[str, Key], place: Place) -> _Table:
        read = {}
        for name, value in table.items():
            if name not in allowed:
                words = {"nearest": nearest(name, allowed), "choices": listed(allowed, 20)}
                named = ".".join(str(part) for part in place if isinstance(part, str))
                self._add("plan.unknown_key", (*place, name), key=name, table=named, **words)
            elif value == "" and not allowed[name].choices:
                continue  # left empty is left out
            elif allowed[name].shape == "tables":
                read[name] = self._intercurrent(value, (*place, name))
            elif self._fits(name, value, allowed[name], (*place, name)):
                read[name] = _read(value, allowed[name])
        return read

    def _intercurrent(self, value: Any, place: Place) -> tuple[IntercurrentEvent, ...]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._add("plan.not_tables", place, key="estimand.intercurrent")
            return ()
        events = []
        for at, one in enumerate(value):
            # The line reader numbers tables by their whole name.
            where: Place = (*place, at)
            read = self._keys(one, INTERCURRENT, where)
            for key in INTERCURRENT:
                if key not in one:
                    self._add("plan.missing_key", where, table="estimand.intercurrent", key=key)
            if len(read) == len(INTERCURRENT):
                events.append(IntercurrentEvent(**read))
        return tuple(events)

    def _fits(self, name: str, value: Any, key: Key, place: Place) -> bool:
        if not _has_shape(value, key):
            self._add(f"plan.not_{key.shape}", place, key=name)
            return False
        given = value if isinstance(value, list) else [value]
        for one in given:
            if key.choices and one not in key.choices:
                words = {"nearest": nearest(one, key.choices), "choices": listed(key.choices)}
                self._add("plan.unknown_value", place, key=name, value=one, **words)
                return False
            if not _in_range(one, key):
                low, high = _limit(key.low), _limit(key.high)
                self._add("plan.out_of_range", place, key=name, low=low, high=high)
                return False
        return True


def _read(value: Any, key: Key) -> Any:
    """Lists become tuples, and a label is a text also where it was written as a number."""
    if isinstance(value, list):
        return tuple(_read(one, Key("label") if key.shape == "labels" else key) for one in value)
    return str(value) if key.shape == "label" else value


def _has_shape(value: Any, key: Key) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    match key.shape:
        case "text":
            return _is_text(value)
        case "whole":
            return number and isinstance(value, int)
        case "number":
            return number
        case "yes_no":
            return isinstance(value, bool)
        case "label":
            return _is_text(value) or (number and isinstance(value, int))
        case "labels":
            return _all_differ(value, key) and all(_has_shape(one, Key("label")) for one in value)
        case "texts":
            return _all_differ(value, key) and all(_is_text(one) for one in value)
        case _:
            numbers = Key("number")
            return _all_differ(value, key) and all(_has_shape(one, numbers) for one in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _all_differ(value: Any, key: Key) -> bool:
    if not isinstance(value, list) or (key.some and not value):
        return False
    return len({str(one) for one in value}) == len(value)


def _in_range(value: Any, key: Key) -> bool:
    if isinstance(value, str | bool):
        return True
    return (key.low is None or value >= key.low) and (key.high is None or value <= key.high)


def _limit(value: float | None) -> str:
    return "∞" if value is None else f"{value:g}"


def _study(study: _Table, estimand: _Table, data: _Table) -> Study:
    design = study.get("design") or _design(data)
    events = estimand.pop("intercurrent", ()) or (
        IntercurrentEvent("stops attending", "treatment_policy"),
    )
    return Study(
        title=study.get("title", ""),
        question=study.get("question", ""),
        design=design,
        language=study.get("language", "es"),
        randomised=study.get("randomised", DESIGNS[design].randomised),
        estimand=Estimand(**estimand, intercurrent_events=events),
    )


def _design(data: _Table) -> Any:
    if "arm" not in data:
        return "single_arm"
    return "cluster_parallel" if "cluster" in data else "parallel"


def _outcomes(tables: list[_Table]) -> tuple[Outcome, ...]:
    """Without a primary, the first is it: somebody has to be, and before the numbers are seen."""
    if not any(table.get("primary") for table in tables):
        tables = [{**table, "primary": at == 0} for at, table in enumerate(tables)]
    return tuple(Outcome(**{"label": table["name"], **table}) for table in tables)
