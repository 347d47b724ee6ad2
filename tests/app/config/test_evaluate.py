"""`./tequio evaluate`: three files, progress in words, and nothing half written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tequio.config import evaluate

EXAMPLE = Path(__file__).parents[3] / "examples" / "antidepressant"
DATA, PLAN = str(EXAMPLE / "data.csv"), str(EXAMPLE / "PLAN.toml")
FILES = ["report.html", "report.pdf", "result.json"]


def named(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_the_result_the_page_and_the_paper(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate.run([DATA, "--plan", PLAN, "--out", str(tmp_path / "out")]) == 0

    assert named(tmp_path / "out") == FILES
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    by_method = {e["method"]: e for e in result["estimates"] if e["wave"] == "7"}
    assert by_method["complete_case"]["estimate"] == pytest.approx(-2.657, abs=0.0006)
    assert by_method["mmrm"]["role"] == "primary"
    assert result["findings"]
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")
    told = capsys.readouterr().out
    assert "Reading the plan and the data" in told  # the plan is in English
    assert "Done:" in told


def test_the_language_of_the_command_wins_over_the_plan_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [DATA, "--plan", PLAN, "--out", str(tmp_path / "out"), "--language", "es"]
    assert evaluate.run(words) == 0

    assert "Se leen el plan y los datos" in capsys.readouterr().out
    assert '<html lang="es' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert evaluate.run([DATA, "--plan", PLAN, "--out", str(out)]) == 0
    assert named(out) == FILES


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--plan"),
        ([DATA, "--plan", PLAN], "--out"),
        ([DATA, "--plan", "none.toml", "--out", "OUT"], "No existe el archivo none.toml"),
        (["none.csv", "--plan", PLAN, "--out", "OUT"], "There is no data file none.csv"),
        (
            ["none.csv", "--plan", PLAN, "--out", "OUT", "--language", "es"],
            "No existe el archivo de datos none.csv",
        ),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    words = [str(tmp_path / "out") if word == "OUT" else word for word in words]

    assert evaluate.run(words) == 2
    assert said in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


def test_a_plan_with_mistakes_names_every_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "PLAN.toml"
    plan.write_text('[data]\nunti = "man"\n[[outcome]]\nname = "fear"\nkind = "counts"\n')

    assert evaluate.run([DATA, "--plan", str(plan), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Línea 2: no existe la clave «unti»")
    assert "«unit»" in told[0]
    assert told[1].startswith("Línea 5: «counts» no vale")


def test_an_output_that_is_a_file_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("taken")

    assert evaluate.run([DATA, "--plan", PLAN, "--out", str(tmp_path / "out")]) == 2
    assert "cannot be used" in capsys.readouterr().out
    assert (tmp_path / "out").read_text() == "taken"


def test_whoever_stops_it_finds_the_old_files_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert evaluate.run([DATA, "--plan", PLAN, "--out", str(out)]) == 0
    before = {name: (out / name).read_bytes() for name in FILES}

    def stopped(result: object, directory: Path, *args: object) -> None:
        (directory / "report.html").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluate, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        evaluate.run([DATA, "--plan", PLAN, "--out", str(out)])

    assert named(out) == FILES
    assert {name: (out / name).read_bytes() for name in FILES} == before
