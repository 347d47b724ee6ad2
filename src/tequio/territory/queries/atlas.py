"""The open data of every municipality, read once for each set that is in use.

What ships with the system stands in a file; what was loaded since stands in the database and takes
its place, kind by kind.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from tequio.territory.models import OpenData

FOLDER: Final = Path(__file__).parent.parent / "data" / "open"
KINDS: Final = ("context", "files", "calls", "survey")
COUNTRY: Final = "00"
_COUNTS: Final = ("people", "people_coneval", "homicides_2019", "homicides_2020", "homicides_2021")
Counts = tuple[int | None, ...]
Numbers = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Atlas:
    """Every table by place. A value that is not there is not in its row, and never a zero."""

    context: Mapping[str, Numbers]
    files: Monthly
    calls: Monthly
    survey: Mapping[str, Numbers]

    def people(self, key: str) -> int:
        """Return how many live in a municipality, a state or the country; 0 where unknown."""
        return int(self._people.get(key, 0))

    def share(self, key: str, name: str) -> float | None:
        """Return a share in per cent for a municipality, a state or the country."""
        if len(key) > 2:
            return self.context.get(key, {}).get(name)
        return self._shares.get((key, name))

    def homicides(self, key: str) -> int | None:
        """Return the deaths of three years."""
        if len(key) > 2:
            row = self.context.get(key, {})
            deaths = int(sum(row.get(name, 0) for name in _COUNTS[2:]))
            # A municipality that is too new for CONEVAL had its deaths written under another.
            unknown = "homicides_2021" not in row or (deaths == 0 and "people_coneval" not in row)
            return None if unknown else deaths
        return self._homicides.get(key)

    def column(self, name: str) -> Mapping[str, float]:
        """Return one share for every municipality that has it."""
        return self._columns.setdefault(
            name, {key: row[name] for key, row in self.context.items() if name in row}
        )

    def order(self, name: str, state: str = "") -> Sequence[float]:
        """Return the values of one share in order, of the country or of one state."""
        if (name, state) not in self._orders:
            values = [value for key, value in self.column(name).items() if key.startswith(state)]
            self._orders[name, state] = sorted(values)
        return self._orders[name, state]

    def known(self) -> Sequence[str]:
        """Return the municipalities that the census has."""
        return list(self.context)

    @cached_property
    def _columns(self) -> dict[str, Mapping[str, float]]:
        return {}

    @cached_property
    def _orders(self) -> dict[tuple[str, str], Sequence[float]]:
        return {}

    @cached_property
    def _people(self) -> Mapping[str, float]:
        return _added(self.context, "people")

    @cached_property
    def _homicides(self) -> Mapping[str, int]:
        names = _COUNTS[2:]
        sums = [_added(self.context, name) for name in names]
        return {key: int(sum(one.get(key, 0) for one in sums)) for key in sums[0]}

    @cached_property
    def _shares(self) -> Mapping[tuple[str, str], float]:
        """Shares of a state and of the country: those of their places, weighted by people."""
        sums: dict[tuple[str, str], list[float]] = {}
        for key, row in self.context.items():
            weight = row.get("people_coneval") or row.get("people", 0.0)
            for name, value in row.items():
                if name in _COUNTS:
                    continue
                for whole in (key[:2], COUNTRY):
                    total = sums.setdefault((whole, name), [0.0, 0.0])
                    total[0] += weight * value
                    total[1] += weight
        return {which: total[0] / total[1] for which, total in sums.items() if total[1]}


def _added(context: Mapping[str, Numbers], name: str) -> Mapping[str, float]:
    sums: dict[str, float] = {}
    for key, row in context.items():
        for whole in (key, key[:2], COUNTRY):
            sums[whole] = sums.get(whole, 0.0) + row.get(name, 0.0)
    return sums


class Monthly:
    """Counts by place and month. They are kept as written and read when somebody asks."""

    def __init__(self, years: Sequence[int], rows: Mapping[str, Sequence[str]]) -> None:
        self.years = tuple(years)
        self._rows = rows
        self._sums: dict[int, Mapping[str, int]] = {}

    def months(self, key: str) -> Counts:
        """Return the counts one after the other; None for a month that nobody reported."""
        years = self._rows.get(key, [""] * len(self.years))
        return tuple(count for year in years for count in _months(year))

    def reported(self, key: str, year: int) -> bool:
        """Tell whether every month of a year was reported."""
        return None not in self._year(key, year)

    def year(self, key: str, year: int) -> int | None:
        """Return what a whole year adds up to; None where a month is missing."""
        months = self._year(key, year)
        return None if None in months else sum(n for n in months if n is not None)

    def sums(self, year: int) -> Mapping[str, int]:
        """Return the municipalities that reported all of a year, with their counts."""
        if year not in self._sums:
            found = {key: self.year(key, year) for key in self._rows if len(key) > 2}
            self._sums[year] = {key: n for key, n in found.items() if n is not None}
        return self._sums[year]

    def _year(self, key: str, year: int) -> Counts:
        row = self._rows.get(key)
        if row is None or year not in self.years:
            return (None,) * 12
        return _months(row[self.years.index(year)])


def _months(text: str) -> Counts:
    if not text:
        return (None,) * 12
    return tuple(None if one == "-" else int(one) for one in text.split())


def current() -> Atlas:
    """Return the atlas of the sets in use: one question to the database."""
    loaded = OpenData.objects.filter(kind__in=KINDS).order_by("kind").values_list("kind", "sha256")
    return _atlas(tuple((kind, sha) for kind, sha in loaded))


@lru_cache(maxsize=2)
def _atlas(loaded: tuple[tuple[str, str], ...]) -> Atlas:
    kinds = {kind for kind, _sha in loaded}
    raw = {kind: _shipped(kind) for kind in KINDS if kind not in kinds}
    for row in OpenData.objects.filter(kind__in=kinds):
        raw[row.kind] = bytes(row.payload)
    return Atlas(
        context=_numbers(raw["context"]),
        files=_monthly(raw["files"]),
        calls=_monthly(raw["calls"]),
        survey=_numbers(raw["survey"]),
    )


def shipped_sha256(kind: str) -> str:
    """Return the checksum of the set that comes with the system."""
    return hashlib.sha256(gzip.decompress(_shipped(kind))).hexdigest()


def _shipped(kind: str) -> bytes:
    return (FOLDER / f"{kind}.csv.gz").read_bytes()


def _lines(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(gzip.decompress(raw).decode())))


def _numbers(raw: bytes) -> dict[str, Numbers]:
    head, *rows = _lines(raw)
    names = head[1:]
    return {
        row[0]: {name: float(cell) for name, cell in zip(names, row[1:], strict=True) if cell}
        for row in rows
    }


def _monthly(raw: bytes) -> Monthly:
    head, *rows = _lines(raw)
    return Monthly([int(year) for year in head[1:]], {row[0]: row[1:] for row in rows})
