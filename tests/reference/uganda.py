"""The trial of Green, Wilke & Cooper (2020): 112 trading centres in 16 blocks, women at endline.

The data are in nobody's repository but their authors', so they are read from beside this one and
the tests skip where they are absent. The cleaning is the one that the authors describe: no
pre-test, no trial interviews, no refusals, eleven corrected places, an audience without the
comment that stands where a number should.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from tests import shared_data

STARTED = datetime(2017, 5, 18, tzinfo=UTC)
FORMAT = "%b %d, %Y %I:%M:%S %p"
TRIALS = frozenset(
    f"uuid:{key}"
    for key in (
        "c024b956-8c27-44b6-a0e2-48e9c741cca9",
        "78544162-342d-44ec-820b-4a92840cbdce",
        "f719eb2d-a04b-4524-b355-02412d475daa",
        "090b28cc-0f5f-40c5-b742-040a782ea08e",
        "0c27c6a4-4bc6-456f-a26c-eb41e7701900",
        "b7e5e76d-d3c8-491e-b285-02e3b518e775",
        "c3dbf91e-3324-43bb-ab27-16928f40609a",
        "370dbe0b-5409-410b-b65e-d3ea7e63cb7b",
        "6dffb853-c3a8-42a2-afcb-1267e22cd322",
        "aacf0f3d-9b3f-4603-817f-3041d389129e",
        "91004a0f-fb40-4c30-948d-5faded8f6f1a",
        "57fbd6a8-0ca2-47c7-b4bb-159f9b9e2f32",
        "fab9246f-0eff-4a40-a911-5c6d6e0f7644",
    )
)
PLACES = {
    "uuid:a5baf371-3cb0-4304-952e-583b70b5a792": "76",
    "uuid:920a9bcb-f4a0-4473-9382-2fb611b2fc47": "73",
    "uuid:9547797f-fc37-43fb-841d-761cd1ab23bf": "81",
    "uuid:81626612-e2a2-473a-b405-0301b814d1d2": "81",
    "uuid:5af94329-1b89-4180-94c6-6642f6970e3f": "84",
    "uuid:4014e624-466e-4a97-a23a-0df885eba55b": "67",
    "uuid:8c97dfca-6a17-4d53-9ed0-5231cc396ccd": "103",
    "uuid:693033e6-674a-4a72-9d95-8348570e77e4": "79",
    "uuid:a8565271-f0dc-4b07-bb9f-25c0809a7e99": "109",
    "uuid:42865ff6-fc1b-4e67-aa05-0cd04f0edffc": "93",
    "uuid:5904f696-96b4-4c45-b0df-d1d25c8db417": "7",
}


@dataclass(frozen=True, slots=True)
class Women:
    """The women who answered at endline, one row each.

    Attributes
    ----------
    place, block : (n,)
        Trading centre (the cluster) and block of the lottery.
    treated : (n,)
        1 where the films had the messages about violence.
    audience : (n,)
        Mean number of adults at the end of the screenings of the place.
    incidents : (n,)
        Incidents of violence in her household in six months; NaN where she did not answer.
    """

    place: np.ndarray
    block: np.ndarray
    treated: np.ndarray
    audience: np.ndarray
    incidents: np.ndarray

    def answered(self) -> Women:
        kept = ~np.isnan(self.incidents)
        return Women(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def table(name: str) -> list[dict[str, str]]:
    path = shared_data.find("uganda_vaw_media") / name
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def lottery() -> dict[str, tuple[str, float]]:
    """Block and arm of each of the 112 places."""
    rows = table("treatment_assignment.csv")
    return {row["tc_id"]: (row["block_id"], float(row["IPV"])) for row in rows}


def audiences() -> dict[str, float]:
    found = {}
    for row in table("film_festival.csv"):
        evenings = [
            number(row[f"n_men_end{k}"]) + number(row[f"n_women_end{k}"]) for k in range(1, 7)
        ]
        found[row["tc_id"]] = float(np.nanmean(evenings))
    return found


def interviews() -> Iterator[tuple[str, dict[str, str]]]:
    for form in range(1, 5):
        for row in table(f"endline_{form}.csv.gz"):
            begun = datetime.strptime(row["starttime"], FORMAT).replace(tzinfo=UTC)
            if begun >= STARTED and row["KEY"] not in TRIALS and row["consent"] == "1":
                yield PLACES.get(row["KEY"], row["tc_id"]), row


def incidents(row: dict[str, str]) -> float:
    if row["hh_violence_yesno_q17_2"] == "2":
        return 0.0
    count = number(row["incidents_q17_2b"])
    return np.nan if count in (888, 999) else count


def women() -> Women:
    """Read the trial, or skip."""
    arms, sizes = lottery(), audiences()
    rows = [(place, row) for place, row in interviews() if row["sex_q2_1"] == "2"]
    places = [place for place, _ in rows]
    return Women(
        np.array(places),
        np.array([arms[place][0] for place in places]),
        np.array([arms[place][1] for place in places]),
        np.array([sizes[place] for place in places]),
        np.array([incidents(row) for _, row in rows]),
    )
