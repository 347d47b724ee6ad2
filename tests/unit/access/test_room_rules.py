"""How a sign-in stands in the evening: in, in one room only, behind the PIN, over."""

from __future__ import annotations

import pytest

from tequio.access.rules.pins import is_pin, too_easy
from tequio.access.rules.sessions import Standing, standing

MINUTE = 60
OVER, IN = Standing(is_in=False), Standing(is_in=True)
LOCKED = Standing(is_in=True, locked=True)
ROOM_ONLY = Standing(is_in=True, room_only=True, locked=True)


@pytest.mark.parametrize(
    ("idle", "until", "room_only", "wanted"),
    [
        (4, None, False, IN),
        (6, None, False, IN),  # no evening: nothing locks
        (16, None, False, OVER),
        (4, 60, False, IN),
        (6, 60, False, LOCKED),
        (16, 60, False, ROOM_ONLY),
        (1, 60, True, Standing(is_in=True, room_only=True)),
        (6, 5, False, LOCKED),  # a lock outlasts the evening
        (16, 5, False, OVER),
        (1, -1, True, OVER),  # what lasted for the room alone ends with it
        (1, -1, False, IN),
        (-10, 60, False, OVER),  # a clock set back
    ],
)
def test_how_a_sign_in_stands(
    idle: int, until: int | None, room_only: bool, wanted: Standing
) -> None:
    now = 1_000_000
    seen = now - idle * MINUTE
    found = standing(
        began=seen - MINUTE,
        seen=seen,
        now=now,
        room_only=room_only,
        until=None if until is None else seen + until * MINUTE,
    )
    assert found == wanted


def test_a_sign_in_of_the_morning_lasts_until_the_evening_ends() -> None:
    now = 1_000_000
    found = standing(began=now - 13 * 3600, seen=now - MINUTE, now=now, until=now + MINUTE)
    assert found == Standing(is_in=True, room_only=True)


@pytest.mark.parametrize("pin", ["4807", "390518", "00000001"])
def test_digits_are_a_pin(pin: str) -> None:
    assert is_pin(pin) and not too_easy(pin)


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a4", "١٢٣٤", "48 07"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_pin(text)
