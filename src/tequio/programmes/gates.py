"""Conditions on being admitted that other rooms set, besides the diagnosis that care asks for.

`people.concerns` asks for diagnosis, review and plan; a gate here may ask for anything else that
depends on the edition (a prerequisite, a lottery of a study). Each says in a sentence what is
missing; nobody is admitted while one of them holds him. Some do not ask about admission and ask
about the seat: an accepted man may have to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from tequio.people.models import Participant
from tequio.programmes.models import Edition


@dataclass(frozen=True, slots=True)
class Hold:
    """What is missing, and what to do about it."""

    sentence: str
    hint: str = ""


Check = Callable[[Participant, Edition, date], Hold | None]

_checks: dict[str, Check] = {}
_of_seats: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Set a condition; the same name again takes the place of the earlier one."""
    _checks[name] = check


def register_for_seats(name: str, check: Check) -> None:
    """Set a condition on the seat of a man who is accepted already."""
    _of_seats[name] = check


def holds(participant: Participant, edition: Edition, on: date) -> list[Hold]:
    """Return all that holds him back on that day; nothing means that he may be admitted."""
    return _asked(_checks, participant, edition, on)


def holds_seat(participant: Participant, edition: Edition, on: date) -> list[Hold]:
    """Return what keeps an accepted man from his seat on that day."""
    return _asked(_of_seats, participant, edition, on)


def _asked(
    checks: dict[str, Check], participant: Participant, edition: Edition, on: date
) -> list[Hold]:
    found = (check(participant, edition, on) for _name, check in sorted(checks.items()))
    return [hold for hold in found if hold is not None]


@contextmanager
def only(**checks: Check) -> Iterator[None]:
    """Within this block only these conditions hold: for tests."""
    before, of_seats = dict(_checks), dict(_of_seats)
    _checks.clear()
    _of_seats.clear()
    _checks.update(checks)
    try:
        yield
    finally:
        _checks.clear()
        _checks.update(before)
        _of_seats.update(of_seats)
