"""`./tequio import attendance`: what it prints, and how it ends."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.factories.registers import a_signed_edition, a_site, xlsx

from tequio.access.models import User
from tequio.circles.models import Attendance, Group, RegisterImport
from tequio.config import importing
from tequio.people.models import Participant

FILE = Path(__file__).parents[2] / "data" / "harmonia" / "attendance_data.xlsx"
WHO = ["--organisation", "circulo-norte", "--by", "maru"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "lista.xlsx"
    path.write_bytes(xlsx(["Nombre", "Sesión 1", "Sesión 2"], ["Ana Paz Sol", "x", "F"]))
    return path


def _ended(words: list[str]) -> int | str | None:
    """Run the command as the shell would see it end."""
    try:
        return importing.run(words)
    except SystemExit as ended:
        return ended.code


def test_the_real_register_from_the_command_line(
    coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    a_site(coordinator)
    a_signed_edition(coordinator)
    code = importing.run(["attendance", str(FILE), *WHO, "--group", "FUAT", "--yes"])
    said = capsys.readouterr().out
    assert code == 0, said
    for line in (
        "Se reconoce a 81 personas",
        "1,339  No dicen de quién son: se cuentan por sesión",
        "399  Se usan",
        "1,739  Todos los renglones del archivo",
        "FUAT 4-5 · sin fecha · 2 sesiones · 41 · 125",
        "Lo que este archivo no permite saber",
        "1,339 renglones no tienen clave ni nombre.",
        "Personas nuevas: 81; sesiones nuevas: 9; marcas de asistencia o de falta: 385.",
        "Permanencia · FUAT",
    ):
        assert line in said, line
    assert Attendance.objects.count() == 385


@pytest.mark.parametrize(("answer", "code", "men"), [("s\n", 0, 1), ("n\n", 3, 0), ("", 3, 0)])
def test_it_asks_before_it_writes(
    coordinator: User,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    code: int,
    men: int,
) -> None:
    a_site(coordinator)
    a_signed_edition(coordinator)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert importing.run(["attendance", str(small), *WHO, "--group", "Martes"]) == code
    assert "¿Importar? [s/N]" in capsys.readouterr().out
    assert Participant.objects.count() == men
    assert RegisterImport.objects.count() == men


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (["--organisation", "circulo-norte"], 2, "--by"),
        ([*WHO, "--gap", "maybe"], 2, "maybe"),
        (["--organisation", "nadie", "--by", "maru", "--group", "M"], 1, "No hay nadie que entre"),
        (
            ["--organisation", "circulo-norte", "--by", "eva", "--group", "M"],
            1,
            "Tu rol no permite",
        ),
        ([*WHO], 1, "Agrega --group"),
        ([*WHO, "--group", "M", "--site", "Marte"], 1, "Portales"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_kept(
    coordinator: User,
    evaluator: User,
    small: Path,
    capsys: pytest.CaptureFixture[str],
    change: list[str],
    code: int,
    said: str,
) -> None:
    a_site(coordinator)
    a_signed_edition(coordinator)
    assert _ended(["attendance", str(small), *change, "--yes"]) == code
    assert said in "".join(capsys.readouterr())
    assert (RegisterImport.objects.count(), Group.objects.count()) == (0, 0)


def test_a_file_that_is_not_there_and_one_that_cannot_be_read(
    coordinator: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert importing.run(["attendance", str(tmp_path / "no.xlsx"), *WHO]) == 1
    picture = tmp_path / "foto.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert importing.run(["attendance", str(picture), *WHO]) == 1
    said = capsys.readouterr().out
    assert "No se pudo abrir" in said
    assert "hoja de cálculo" in said


def test_the_meaning_of_a_gap_can_be_said(coordinator: User, small: Path) -> None:
    a_site(coordinator)
    a_signed_edition(coordinator)
    arguments = [str(small), *WHO, "--group", "Martes", "--gap", "absent", "--yes"]
    assert importing.run(["attendance", *arguments]) == 0
    assert Group.objects.get().gaps == "absent"


def test_a_word_that_is_missing_is_told_in_spanish(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _ended(["attendance", str(tmp_path / "x.csv"), "--by", "maru"]) == 2
    told = "".join(capsys.readouterr())
    assert "uso: ./tequio import attendance" in told
    assert "Falta decir: --organisation." in told
    assert "required" not in told
