"""What has been published, kept so that nothing new undoes it.

Two tables that are each harmless can be subtracted: the year minus three quarters, all sites
minus all but one. The ledger knows the scope of each release and asks, before a new one, what a
reader who holds them all could deduce (:func:`~evidencia.disclosure.attackers.attack`). The
decision looks only at what is public, so that withholding a cell says nothing by itself.

Counts must add over time and place: each person is counted once, in one month and one place. The
totals of a table whose totals are known outside are protected within that table, and do not enter
the comparison between releases.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evidencia.disclosure.linking import exposed_groups
from evidencia.disclosure.protect import Released, protect, released
from evidencia.disclosure.rules import PUBLIC, Policy
from evidencia.disclosure.tables import Table
from evidencia.words import Note, Refusal

PERIOD = re.compile(r"(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which months and places a table counts.

    Attributes
    ----------
    periods
        ``"2026"``, ``"2026-Q3"`` or ``"2026-07"``: the calendar's own, never a date range of
        somebody's choosing (rule R6).
    places
        Sites or organisations; the smallest units that are ever published apart.
    """

    periods: frozenset[str]
    places: frozenset[str]

    def atoms(self, *, survivor: bool = False) -> frozenset[str]:
        """Return the scope as ``"2026-07 place"``, one for each month and place.

        Raises
        ------
        Refusal
            If a period is not of the calendar, or is a single month of a survivors' indicator.
        """
        months: set[str] = set()
        for period in self.periods:
            months |= _months(period, survivor=survivor)
        return frozenset(f"{month} {place}" for month in months for place in self.places)


@dataclass(frozen=True, slots=True)
class Entry:
    """One release as the ledger keeps it: public facts, and the hash that chains it."""

    table: Released
    atoms: frozenset[str]
    previous: str
    digest: str


class Ledger:
    """An append-only list of releases, in a file of JSON lines or in memory.

    Raises
    ------
    Refusal
        If the file does not add up.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._entries: list[Entry] = []
        if path is not None and path.exists():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                self._entries.append(self._read(line, number))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the releases, oldest first."""
        return tuple(self._entries)

    def release(
        self, table: Table, scope: Scope, policy: Policy = PUBLIC, *, survivor: bool = False
    ) -> Released:
        """Publish a table, or give again the one already published for this scope.

        Parameters
        ----------
        table
            True counts. Tables of the same people carry the same `name`.
        scope
            The months and places counted.
        policy
            The numbers of the rules.
        survivor
            True for survivors' indicators: whole quarters only.

        Raises
        ------
        Refusal
            If rules R6 or R7 forbid it, or nothing of it can be published safely.
        """
        atoms = scope.atoms(survivor=survivor)
        for entry in self._entries:
            if _same(entry.table, table) and entry.atoms == atoms:
                return _again(entry.table, table)
        first = protect(table, policy)
        reasons = first.reasons.copy()
        earlier = [(e.table, e.atoms) for e in self._entries if e.table.name == table.name]
        while earlier:
            new = released(table, reasons, policy)
            exposed = exposed_groups(earlier, (new, atoms), policy)
            if not exposed:
                break
            for group in exposed:
                _withhold(reasons, group, table)
        result = released(table, reasons, policy)
        self._append(result, atoms)
        return result

    def verify(self) -> bool:
        """Return whether each release still hashes to what the next one says of it."""
        previous = ""
        for entry in self._entries:
            if entry.previous != previous or entry.digest != _digest(entry):
                return False
            previous = entry.digest
        return True

    def _append(self, table: Released, atoms: frozenset[str]) -> None:
        previous = self._entries[-1].digest if self._entries else ""
        entry = Entry(table, atoms, previous, "")
        entry = replace(entry, digest=_digest(entry))
        if self._path is not None:
            line = json.dumps({**_facts(entry), "digest": entry.digest}, ensure_ascii=False)
            with self._path.open("a", encoding="utf-8") as handle:
                handle.write(line + "\n")
        self._entries.append(entry)

    def _read(self, line: str, number: int) -> Entry:
        try:
            entry = _entry(json.loads(line))
        except (ValueError, KeyError, TypeError):
            raise Refusal(Note.of("disclosure.ledger_broken", line=number)) from None
        previous = self._entries[-1].digest if self._entries else ""
        if entry.previous != previous or entry.digest != _digest(entry):
            raise Refusal(Note.of("disclosure.ledger_broken", line=number))
        return entry


def _months(period: str, *, survivor: bool) -> set[str]:
    found = PERIOD.fullmatch(period)
    if found is None or (survivor and found[3]):
        code = "disclosure.survivor_period" if survivor else "disclosure.period"
        raise Refusal(Note.of(code, period=period))
    year, quarter, month = found.groups()
    if month:
        return {period}
    first, last = (1, 12) if quarter is None else (3 * int(quarter) - 2, 3 * int(quarter))
    return {f"{year}-{m:02d}" for m in range(first, last + 1)}


def _same(released_table: Released, table: Table) -> bool:
    return (released_table.name, released_table.variables) == (table.name, table.variables)


def _again(first: Released, table: Table) -> Released:
    """Return the first release, with a note where the numbers have changed since."""
    if first.levels == table.levels:
        return replace(first, notes=(*first.notes, Note.of("disclosure.already_released")))
    raise Refusal(Note.of("disclosure.already_released"))


def _withhold(reasons: npt.NDArray[np.str_], group: npt.NDArray[np.int64], table: Table) -> None:
    """Hide the smallest published cell of an exposed group, or leave all its reasons open."""
    flat = reasons.reshape(-1)
    shown = group[flat[group] == ""]
    if shown.size:
        flat[shown[np.argmin(table.counts.ravel()[shown])]] = "differencing"
        return
    closed = group[(flat[group] == "small") | (flat[group] == "structural")]
    if not closed.size:
        raise Refusal(Note.of("disclosure.cannot_protect"))
    flat[closed] = "differencing"


def _facts(entry: Entry) -> dict[str, object]:
    table = entry.table
    return {
        "name": table.name,
        "variables": list(table.variables),
        "levels": [list(values) for values in table.levels],
        "values": table.values.ravel().tolist(),
        "reasons": table.reasons.ravel().tolist(),
        "low": table.low.ravel().tolist(),
        "high": [None if h == np.inf else h for h in table.high.ravel().tolist()],
        "notes": [[note.code, [list(pair) for pair in note.values]] for note in table.notes],
        "atoms": sorted(entry.atoms),
        "previous": entry.previous,
    }


def _digest(entry: Entry) -> str:
    text = json.dumps(_facts(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()


def _entry(facts: Mapping[str, Any]) -> Entry:
    levels = tuple(tuple(values) for values in facts["levels"])
    shape = tuple(len(values) for values in levels)
    reasons = np.array(facts["reasons"], "<U12").reshape(shape)
    high = [np.inf if h is None else h for h in facts["high"]]
    table = Released(
        facts["name"],
        tuple(facts["variables"]),
        levels,
        np.array(facts["values"], np.int64).reshape(shape),
        (reasons != "") & (reasons != "structural"),
        reasons,
        np.array(facts["low"], np.float64).reshape(shape),
        np.array(high, np.float64).reshape(shape),
        tuple(Note(code, tuple((k, v) for k, v in pairs)) for code, pairs in facts["notes"]),
    )
    return Entry(table, frozenset(facts["atoms"]), facts["previous"], facts["digest"])
