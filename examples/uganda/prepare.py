# ruff: noqa: INP001 - an example that runs by itself, no part of a package
"""Makes ``data.csv`` from the trial's own files, which state no licence and so are not here.

Usage: python3 prepare.py FOLDER [OUTPUT.csv]

FOLDER is ``01_data`` of the authors' repository (github.com/YiAlpha/media-experiment, commit
c3534323448193159e7ed9b1964e121d2a529a0d), also in Harvard Dataverse, doi:10.7910/DVN/2ZRRX2.
The paper: Green, Wilke & Cooper (2020), *Comparative Political Studies*,
doi:10.1177/0010414020912275. The cleaning follows what its authors describe: interviews since
18 May 2017, trials of the questionnaire out, refusals out, eleven places corrected. Only women
were asked about violence in their home. Standard library only.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

FIRST_DAY = datetime(2017, 5, 18)  # noqa: DTZ001 - the files give local time without a zone
TRIALS = frozenset(
    "c024b956-8c27-44b6-a0e2-48e9c741cca9 78544162-342d-44ec-820b-4a92840cbdce "
    "f719eb2d-a04b-4524-b355-02412d475daa 090b28cc-0f5f-40c5-b742-040a782ea08e "
    "0c27c6a4-4bc6-456f-a26c-eb41e7701900 b7e5e76d-d3c8-491e-b285-02e3b518e775 "
    "c3dbf91e-3324-43bb-ab27-16928f40609a 370dbe0b-5409-410b-b65e-d3ea7e63cb7b "
    "6dffb853-c3a8-42a2-afcb-1267e22cd322 aacf0f3d-9b3f-4603-817f-3041d389129e "
    "91004a0f-fb40-4c30-948d-5faded8f6f1a 57fbd6a8-0ca2-47c7-b4bb-159f9b9e2f32 "
    "fab9246f-0eff-4a40-a911-5c6d6e0f7644".split()
)
PLACES = {
    "a5baf371-3cb0-4304-952e-583b70b5a792": "76",
    "920a9bcb-f4a0-4473-9382-2fb611b2fc47": "73",
    "9547797f-fc37-43fb-841d-761cd1ab23bf": "81",
    "81626612-e2a2-473a-b405-0301b814d1d2": "81",
    "5af94329-1b89-4180-94c6-6642f6970e3f": "84",
    "4014e624-466e-4a97-a23a-0df885eba55b": "67",
    "8c97dfca-6a17-4d53-9ed0-5231cc396ccd": "103",
    "693033e6-674a-4a72-9d95-8348570e77e4": "79",
    "a8565271-f0dc-4b07-bb9f-25c0809a7e99": "109",
    "42865ff6-fc1b-4e67-aa05-0cd04f0edffc": "93",
    "5904f696-96b4-4c45-b0df-d1d25c8db417": "7",
}
COLUMNS = ("woman", "village", "block", "films", "audience", "any_incident", "incidents")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Read one CSV, gzipped or not."""
    plain = path.with_suffix("") if path.suffix == ".gz" and not path.exists() else path
    opened = gzip.open if plain.suffix == ".gz" else open
    with opened(plain, "rt", encoding="utf-8", errors="replace", newline="") as handle:
        yield from csv.DictReader(handle)


def audience(folder: Path) -> dict[str, float]:
    """Mean number of adults at the end of the screenings, by village."""
    found = {}
    for row in rows(folder / "film_festival.csv"):
        adults = []
        for film in range(1, 7):
            men, women = row[f"n_men_end{film}"], row[f"n_women_end{film}"]
            if men.strip().isdigit() and women.strip().isdigit():
                adults.append(int(men) + int(women))
        if adults:
            found[row["tc_id"]] = sum(adults) / len(adults)
    return found


def women(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield each woman interviewed: number, village, any incident, incidents."""
    for form in range(1, 5):
        for row in rows(folder / f"endline_{form}.csv.gz"):
            key = row["KEY"].removeprefix("uuid:")
            began = datetime.strptime(row["starttime"], "%b %d, %Y %I:%M:%S %p")  # noqa: DTZ007
            if began < FIRST_DAY or key in TRIALS:
                continue
            if row["consent"] == "1" and row["sex_q2_1"] == "2":
                yield key, PLACES.get(key, row["tc_id"]), *incidents(row)


def incidents(row: dict[str, str]) -> tuple[str, str]:
    """Return any incident (0, 1) and how many; empty where she did not answer."""
    if row["hh_violence_yesno_q17_2"] == "2":
        return "0", "0"
    number = row["incidents_q17_2b"]
    if not number.isdigit() or int(number) in (888, 999):
        return "", ""
    return str(int(int(number) > 0)), number


def main(folder: Path, output: Path) -> None:
    """Write one row per woman, and one empty row per village where nobody could be asked."""
    villages = {row["tc_id"]: row for row in rows(folder / "treatment_assignment.csv")}
    present = audience(folder)
    asked = [*women(folder)]
    lost = sorted(set(villages) - {village for _, village, _, _ in asked}, key=int)
    asked += [(f"nobody asked in {village}", village, "", "") for village in lost]
    with output.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        for woman, village, any_incident, number in sorted(asked):
            place = villages[village]
            arm = "films against violence" if place["IPV"] == "1" else "other films"
            seen = f"{present[village]:.6f}" if village in present else ""
            writer.writerow((woman, village, place["block_id"], arm, seen, any_incident, number))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("Usage: python3 prepare.py FOLDER [OUTPUT.csv]")
    here = Path(__file__).with_name("data.csv")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else here)
