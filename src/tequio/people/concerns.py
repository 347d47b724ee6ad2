"""What rooms below `care` may ask of it without knowing it: who may enter, and a look at him.

A circle does not import the room that looks after risk; it says what happened, and whoever stands
above registers to hear it when the house starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from tequio.access.models import User
from tequio.people import keeping
from tequio.people.models import Participant


class Trigger(StrEnum):
    """Why somebody has to look at a man's situation anew."""

    INTAKE = "intake"
    DISCLOSURE = "disclosure"
    THIRD_ABSENCE = "third_absence"
    SEPARATION = "separation"
    EXIT = "exit"
    FLAG = "flag"


Gate = Callable[[User, Sequence[Participant]], None]


class Opens(Protocol):
    """Opens a review of a man's situation, or adds to the one that is open."""

    def __call__(
        self, *, by: User, participant: Participant, trigger: Trigger, said: str
    ) -> object: ...


Urgent = Callable[[Collection[UUID]], frozenset[UUID]]


@dataclass(slots=True)
class _Registered:
    gates: tuple[Gate, ...] = ()
    urgent: Urgent | None = None
    opens: Opens | None = None


_here = _Registered()


def register(*, gate: Gate, opens: Opens, urgent: Urgent | None = None) -> None:
    """Hear what rooms below say; the room of care does so when it starts."""
    _here.gates, _here.opens, _here.urgent = (gate,), opens, urgent


def may_be_admitted(*, by: User, participants: Sequence[Participant]) -> None:
    """Refuse with a sentence unless each of these men may be given a place in a group."""
    for gate in _here.gates:
        gate(by, participants)


def who_does_not_wait(participants: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these men who get the next seat: high risk, or sent by a court."""
    if _here.urgent is None or not participants:
        return frozenset()
    return _here.urgent(participants)


def raise_concern(*, by: User, participant: Participant, trigger: Trigger, said: str = "") -> None:
    """Say that somebody has to look at this man's situation. Never lost: nobody there is a bug."""
    if _here.opens is None:
        raise LookupError("Nobody hears concerns: is the room of care installed?")
    _here.opens(by=by, participant=participant, trigger=trigger, said=said)


def has_open_review(participants: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of these men of whom a review is open: what is known of them is needed."""
    return keeping.held(set(participants))


@contextmanager
def without_gates() -> Iterator[None]:
    """Let everybody in for a while: for tests that are about something else."""
    before = _here.gates
    _here.gates = ()
    try:
        yield
    finally:
        _here.gates = before
