"""A programme as files: the same bytes for the same seed, and a page that hides nothing."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from evidencia.simulate.programme import TYPES, draw_programme, model, write_programme

SEEN = ["answers", "attendance", "enquiries", "parameters", "people", "rounds", "sessions"]


def read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("programme")
    write_programme(draw_programme(model("insp-2010"), men=60, seed=1), where, seed=1)
    return where


def bodies(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    hashes = {}
    for name, seed in (("once", 1), ("again", 1), ("other", 2)):
        drawn = draw_programme(model("insp-2010"), men=60, seed=seed)
        hashes[name] = write_programme(drawn, tmp_path / name, seed=seed)
    assert bodies(tmp_path / "once") == bodies(tmp_path / "again")
    assert hashes["once"] == hashes["again"] != hashes["other"]


def test_what_nobody_would_know_lies_apart(folder: Path) -> None:
    assert sorted(path.stem for path in folder.glob("*.csv")) == SEEN
    assert {path.stem for path in (folder / "truth").glob("*.csv")} == {
        "courses",
        "effects",
        "rounds",
        "waves",
        "weeks",
    }
    for name in SEEN:
        assert not {"tendency", "left_after"} & set(read(folder, name)[0])


def test_the_page_gives_seed_scenario_assumption_and_every_number_with_its_source(
    folder: Path,
) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")
    for said in ("Semilla: 1", "Nadie de estos archivos existe", "SUPUESTO", "3,022"):
        assert said in page
    for name, number in model("insp-2010").parameters.items():
        assert f"| `{name}` |" in page
        assert name == "men_joined" or number.source in page


def test_the_fingerprints_on_the_page_are_those_of_the_files(folder: Path) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")
    for name, body in bodies(folder).items():
        assert not name.endswith(".csv") or f"`{hashlib.sha256(body).hexdigest()}`" in page


def test_the_page_can_be_had_in_english(tmp_path: Path) -> None:
    drawn = draw_programme(model("gendes"), scenario="harm", men=12, seed=1, ending="spanish")
    write_programme(drawn, tmp_path, seed=1, language="en")
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    for said in ("Nobody in these files exists", "does harm", "ASSUMPTION", "Spanish (3,699)"):
        assert said in page


def test_the_tables_say_what_the_arrays_say(folder: Path) -> None:
    drawn = draw_programme(model("insp-2010"), men=60, seed=1)
    people = read(folder, "people")
    assert [int(row["age"]) for row in people] == drawn.people.age.tolist()
    assert [row["route"] for row in people] == drawn.people.route.tolist()
    came = [row for row in read(folder, "attendance") if row["status"] in ("present", "late")]
    assert len(came) == drawn.course.came.sum() == len(read(folder, "rounds"))
    his = [row for row in read(folder, "answers") if row["informant"] == "man"]
    assert len(his) == drawn.waves.present["man"].sum()
    told = sum(int(row["physical"]) for row in his)
    assert told == np.nansum(drawn.waves.told["man"][:, :, TYPES.index("physical")])
    weeks = read(folder, "truth/weeks")
    assert len(weeks) == drawn.course.violence.sum()
    effects = {
        (row["wave"], row["type"]): float(row["difference"])
        for row in read(folder, "truth/effects")
    }
    assert effects["T4", "physical"] == pytest.approx(drawn.true_effect("physical"), abs=1e-6)


def test_every_answer_has_a_day_and_every_group_its_calendar(folder: Path) -> None:
    days = [row["date"] for row in read(folder, "sessions")]
    assert len(days) == 6 * 25
    assert min(days) >= "2010-01-11"
    assert all(row["date"] >= "2010-01-11" for row in read(folder, "answers"))
