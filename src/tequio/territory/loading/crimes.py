"""Reads what authorities counted by month: files of family violence, and calls to 911."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path
from typing import Final

from tequio.territory.loading.tables import Table, made

FILES: Final = "ViolenciaFamiliar2015_2021.csv.gz"
CALLS: Final = "violencia_familiar_llamadas_911.csv"
YEARS: Final = range(2015, 2023)
CALL_YEARS: Final = range(2019, 2021)
COUNTRY: Final = "00"
# «Otros municipios» and «no especificado» count for their state and are no place.
_NO_PLACE: Final = ("998", "999")
_MONTHS: Final = (
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio",
    "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre",
)  # fmt: skip

Months = dict[int, list[int | None]]


def recognises_files(folder: Path) -> bool:
    """Tell whether this folder holds the files of family violence."""
    return (folder / FILES).is_file()


def recognises_calls(folder: Path) -> bool:
    """Tell whether this folder holds the calls."""
    return (folder / CALLS).is_file()


def read_files(folder: Path) -> Table:
    """Read the files by municipality, and add them up by state and for the country."""
    found: dict[str, Months] = defaultdict(dict)
    with gzip.open(folder / FILES, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, year = row["Cve. Municipio"].zfill(5), int(row["Año"])
            months = [int(row[month]) for month in _MONTHS]
            for whole in (COUNTRY, key[:2]):
                _add(found[whole], year, months)
            if key[2:] not in _NO_PLACE:
                _add(found[key], year, months)
    totals = [(str(year), f"{_sum(found[COUNTRY], year):,}") for year in YEARS]
    return made("files", ("key", *map(str, YEARS)), _lines(found, YEARS), totals)


def read_calls(folder: Path) -> Table:
    """Read the calls by state; the row «Nacional» is theirs and is never added to."""
    found: dict[str, Months] = defaultdict(dict)
    with (folder / CALLS).open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            key = COUNTRY if row["cve_entidad"] == "33" else row["cve_entidad"].zfill(2)
            months = found[key].setdefault(int(row["año"]), [None] * 12)
            months[int(row["fecha"][5:7]) - 1] = int(row["vio_fam_911_mensual"])
    totals = [(str(year), f"{_sum(found[COUNTRY], year):,}") for year in CALL_YEARS]
    return made("calls", ("key", *map(str, CALL_YEARS)), _lines(found, CALL_YEARS), totals)


def _add(into: Months, year: int, months: list[int]) -> None:
    before = into.get(year, [0] * 12)
    into[year] = [(old or 0) + new for old, new in zip(before, months, strict=True)]


def _sum(of: Months, year: int) -> int:
    return sum(count or 0 for count in of.get(year, []))


def _lines(found: dict[str, Months], years: range) -> list[list[str]]:
    """One line by place: twelve counts a year; «-» is a month and nothing a year unreported."""
    return [
        [key, *(" ".join(_text(n) for n in found[key].get(year, [])) for year in years)]
        for key in sorted(found)
    ]


def _text(count: int | None) -> str:
    return "-" if count is None else str(count)
