"""The one place that asks the time, so that a world can be replayed at any moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

_set: list[Callable[[], dt.datetime]] = []


def now() -> dt.datetime:
    """Return the present moment in UTC, or the one set by :func:`at` or :func:`going_from`."""
    return _set[-1]() if _set else dt.datetime.now(dt.UTC)


def today(zone: str) -> dt.date:
    """Return today's date where the site is; at nine in the evening UTC is already tomorrow."""
    return here(zone).date()


def here(zone: str) -> dt.datetime:
    """Return the present moment as the clocks on the wall say it there."""
    return now().astimezone(ZoneInfo(zone))


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at an aware moment: for simulations and tests."""
    held = _aware(moment)
    with _as(lambda: held):
        yield


@contextmanager
def going_from(moment: dt.datetime) -> Iterator[None]:
    """Set the clock to an aware moment and let it go on: where one thing comes after another."""
    ahead = _aware(moment) - dt.datetime.now(dt.UTC)
    with _as(lambda: dt.datetime.now(dt.UTC) + ahead):
        yield


@contextmanager
def _as(said: Callable[[], dt.datetime]) -> Iterator[None]:
    _set.append(said)
    try:
        yield
    finally:
        _set.pop()


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("The clock needs a moment with its time zone.")
    return moment.astimezone(dt.UTC)
