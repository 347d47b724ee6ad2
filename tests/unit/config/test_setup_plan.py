"""Set-up refuses what would not be safe, with a paragraph that says why and what instead."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tequio.config import environment, installation
from tequio.config.https import certificates
from tequio.config.installation import LOCAL, Installation
from tequio.config.setup import asking, command
from tequio.config.setup.plan import Plan, problems
from tequio.core.errors import DomainError

LAPTOP = Plan(Path("/srv/tequio"), "laptop", LOCAL, 8000)
HOUSE = Plan(Path("/srv/tequio"), "house", ("tequio.local", "192.168.1.20", *LOCAL), 8443)
HOSTED = Plan(Path("/srv/tequio"), "hosted", ("tequio.ejemplo.org", *LOCAL), 8000)


@pytest.mark.parametrize("plan", [LAPTOP, HOUSE, HOSTED])
def test_each_way_to_serve_is_taken_as_it_is_meant(plan: Plan) -> None:
    assert problems(plan) == []


@pytest.mark.parametrize(
    ("plan", "unsafe", "says"),
    [
        (LAPTOP, {"hosts": ("localhost", "192.168.1.20")}, "sin cifrar"),
        (LAPTOP, {"folder": Path("/home/ana/Dropbox/tequio")}, "nube"),
        (LAPTOP, {"folder": Path("/home/ana/Google Drive/x")}, "nube"),
        (LAPTOP, {"is_demonstration": True}, "demostración"),
        (LAPTOP, {"foreign_files": True}, "carpeta vacía"),
        (LAPTOP, {"keeps_rights": False}, "memorias USB"),
        (LAPTOP, {"mode": "development"}, "protecciones"),
        (HOUSE, {"hosts": ("*",)}, "comodín"),
        (HOUSE, {"hosts": ("0.0.0.0",)}, "comodín"),
        (HOUSE, {"hosts": ("casa de ana",)}, "no es un nombre"),
        (HOUSE, {"hosts": LOCAL}, "--host"),
        (HOUSE, {"sqlite_is_safe": False}, "PostgreSQL"),
        (HOSTED, {"hosts": ("192.168.1.20",)}, "dominio"),
        (HOSTED, {"hosts": ("tequio",)}, "dominio"),
    ],
)
def test_an_unsafe_plan_is_refused_with_a_paragraph(
    plan: Plan, unsafe: dict[str, Any], says: str
) -> None:
    (paragraph,) = problems(replace(plan, **unsafe))
    assert says in paragraph
    assert paragraph.count(".") >= 2


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEQUIO_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("TEQUIO_DATABASE", raising=False)
    return tmp_path / "data"


def test_the_folder_and_its_secrets_are_for_one_account_alone(folder: Path) -> None:
    command.prepare(replace(HOUSE, folder=folder))
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert len((folder / "keys" / "django.secret").read_text()) > 40
    kept = installation.read(folder)
    assert kept is not None
    assert (kept.way, kept.port, kept.plain_http) == ("house", 8443, False)
    assert environment.hosts() == ["tequio.local", "192.168.1.20", *LOCAL]
    assert certificates.days_left(folder) > 365


def test_setting_up_again_keeps_secrets_certificates_and_back_ups(folder: Path) -> None:
    command.prepare(replace(HOUSE, folder=folder), backup_folder="/media/stick")
    names = ["keys/django.secret", "https/authority.crt", "https/server.key"]
    before = [(folder / name).read_bytes() for name in names]
    command.prepare(replace(HOUSE, folder=folder, port=9443))
    assert [(folder / name).read_bytes() for name in names] == before
    kept = installation.read(folder)
    assert kept is not None
    assert (kept.port, kept.backup_folder) == (9443, "/media/stick")


def test_a_damaged_file_of_the_installation_opens_nothing_by_guess(folder: Path) -> None:
    installation.write(folder, Installation(way="house"))
    (folder / installation.FILE).write_text("{")
    with pytest.raises(ImproperlyConfigured, match="no se puede leer"):
        installation.read(folder)
    (folder / installation.FILE).write_text(json.dumps({"way": "open"}))
    with pytest.raises(ImproperlyConfigured, match="Las maneras son"):
        installation.read(folder)


def test_where_nobody_answers_the_missing_option_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setenv("TEQUIO_MODE", "production")
    with pytest.raises(DomainError, match="--way"):
        command.run([])
    with pytest.raises(DomainError, match="--organisation"):
        command.run(["--way", "laptop"])
    assert not folder.exists()


def test_what_is_refused_leaves_no_trace(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TEQUIO_MODE", "production")
    assert command.run(["--way", "laptop", "--host", "192.168.1.20"]) == 1
    assert "sin cifrar" in capsys.readouterr().out
    assert not folder.exists()


def test_a_demonstration_or_strange_folder_is_known(folder: Path) -> None:
    chosen = asking.parse(["--way", "laptop"])
    folder.mkdir(mode=0o700)
    assert not asking.plan(chosen).foreign_files
    (folder / "fotos").mkdir()
    assert asking.plan(chosen).foreign_files
    (folder / "demonstration.json").touch()
    assert asking.plan(chosen).is_demonstration
