"""Which demands go first: hands counted, and ties undone by the rule that was said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ballot:
    """What is known of a demand when hands are counted."""

    demand_id: UUID
    votes: int
    second_votes: int | None
    # Empty where nobody counted the voices: that is less than one voice, and never equal to it.
    how_many: int | None
    voiced_on: date


@dataclass(frozen=True, slots=True)
class Order:
    """The order that came out; a tie that matters and that the rule did not undo."""

    places: tuple[tuple[UUID, int], ...]
    undecided: tuple[UUID, ...] = ()


def most_votes(present: int, each: int) -> int:
    """Return how many hands there can have been in all."""
    return present * each


def too_many(ballots: Sequence[Ballot], present: int, each: int) -> str:
    """Say what cannot be of the votes: «one», «all», or nothing."""
    if any(ballot.votes > present for ballot in ballots):
        return "one"
    if sum(ballot.votes for ballot in ballots) > most_votes(present, each):
        return "all"
    return ""


def order(ballots: Sequence[Ballot], rule: str, first: int) -> Order:
    """Put demands in order. Equal ones share a place, unless it decides who goes first.

    A tie is undone only where it has to be: between the last that goes first and the next one.
    """
    ranked = sorted(ballots, key=lambda one: (-one.votes, *_undone(one, rule), one.voiced_on))
    places: list[tuple[UUID, int]] = []
    undecided: tuple[UUID, ...] = ()
    for same in _ties(ranked, rule):
        place = len(places) + 1
        places += [(one.demand_id, place) for one in same]
        if place <= first < len(places):
            undecided = tuple(one.demand_id for one in same)
    return Order(tuple(places), undecided)


def _ties(ranked: Sequence[Ballot], rule: str) -> Iterator[list[Ballot]]:
    for _key, same in groupby(ranked, key=lambda one: (-one.votes, *_undone(one, rule))):
        yield list(same)


def _undone(ballot: Ballot, rule: str) -> tuple[int, int]:
    """What stands between two with the same votes: the rule that was said before, then hands again.

    Hands are raised again where the rule leaves a tie that matters, whatever the rule was.
    """
    again = -_or_less(ballot.second_votes)
    if rule == "more_voices":
        return (-_or_less(ballot.how_many), again)
    if rule == "older":
        return (ballot.voiced_on.toordinal(), again)
    return (0, again)


def _or_less(number: int | None) -> int:
    return -1 if number is None else number
