"""Two thousand pairs of worlds, each asked for an eighth of everything by everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.two_worlds.test_two_worlds import TURNS, compare_pairs

pytestmark = [pytest.mark.deep, pytest.mark.django_db]
PAIRS = 2000


@pytest.mark.parametrize("turn", range(TURNS))
def test_two_thousand_pairs_of_worlds_look_the_same(turn: int, proofs: Path) -> None:
    done = compare_pairs(turn, PAIRS // TURNS, TURNS, every_thing=True)
    page = proofs / "two-worlds.md"
    head = "# Two worlds\n\nPairs that differed only in what women said, and looked the same:\n\n"
    before = page.read_text(encoding="utf-8") if page.exists() else head
    kept = [line for line in before.splitlines() if not line.startswith(f"- turn {turn}:")]
    page.write_text("\n".join([*kept, f"- turn {turn}: {done} pairs, 0 differences", ""]), "utf-8")
