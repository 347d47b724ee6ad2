"""Guides of literacy circles are data files: whole, marked, fitting, never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tequio.core import datafiles
from tequio.core.datafiles import BadDataFile, faults, fingerprints
from tequio.network import guides

ONE = guides.FOLDER / "sacar-ficha" / "1.toml"


def test_there_is_a_guide_for_every_theme_and_for_everybody() -> None:
    every = [one.guide for one in guides.every()]
    assert len(every) >= 6
    assert {one.theme for one in every} == {"money", "services", "law", "own"}
    assert {who for one in every for who in one.audiences} == {
        "women",
        "men",
        "teachers",
        "health",
        "parents",
    }
    assert not any(one.evaluated for one in every)


def test_nothing_published_has_changed() -> None:
    assert list(faults(fingerprints(guides.FOLDER), datafiles.locked(guides.LOCK))) == []


def _copy(folder: Path, text: str) -> Path:
    path = folder / "sacar-ficha" / "1.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_changed_guide_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "library"
    _copy(copy, ONE.read_text("utf-8").replace("fila", "cola"))
    assert any(
        "has changed" in one for one in faults(fingerprints(copy), datafiles.locked(guides.LOCK))
    )


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('turn = "why"', 'turn = "live"'),
        ('domain = "skills"', 'domain = "knowledge"'),
        ("minutes = 35", "minutes = 59\nnobody = 1"),
        ('from = "seed"', 'from = "somebody"'),
    ],
)
def test_a_guide_that_is_not_whole_is_refused(tmp_path: Path, was: str, becomes: str) -> None:
    text = ONE.read_text("utf-8")
    assert was in text
    with pytest.raises(BadDataFile):
        guides.read(_copy(tmp_path, text.replace(was, becomes, 1)))


def test_a_meeting_keeps_the_version_that_it_followed() -> None:
    found = guides.find("sacar-ficha")
    assert found is not None
    assert guides.find("sacar-ficha", "1") == found
    assert guides.find("sacar-ficha", "99") is None
    assert guides.find("../sacar-ficha") is None
