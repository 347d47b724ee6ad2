"""Twelve session guides: timed, safe, warm, ours, and nobody has evaluated them yet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tequio.programmes import definitions
from tequio.programmes.definitions import BadModelFile, Guide, curriculum
from tequio.programmes.definitions.guides import LONGEST
from tequio.programmes.definitions.reading import read_as

TWELVE = curriculum("doce-encuentros/1")
FILE = definitions.CURRICULA / "doce-encuentros" / "1" / "02.toml"


def _spoilt(folder: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "02.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_there_are_twelve_of_our_own_openly_licensed_and_not_evaluated() -> None:
    assert [guide.number for guide in TWELVE.guides] == list(range(1, 13))
    assert (TWELVE.about.origin, TWELVE.about.evaluated) == ("ours", False)
    assert TWELVE.about.licence.startswith("CC BY")


@pytest.mark.parametrize("guide", TWELVE.guides, ids=lambda guide: f"{guide.number:02}")
def test_a_session_fits_into_ninety_minutes_and_begins_with_the_round(guide: Guide) -> None:
    assert 75 <= guide.minutes <= LONGEST
    assert [guide.activities[0].kind, guide.activities[-1].kind] == ["round", "closing"]
    assert any(activity.kind == "skill" for activity in guide.activities)
    assert "violencia" in guide.opening and guide.answer == "Te apoyo"
    assert guide.materials and guide.safety and guide.avoid and guide.practice and guide.skill


def test_the_retiro_is_taught_early_and_with_its_rules() -> None:
    second = TWELVE.guide(2)
    assert second is not None and "retiro" in second.title.lower()
    rules = " ".join(rule.rule.lower() for rule in second.retiro)
    for wanted in ("antes", "al menos una hora", "vuelves para hablar", "nunca para evadir"):
        assert wanted in rules
    assert all(rule.why for rule in second.retiro)


def test_nobody_is_blamed_and_nothing_is_promised() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(FILE.parent.glob("[0-9]*.toml"))
    )
    said = re.sub(r"^avoid = .*$", "", text, flags=re.MULTILINE).lower()
    for word in ("agresor", "victimario", "machista", "violentador", "curado", "rehabilitad"):
        assert word not in said


def test_a_session_that_is_too_long_is_refused_with_its_sum(tmp_path: Path) -> None:
    with pytest.raises(BadModelFile, match="suman 120 minutos"):
        read_as(_spoilt(tmp_path, "minutes = 25", "minutes = 55"), Guide)


def test_a_session_without_its_round_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModelFile, match="La primera actividad debe ser la ronda"):
        read_as(_spoilt(tmp_path, 'kind = "round"', 'kind = "activity"'), Guide)


def test_a_wrong_word_inside_an_activity_is_named_on_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadModelFile, match="¿Quisiste escribir «minutes»") as refused:
        read_as(_spoilt(tmp_path, "minutes = 15", "minuts = 15"), Guide)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert f"línea {lines.index('minutes = 15') + 1}, «activities.1.minuts»" in str(refused.value)
