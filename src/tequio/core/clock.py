"""The one place that asks the time, so that a world can be replayed at any moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

_frozen: list[dt.datetime] = []


def now() -> dt.datetime:
    """Return the present moment in UTC, or the moment set by :func:`at`."""
    if _frozen:
        return _frozen[-1]
    return dt.datetime.now(dt.UTC)


def today(zone: str) -> dt.date:
    """Return today's date where the site is; at nine in the evening UTC is already tomorrow."""
    return here(zone).date()


def here(zone: str) -> dt.datetime:
    """Return the present moment as the clocks on the wall say it there."""
    return now().astimezone(ZoneInfo(zone))


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at an aware moment: for simulations and tests."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs a moment with its time zone.")
    _frozen.append(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _frozen.pop()
