"""A link that is open "until the 14th" is open on the evening of the 14th."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tequio.core import clock
from tequio.instruments.one_time import codes


@pytest.mark.parametrize(
    ("hour", "day"), [(0, 14), (5, 14), (7, 14), (8, 15)], ids=["18:00", "23:00", "1:00", "2:00"]
)
def test_its_day_ends_where_the_country_is_latest(hour: int, day: int) -> None:
    with clock.at(datetime(2026, 11, 15, hour, 0, tzinfo=UTC)):
        assert codes.today() == date(2026, 11, day)
