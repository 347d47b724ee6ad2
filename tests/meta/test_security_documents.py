"""The security documents name tests that are there, and leave nothing without an answer."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import get_resolver
from tests.meta import test_access_matrix as matrix
from tests.meta.matrix_releases import WALLED

from tequio.config.checks.runner import CHECKS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "security"
PAGES = [*sorted(FOLDER.glob("*.md")), ROOT / "DEVELOPERS.md"]
_ID = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_FILE = re.compile(r"`(tests/[\w/]+\.\w+)`")
_CHECK = re.compile(r"`check:(\w+)`")
# What may stand in an address of the wall: keys, fixed codes, a place in a list.
_SAY_NOTHING = {"UUIDConverter", "SlugConverter", "IntConverter"}
# Level 1 of ASVS 5.0.0: how many of each chapter.
LEVEL_ONE = {1: 8, 2: 4, 3: 8, 4: 2, 5: 4, 6: 13, 7: 6, 8: 4, 9: 4, 10: 5, 11: 3, 12: 3, 13: 1,
             14: 2, 15: 3}  # fmt: skip


@cache
def _tests_of(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def problems(text: str) -> list[str]:
    """Return what a page names and is not there."""
    found = [f"{p}::{n}" for p, n in _ID.findall(text) if n not in _tests_of(ROOT / p)]
    found += [name for name in _FILE.findall(text) if not (ROOT / name).is_file()]
    known = {check.name for check in CHECKS}
    return found + [f"check:{name}" for name in _CHECK.findall(text) if name not in known]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    assert problems(page.read_text(encoding="utf-8")) == []


def test_a_name_that_is_not_there_is_noticed() -> None:
    assert problems("`tests/meta/test_security_documents.py::test_nothing`")
    assert problems("`tests/nowhere.py::test_a_name_that_is_not_there_is_noticed`")
    assert problems("`tests/nowhere.py`")
    assert problems("`check:nothing`")


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| ") and not line.startswith("| |")
    ]


def test_every_requirement_of_level_one_has_its_test_or_its_reason() -> None:
    rows = [row for row in _rows("asvs.md") if row[0].startswith("V")]
    names = [row[0] for row in rows]
    assert len(names) == len(set(names))
    assert all(len(row) == 3 and row[2] for row in rows)
    level_one = names[: sum(LEVEL_ONE.values())]
    assert {n: sum(name.startswith(f"V{n}.") for name in level_one) for n in LEVEL_ONE} == LEVEL_ONE
    assert len(names) >= 80


def test_every_line_of_the_threat_model_names_its_test() -> None:
    rows = [row for row in _rows("threat-model.md") if row[0] not in {"Lost", "Who"}]
    assert len(rows) > 25
    assert [row[0] for row in rows if not _ID.search(row[-1])] == []


def test_no_address_of_the_wall_takes_words() -> None:
    """Only keys and fixed codes stand in its addresses: an address is kept by browsers."""
    for name, pattern in matrix._walk(get_resolver().url_patterns, ""):
        if name.split(":")[0] in WALLED:
            for held, converter in pattern.pattern.converters.items():
                assert type(converter).__name__ in _SAY_NOTHING, (name, held)
