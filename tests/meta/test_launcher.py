"""The launcher runs before anything is installed: nothing but the standard library, and careful."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tequio.config import cli

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tequio.py"


def load_launcher() -> ModuleType:
    spec = importlib.util.spec_from_file_location("launcher", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


launcher = load_launcher()


def foreign_imports(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names - set(sys.stdlib_module_names)


def test_it_imports_nothing_outside_the_standard_library() -> None:
    assert foreign_imports(SOURCE.read_text(encoding="utf-8")) == set()


def test_a_foreign_import_would_be_seen() -> None:
    assert foreign_imports("def f():\n    from django import conf\n") == {"django"}


def test_an_old_python_can_read_it() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("version", "suitable"),
    [((3, 10), False), ((3, 11), True), ((3, 12), True), ((3, 13), True), ((3, 14), False)],
)
def test_it_takes_only_the_pythons_that_the_locks_are_made_for(
    version: tuple[int, int], suitable: bool
) -> None:
    assert launcher.is_suitable(version) is suitable


def test_development_commands_need_the_development_packages() -> None:
    assert launcher.kind_needed("demo") == "run"
    assert launcher.kind_needed("import") == "run"
    assert launcher.kind_needed("test") == "dev"
    assert launcher.kind_needed("check") == "dev"


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    folder = tmp_path / "locks"
    folder.mkdir()
    for name in ("uv", "run", "dev"):
        (folder / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    return folder


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    folder = tmp_path / "venv"
    program = launcher.venv_program(folder, "python")
    program.parent.mkdir(parents=True)
    program.symlink_to(sys.executable)
    (folder / "pyvenv.cfg").touch()
    return folder


def verdict(venv: Path, needed: str, locks: Path) -> str:
    return str(launcher.verdict(launcher.read_stamp(venv), venv, needed, locks))


def test_an_environment_without_its_stamp_is_not_believed(venv: Path, locks: Path) -> None:
    assert verdict(venv, "run", locks) == "build"


def test_a_stamped_environment_is_ready(venv: Path, locks: Path) -> None:
    launcher.write_stamp(venv, "run", locks)
    assert verdict(venv, "run", locks) == "ready"
    assert verdict(venv, "dev", locks) == "sync"


def test_a_development_environment_is_enough_to_run(venv: Path, locks: Path) -> None:
    launcher.write_stamp(venv, "dev", locks)
    assert verdict(venv, "run", locks) == "ready"
    assert verdict(venv, "dev", locks) == "ready"


@pytest.mark.parametrize("changed", ["uv", "dev"])
def test_a_changed_lock_is_noticed(venv: Path, locks: Path, changed: str) -> None:
    launcher.write_stamp(venv, "dev", locks)
    (locks / f"{changed}.txt").write_text("other==2\n", encoding="utf-8")
    assert verdict(venv, "run", locks) == "sync"


def test_line_ends_of_another_system_do_not_count_as_a_change(venv: Path, locks: Path) -> None:
    launcher.write_stamp(venv, "run", locks)
    (locks / "run.txt").write_bytes(b"run==1\r\n")
    assert verdict(venv, "run", locks) == "ready"


def test_a_moved_environment_is_built_again(venv: Path, locks: Path, tmp_path: Path) -> None:
    launcher.write_stamp(venv, "run", locks)
    moved = venv.rename(tmp_path / "moved")
    assert verdict(moved, "run", locks) == "build"


def test_an_environment_whose_python_changed_is_built_again(venv: Path, locks: Path) -> None:
    launcher.write_stamp(venv, "run", locks)
    program = launcher.venv_program(venv, "python")
    program.unlink()
    assert verdict(venv, "run", locks) == "build"
    program.symlink_to("/bin/sh")
    assert verdict(venv, "run", locks) == "build"


@pytest.mark.parametrize("content", ["", "not json", "[]", '"text"'])
def test_a_broken_stamp_is_no_stamp(venv: Path, locks: Path, content: str) -> None:
    (venv / launcher.STAMP).write_text(content, encoding="utf-8")
    assert verdict(venv, "run", locks) == "build"


def test_a_folder_that_somebody_else_filled_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(launcher.RefusalError):
        launcher.clear_folder(tmp_path)
    assert (tmp_path / "thesis.docx").exists()


def test_what_an_interrupted_start_left_is_emptied(tmp_path: Path) -> None:
    launcher.clear_folder(tmp_path / "venv")
    (tmp_path / "venv" / "half").touch()
    launcher.clear_folder(tmp_path / "venv")
    assert not (tmp_path / "venv" / "half").exists()


def test_a_second_start_waits_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "venv.lock"
    with launcher.only_one(path), path.open("a+b") as second:
        assert launcher.try_lock(second.fileno()) is False
    with path.open("a+b") as third:
        assert launcher.try_lock(third.fileno()) is True


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("error sending request for url", "conexión"),
        ("ERROR: No matching distribution found (from versions: none)", "conexión"),
        ("OSError: [Errno 28] No space left on device", "disco"),
        ("something else", "instalación falló"),
    ],
)
def test_a_failure_is_explained_in_a_sentence(output: str, sentence: str) -> None:
    refusal = launcher.explain(output, 1)
    assert sentence in refusal.spanish
    assert refusal.english


def test_python_downloads_are_off_and_the_home_is_never_empty() -> None:
    made = launcher.tool_environment({"HOME": "", "PYTHONPATH": "x", "PATH": "/bin"})
    assert made["UV_PYTHON_DOWNLOADS"] == "never"
    assert made["HOME"]
    assert "PYTHONPATH" not in made


def test_without_a_command_it_lists_them_and_installs_nothing(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, str(SOURCE)],
        env={**os.environ, "TEQUIO_VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for command in launcher.COMMANDS:
        assert f"  {command} " in shown
    assert not (tmp_path / "venv").exists()


def test_a_word_that_is_no_command_is_told_at_once_with_the_nearest_and_installs_nothing(
    tmp_path: Path,
) -> None:
    told = subprocess.run(
        [sys.executable, str(SOURCE), "demoo"],
        env={**os.environ, "TEQUIO_VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "¿Quisiste decir «demo»?" in told.stderr
    assert "Did you mean «demo»?" in told.stderr
    assert not (tmp_path / "venv").exists()


# What one command does for another; nobody types it.
HIDDEN = {
    "bench-community",
    "bench-forms",
    "bench-session",
    "bench-wall",
    "demo-fill",
    "serve-prepare",
    "setup-found",
    "trust-page",
}


def test_it_offers_what_the_application_carries_out_and_nothing_else() -> None:
    assert set(launcher.COMMANDS) - {"lock"} == set(cli.COMMANDS) - HIDDEN


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_is_where_the_list_says(name: str) -> None:
    assert callable(cli.COMMANDS[name].load())


def test_the_stamp_says_what_was_installed(venv: Path, locks: Path) -> None:
    launcher.write_stamp(venv, "run", locks)
    stamp = json.loads((venv / launcher.STAMP).read_text(encoding="utf-8"))
    assert set(stamp) == {"kind", "lock", "venv", "interpreter"}
