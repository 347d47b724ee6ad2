"""When a session is over. Times are whole seconds since 1970, as the session row keeps them."""

from __future__ import annotations

from typing import Final

IDLE: Final = 15 * 60
ABSOLUTE: Final = 12 * 60 * 60
# Between the password and the second factor: long enough to install an authenticator.
HALF: Final = 15 * 60
# A tap of attendance must not rewrite the session row each time.
NOTED_EVERY: Final = 60


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
