"""The test run keeps its promises: no network, no skip unseen, every part, the sound SQLite."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from tests import shared_data

from tequio.config import boot, cluster, tiers

ROOT = Path(__file__).resolve().parents[2]


# --- No network -------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["example.org", "93.184.216.34", "192.168.1.1", "2001:db8::1"])
def test_no_test_leaves_this_machine(host: str) -> None:
    with pytest.raises((RuntimeError, urllib.error.URLError), match="only the loopback"):
        socket.create_connection((host, 80), timeout=1)


def test_a_library_cannot_leave_either() -> None:
    with pytest.raises((RuntimeError, urllib.error.URLError), match="only the loopback"):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_the_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


# --- Skips and choices --------------------------------------------------------------------------


def run_pytest(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "tests" / "conftest.py", folder)
    (folder / "test_seeded.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    return subprocess.run(
        [*command, "--rootdir", str(folder), "-o", f"cache_dir={folder}/.cache", str(folder)],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )


SKIPPING = "import pytest\ndef test_it():\n    pytest.skip('nothing here')\n"


@pytest.mark.thorough
def test_a_skip_is_a_line_for_a_person_and_a_failure_for_the_machine(tmp_path: Path) -> None:
    person = run_pytest(tmp_path, SKIPPING)
    assert person.returncode == 0
    assert "nothing here" in person.stdout
    machine = run_pytest(tmp_path, SKIPPING, "--no-skips")
    assert machine.returncode == 1
    assert "nothing here" in machine.stdout


@pytest.mark.thorough
def test_only_data_that_may_not_be_copied_are_forgiven(tmp_path: Path) -> None:
    source = f"import pytest\ndef test_it():\n    pytest.skip({shared_data.ABSENT!r} + 'a.csv')\n"
    found = run_pytest(tmp_path, source, "--no-skips")
    assert found.returncode == 0
    assert "a.csv" in found.stdout


@pytest.mark.thorough
def test_a_whole_file_that_skips_itself_is_a_failure_too(tmp_path: Path) -> None:
    source = "import pytest\npytest.importorskip('no_such_module')\ndef test_it(): pass\n"
    assert run_pytest(tmp_path, source, "--no-skips").returncode != 0


@pytest.mark.thorough
def test_a_warning_is_an_error(tmp_path: Path) -> None:
    source = "import warnings\ndef test_it():\n    warnings.warn('old', DeprecationWarning)\n"
    assert run_pytest(tmp_path, source).returncode == 1


@pytest.mark.thorough
def test_tests_of_the_database_are_told_apart(tmp_path: Path) -> None:
    source = (
        "import pytest\n"
        "def test_plain(): pass\n"
        "@pytest.mark.django_db\ndef test_marked(): pass\n"
        "def test_by_fixture(db): pass\n"
    )
    shown = run_pytest(tmp_path, source, "--only-database", "--collect-only", "-q").stdout
    assert "test_marked" in shown
    assert "test_by_fixture" in shown
    assert "test_plain" not in shown


@pytest.mark.thorough
def test_special_tests_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    source = "import pytest\n" + "".join(
        f"@pytest.mark.{marker}\ndef test_{marker}(): pass\n"
        for marker in ("browser", "deep", "sqlite_file", "postgres", "thorough")
    )
    assert run_pytest(tmp_path, source).returncode == 5
    assert "1 passed" in run_pytest(tmp_path, source, "-m", "deep").stdout


@pytest.mark.thorough
def test_each_test_has_the_same_luck_every_time(tmp_path: Path) -> None:
    source = "import random\ndef test_it():\n    raise SystemError(random.random())\n"
    once, again = (run_pytest(tmp_path, source).stdout for _ in range(2))
    assert [line for line in once.splitlines() if "SystemError" in line] == [
        line for line in again.splitlines() if "SystemError" in line
    ]


# --- The parts of continuous integration ----------------------------------------------------------


def test_continuous_integration_runs_every_part_without_skips() -> None:
    found = tiers.parts("postgresql://tequio@127.0.0.1:1/tequio")
    assert len(found) == 4
    assert all("--no-skips" in part.options for part in found)
    assert found[1].variables["TEQUIO_DATABASE"].startswith("postgresql://")
    asked = " ".join(" ".join(part.options) for part in found)
    assert "-m sqlite_file" in asked
    assert "-m browser" in asked


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("tests/nowhere.py", "No se entendió «tests/nowhere.py»"),
        ("--tpyo", "No se entendió «--tpyo»"),
    ],
)
def test_a_slip_behind_the_test_command_is_told_in_a_sentence(
    word: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tiers.run([word]) == 4
    assert sentence in capsys.readouterr().out


def test_a_private_postgres_starts_answers_and_is_gone() -> None:
    if cluster.find_programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with cluster.running() as address:
        server = address.rsplit("/", 1)[0] + "/postgres"
        with psycopg.connect(server) as session:
            row = session.execute("SHOW server_encoding").fetchone()
            assert row == ("UTF8",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server, connect_timeout=1)


def test_the_tests_never_touch_the_data_of_the_installation() -> None:
    assert settings.MODE == "test"
    assert ROOT not in Path(settings.DATA).parents


# --- SQLite -------------------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the wheel exists for Linux only")
def test_sqlite_is_one_that_does_not_corrupt_a_database_with_two_writers() -> None:
    assert boot.sqlite_is_safe()
    if connection.vendor == "sqlite":
        assert connection.Database.sqlite_version_info >= boot.SAFE_SQLITE
