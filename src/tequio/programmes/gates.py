"""Conditions on being admitted that other rooms set, besides the diagnosis that care asks for.

`people.concerns` asks for diagnosis, review and plan; a gate here may ask for anything else that
depends on the edition (a prerequisite, a lottery of a study). Each says in a sentence what is
missing; nobody is admitted while one of them holds him. Some do not ask about admission and ask
about the seat: an accepted man may have to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tequio.people.models import Participant
from tequio.programmes.models import Edition, Enrolment


@dataclass(frozen=True, slots=True)
class Hold:
    """What is missing, and what to do about it."""

    sentence: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a man in line waits: since when, and from which day nothing holds him any more."""

    sentence: str
    since: date
    until: date
    # Where somebody may let him go before.
    url: str
    # What he was not asked yet, and should be while he waits.
    to_ask: str = ""


@dataclass(frozen=True, slots=True)
class InLine:
    """What is known of a whole line: who is never delayed, and who waits, by his way."""

    never_delayed: frozenset[UUID] = frozenset()
    waits: Mapping[UUID, Wait] = field(default_factory=dict)


Check = Callable[[Participant, Edition, date], Hold | None]
# It is told who is never delayed as far as `care` knows, and may add to them.
Look = Callable[[Sequence[Enrolment], Collection[UUID], date], InLine]

_checks: dict[str, Check] = {}
_of_seats: dict[str, Check] = {}
_of_lines: dict[str, Look] = {}


def register(name: str, check: Check) -> None:
    """Set a condition; the same name again takes the place of the earlier one."""
    _checks[name] = check


def register_for_seats(name: str, check: Check) -> None:
    """Set a condition on the seat of a man who is accepted already."""
    _of_seats[name] = check


def register_for_lines(name: str, look: Look) -> None:
    """Say of a whole line at once who waits for his seat and why."""
    _of_lines[name] = look


def in_line(ways: Sequence[Enrolment], urgent: frozenset[UUID], on: date) -> InLine:
    """Return who of a line is never delayed, and who waits for what. The former never wait."""
    looked = [look(ways, urgent, on) for _name, look in sorted(_of_lines.items())]
    never = urgent.union(*(one.never_delayed for one in looked))
    men = {way.pk: way.participant_id for way in ways}
    return InLine(
        never,
        {key: wait for one in looked for key, wait in one.waits.items() if men[key] not in never},
    )


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
