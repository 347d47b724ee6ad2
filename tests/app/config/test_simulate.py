"""`./tequio simulate`: an invented programme as files, the same bytes for the same seed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tequio.config import cli, evaluate, simulate

ROOT = Path(__file__).parents[3]
WORDS = ["--model", "guia-simetria", "--men", "30", "--seed", "1"]


def bodies(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_writes_the_tables_the_truth_apart_and_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert simulate.run([*WORDS, "--out", str(tmp_path / "out")]) == 0

    made = bodies(tmp_path / "out")
    assert {"README.md", "people.csv", "answers.csv", "truth/effects.csv"} <= set(made)
    assert made["people.csv"].count(b"\n") == 31
    told = capsys.readouterr().out
    assert "Hombres inventados: 30" in told
    assert told.split("Huella: ")[1].strip() in made["README.md"].decode()


def test_a_history_of_both_informants_is_one_file_that_evaluate_accepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five moments, he and she in a column, and no line in which they are one."""
    assert simulate.run([*WORDS[:3], "60", "--seed", "1", "--out", str(tmp_path)]) == 0
    with (tmp_path / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["wave"] for row in rows} == {"T0", "T1", "T2", "T3", "T4"}
    assert {row["informant"] for row in rows} == {"man", "partner"}
    # What is drawn and printed of it is looked at in test_evaluate.py.
    monkeypatch.setattr(evaluate, "write", lambda *_given: None)
    words = [str(tmp_path / "answers.csv"), "--plan", str(tmp_path / "PLAN.toml")]
    assert evaluate.run([*words, "--out", str(tmp_path / "out")]) == evaluate.DONE
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert {one["informant"] for one in result["estimates"]} == {"man", "partner"}
    said = json.dumps(result["findings"])
    assert "findings.not.pool" in said


@pytest.mark.thorough
def test_two_computers_write_the_same_bytes(tmp_path: Path) -> None:
    """A process of its own each time: another order of sets, another clock."""
    for name, order in (("once", "1"), ("again", "2")):
        words = [sys.executable, "-P", "-m", "tequio", "simulate", *WORDS]
        environment = {**os.environ, "PYTHONHASHSEED": order, "PYTHONPATH": str(ROOT / "src")}
        subprocess.run(
            [*words, "--out", str(tmp_path / name)], env=environment, check=True, timeout=120
        )
    once = bodies(tmp_path / "once")
    assert once == bodies(tmp_path / "again")
    simulate.run([*WORDS[:-1], "2", "--out", str(tmp_path / "other")])
    assert once != bodies(tmp_path / "other")


def test_the_options_reach_the_page(tmp_path: Path) -> None:
    words = [*WORDS, "--scenario", "harm", "--ending", "spanish", "--leave-at-random"]
    assert simulate.run([*words, "--language", "en", "--out", str(tmp_path)]) == 0
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    for said in ("does harm", "Spanish (3,699)", "at random", "Men: 30"):
        assert said in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--model"),
        (["--model", "rbc", "--seed", "1", "--out", "OUT"], "rbc"),
        (["--model", "gendes", "--seed", "one", "--out", "OUT"], "La semilla: un número entero"),
        (
            [*WORDS, "--men", "0", "--out", "OUT"],
            "Cuántos hombres: un número entero de 1 a 200,000",
        ),
        ([*WORDS, "--men", "9" * 9, "--out", "OUT"], "200,000"),
        ([*WORDS, "--scenario", "luck", "--out", "OUT"], "luck"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    words = [str(tmp_path / "out") if word == "OUT" else word for word in words]
    assert simulate.run(words) == 2
    assert said in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_its_help_says_in_the_readers_language_what_each_word_means(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert simulate.run(["--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "harm, daña" in said and "displacement, bajan los golpes y sube el control" in said
    assert not any(word in said for word in ("usage", "options", "show this help"))


def test_a_folder_that_is_a_file_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("taken")
    assert simulate.run([*WORDS, "--out", str(tmp_path / "out")]) == 2
    assert "No se puede escribir" in capsys.readouterr().out
    assert (tmp_path / "out").read_text() == "taken"


def test_whoever_stops_it_finds_the_old_files_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert simulate.run([*WORDS, "--out", str(tmp_path / "out")]) == 0
    before = bodies(tmp_path / "out")

    def stopped(_programme: object, folder: Path, **_: object) -> str:
        (folder / "people.csv").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(simulate, "write_programme", stopped)
    for out in ("out", "new"):
        with pytest.raises(KeyboardInterrupt):
            simulate.run([*WORDS, "--out", str(tmp_path / out)])
    assert bodies(tmp_path / "out") == before
    assert not (tmp_path / "new").exists()


def test_the_command_is_offered_and_needs_no_database() -> None:
    assert cli.COMMANDS["simulate"].django is False
    listed = (ROOT / "src" / "tequio" / "config" / "commands.txt").read_text(encoding="utf-8")
    assert "\nsimulate: " in listed
