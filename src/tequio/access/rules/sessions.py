"""When a session is over. Times are whole seconds since 1970, as the session row keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

IDLE: Final = 15 * 60
ABSOLUTE: Final = 12 * 60 * 60
# Between the password and the second factor: long enough to install an authenticator.
HALF: Final = 15 * 60
# A tap of attendance must not rewrite the session row each time.
NOTED_EVERY: Final = 60
# In a room full of men a screen that nobody touches shows no more than aliases.
LOCKS_AFTER: Final = 5 * 60
PIN_TRIES: Final = 5


def is_over(*, began: int, seen: int, now: int) -> bool:
    """Tell whether a session has ended: idle, too old, or its clock was set back.

    `seen` lags at most a minute behind the last tap, so the cut may come a minute early and
    never late.
    """
    set_back = now < seen - NOTED_EVERY
    return set_back or now - seen > IDLE or now - began > ABSOLUTE


def should_note(*, seen: int, now: int) -> bool:
    """Tell whether this request is worth writing down."""
    return now - seen >= NOTED_EVERY


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands who signed in: in at all, in one room only, behind the PIN."""

    is_in: bool
    room_only: bool = False
    locked: bool = False


def standing(
    *, began: int, seen: int, now: int, room_only: bool = False, until: int | None = None
) -> Standing:
    """Return how a session stands. `until` is when the sign-in of tonight's room ends.

    In the evening a sign-in outlasts a quarter of an hour without a touch, for that room alone;
    in exchange the screen locks after five minutes, and stays locked past the end of the evening.
    """
    over = is_over(began=began, seen=seen, now=now)
    set_back = now < seen - NOTED_EVERY
    in_evening = until is not None and now <= until and not set_back
    if not in_evening and (over or room_only):
        return Standing(is_in=False)
    locked = until is not None and seen <= until and now - seen > LOCKS_AFTER
    return Standing(is_in=True, room_only=room_only or over, locked=locked)
