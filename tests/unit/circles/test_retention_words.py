"""How a range is written: «between 42 % and 42 %» says nothing."""

from __future__ import annotations

from tequio.circles.retention.figures import apart


def test_the_ends_of_a_range_can_be_told_apart() -> None:
    assert apart(134 / 321, 136 / 321) == ("41.7\u00a0%", "42.4\u00a0%")
    assert apart(0.15, 0.65) == ("15\u00a0%", "65\u00a0%")
    assert apart(0.41741, 0.41749) == ("41.74\u00a0%", "41.75\u00a0%")
