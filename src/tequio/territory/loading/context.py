"""Reads what the census, CONAPO and CONEVAL say of each municipality, and its homicides."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tequio.core.errors import DomainError
from tequio.territory.loading.tables import Table, made

COMPONENTS: Final = "municipal_components_2020.csv"
_MORE: Final = ("vistaD_v1.csv.gz", "vistaD_indigena.csv.gz", "homicidios_mun_2019_2021.csv.gz")
# Ours on the left, theirs on the right. Shares keep two decimals: more would be a claim.
_SHARES: Final = {
    "illiterate": "analf_pct",
    "no_basic_school": "sin_basica_pct",
    "no_drainage": "sin_drenaje_pct",
    "no_electricity": "sin_electr_pct",
    "no_water": "sin_agua_pct",
    "earth_floor": "piso_tierra_pct",
    "crowded": "hacinam_pct",
    "small_places": "loc_peq_pct",
    "two_wages": "ing_2sm_pct",
    "schooling_lag": "rezago_educ_pct",
    "no_health": "car_salud_pct",
    "no_social_security": "car_segsoc_pct",
    "poor_housing": "car_vivienda_pct",
    "poor_services": "car_servbas_pct",
    "no_food": "car_alim_pct",
    "poor": "lp_ingreso_pct",
    "extremely_poor": "lp_ingreso_ext_pct",
    "indigenous": "pct_hli",
    "precarious_work": "empleo_precario_pct",
    "in_work_force": "tasa_part",
    "farm_work": "pct_primario",
    "industry_work": "pct_secundario",
    "service_work": "pct_terciario",
}
_COUNTS: Final = {
    "people": "pob_conapo",
    "people_coneval": "pob_2020_coneval",
    "homicides_2019": "hom_2019",
    "homicides_2020": "hom_2020",
    "homicides_2021": "hom_2021",
}
COLUMNS: Final = ("key", *_COUNTS, *_SHARES)


def recognises(folder: Path) -> bool:
    """Tell whether this folder holds these files."""
    return (folder / COMPONENTS).is_file()


def read(folder: Path) -> Table:
    """Read the four files into one table by municipality."""
    whole: dict[str, dict[str, str]] = {}
    for name in (COMPONENTS, *_MORE):
        if not (folder / name).is_file():
            raise DomainError(f"Falta el archivo {name} en {folder}.")
        for row in _rows(folder / name):
            key = row["cvegeo"].zfill(5)
            # The first file to name a column keeps it: the components are the official ones.
            whole[key] = dict(row) | whole.get(key, {})
    rows = [_row(key, whole[key]) for key in sorted(whole)]
    people = sum(int(row[1] or 0) for row in rows)
    return made("context", COLUMNS, rows, [("personas", f"{people:,}")])


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    yield from csv.DictReader(io.StringIO(text))


def _row(key: str, found: Mapping[str, str]) -> list[str]:
    counts = [_count(found.get(name, "")) for name in _COUNTS.values()]
    return [key, *counts, *(_share(found.get(name, "")) for name in _SHARES.values())]


def _count(text: str) -> str:
    return str(int(float(text))) if text not in ("", "NA") else ""


def _share(text: str) -> str:
    if text in ("", "NA"):
        return ""
    return f"{float(text):.2f}".rstrip("0").rstrip(".")
