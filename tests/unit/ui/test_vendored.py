from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

import tequio.ui

UI = Path(tequio.ui.__file__).parent
TESTS = Path(__file__).parents[2] / "vendor"
FOLDERS = pytest.mark.parametrize("folder", [UI, TESTS], ids=["ui", "tests"])


def packages(folder: Path) -> list[dict[str, Any]]:
    return tomllib.loads((folder / "vendored.toml").read_text(encoding="utf-8"))["package"]


def changed(folder: Path) -> list[str]:
    """Files whose bytes are not those that were written down."""
    return [
        file["path"]
        for package in packages(folder)
        for file in package["file"]
        if hashlib.sha256((folder / file["path"]).read_bytes()).hexdigest() != file["sha256"]
    ]


@FOLDERS
def test_every_borrowed_file_is_the_one_written_down(folder: Path) -> None:
    assert changed(folder) == []


@FOLDERS
def test_every_borrowed_file_has_its_licence(folder: Path) -> None:
    for package in packages(folder):
        assert (folder / package["licence_file"]).stat().st_size > 200, package["name"]
        assert package["licence"]


def test_nothing_is_borrowed_in_silence() -> None:
    listed = {file["path"] for package in packages(UI) for file in package["file"]}
    present = {
        str(path.relative_to(UI))
        for folder in (UI / "static/ui/vendor", UI / "fonts")
        for path in folder.rglob("*")
        if path.is_file()
    }

    assert listed == present


def test_one_changed_byte_is_noticed(tmp_path: Path) -> None:
    for name in ("vendored.toml", "axe.min.js"):
        (tmp_path / name).write_bytes((TESTS / name).read_bytes())
    assert changed(tmp_path) == []

    (tmp_path / "axe.min.js").write_bytes((TESTS / "axe.min.js").read_bytes() + b" ")

    assert changed(tmp_path) == ["axe.min.js"]
