"""Conditions on being admitted that other rooms set, besides the diagnosis that care asks for.

`people.concerns` asks for diagnosis, review and plan; a gate here may ask for anything else that
depends on the edition (a prerequisite, a lottery of a study). Each says in a sentence what is
missing; nobody is admitted while one of them holds him.
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


def register(name: str, check: Check) -> None:
    """Set a condition; the same name again takes the place of the earlier one."""
    _checks[name] = check


def holds(participant: Participant, edition: Edition, on: date) -> list[Hold]:
    """Return all that holds him back on that day; nothing means that he may be admitted."""
    found = (check(participant, edition, on) for _name, check in sorted(_checks.items()))
    return [hold for hold in found if hold is not None]


@contextmanager
def only(**checks: Check) -> Iterator[None]:
    """Within this block only these conditions hold: for tests."""
    before = dict(_checks)
    _checks.clear()
    _checks.update(checks)
    try:
        yield
    finally:
        _checks.clear()
        _checks.update(before)
