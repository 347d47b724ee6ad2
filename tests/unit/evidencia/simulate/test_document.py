"""The page about the simulator holds the numbers that are used, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencia.simulate.programme.document import BEGIN, END, refreshed

PAGE = Path(__file__).parents[4] / "docs" / "simulator.md"


def test_the_page_holds_the_numbers_of_the_files() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == refreshed(page), (
        "Run: python -m evidencia.simulate.programme.document docs/simulator.md"
    )


def test_a_number_that_was_changed_by_hand_would_be_seen() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "| `route_friend` | 0.463 |" in page
    changed = page.replace("| `route_friend` | 0.463 |", "| `route_friend` | 0.5 |")
    assert refreshed(changed) == page


def test_a_page_without_its_marks_is_refused() -> None:
    for page in ("", BEGIN, END):
        with pytest.raises(ValueError, match="needs"):
            refreshed(page)
