"""Every scale that ships, against tables worked by hand from the words of its own file.

`tests/data/scoring/by_hand.csv`: answers in the order of the scale; `_` is left open, `x` would
rather not say, `—` is no number at all.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from tequio.instruments.definitions import PREFERS_NOT, newest, shipped
from tequio.instruments.rules.scoring import score

TABLE = Path(__file__).parents[2] / "data" / "scoring" / "by_hand.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
# A scale that is another of the same list under another name is worked out once.
_ALIKE = {"control_any", "digital_count", "economic_any", "physical_any", "physical_count",
          "psychological_count", "sexual_count", "vicarious_any", "vicarious_count",
          "control_count", "digital_any", "economic_count", "sexual_any"}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['slug']}-{row['scale']}")
def test_a_scale_gives_what_was_worked_out_by_hand(row: dict[str, str]) -> None:
    whole = newest(row["slug"]).instrument
    scale = whole.the_scale(row["scale"])
    marks = row["answers"].split()
    assert len(marks) == len(scale.items)
    said = {
        item: PREFERS_NOT if mark == "x" else mark
        for item, mark in zip(scale.items, marks, strict=True)
        if mark != "_"
    }
    wanted = None if row["value"] == "—" else Fraction(row["value"])
    assert score(whole, scale, said).value == wanted, row["worked"]


def test_every_scale_that_ships_stands_in_the_table() -> None:
    there = {(row["slug"], row["scale"]) for row in ROWS}
    scales = {
        (slug, scale.id) for slug, one in shipped().items() for scale in one.instrument.scales
    }
    assert {one for one in scales - there if one[1] not in _ALIKE} == set()
