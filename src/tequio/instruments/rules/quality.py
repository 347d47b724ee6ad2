"""What somebody should look at while answers are still coming in.

Nothing here finds anybody guilty of anything. Each finding is something that was seen, out of how
many, and is put to a person as a question: answers that look alike may be alike.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean, stdev
from typing import Final, Literal

Kind = Literal[
    "straight", "backwards", "future", "quick", "long", "night", "overlap", "twins", "left_open",
    "left_open_by", "differs", "changed",
]  # fmt: skip

# Below these nothing is asked: with few answers everything looks strange.
FEWEST: Final = 10  # answers of one person, or to one question
BATTERY: Final = 5  # items with the same answers, asked one after the other
SAME: Final = 10  # answers that two questionnaires must share to be called alike
QUICK: Final = 2.0  # seconds a question, below which nobody can have read it
LONG: Final = timedelta(hours=4)
NIGHT: Final = (0, 5)  # hours in the site's zone
LEFT_OPEN: Final = 0.2  # share without an answer
# Three standard errors: with ten people and five scales, one question in seven by chance alone.
FAR: Final = 3.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One questionnaire, without who answered it."""

    key: str
    # Who asked: a facilitator, an interviewer, a telephone. Empty for who answered alone.
    by: str
    answers: Mapping[str, str]
    # In the site's zone.
    started: datetime | None = None
    finished: datetime | None = None
    received: datetime | None = None
    # Questions that its version of the form did not have: nobody left them open.
    lacks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of the questions."""

    # Every question that waits for an answer; a condition may keep some from being asked.
    questions: tuple[str, ...]
    # Questions that share their answers and stand together.
    batteries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Questions asked only under a condition: without an answer nothing is missing.
    conditional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """Something seen: `seen` of `of`, by whom or in which question, and which questionnaires."""

    kind: Kind
    seen: int
    of: int
    by: str = ""
    what: str = ""
    keys: tuple[str, ...] = ()
    # Of the two that compare: this one's mean or share, and the others'.
    here: float | None = None
    elsewhere: float | None = None


def look(answered: Sequence[Answered], shape: Shape) -> list[Found]:
    """Return everything that a person should look at, in a fixed order."""
    return [
        *straight(answered, shape),
        *times(answered, shape),
        *overlaps(answered),
        *twins(answered, shape),
        *left_open(answered, shape),
        *differences(answered, shape),
        *changes(answered, shape),
    ]


# --- The same answer down the list -------------------------------------------------------------


def straight(answered: Sequence[Answered], shape: Shape) -> Iterator[Found]:
    """Batteries answered from first to last with the same answer, by who asked."""
    for name, items in shape.batteries.items():
        if len(items) < BATTERY:
            continue
        for by, mine in _by(answered).items():
            whole = [one for one in mine if all(one.answers.get(item) for item in items)]
            same = [one for one in whole if len({one.answers[item] for item in items}) == 1]
            if len(whole) >= FEWEST and len(same) > len(whole) / 2:
                yield Found("straight", len(same), len(whole), by, name, _keys(same))


# --- Times that cannot be ----------------------------------------------------------------------


def times(answered: Sequence[Answered], shape: Shape) -> Iterator[Found]:
    """Questionnaires that end before they begin, in seconds, in hours, or at night."""
    timed = [one for one in answered if one.started and one.finished]
    kinds: dict[Kind, list[Answered]] = defaultdict(list)
    for one in timed:
        for kind in _odd(one, shape):
            kinds[kind].append(one)
    for kind in ("backwards", "future", "quick", "long", "night"):
        if kinds[kind]:
            yield Found(kind, len(kinds[kind]), len(timed), keys=_keys(kinds[kind]))


def _odd(one: Answered, shape: Shape) -> Iterator[Kind]:
    if one.started is None or one.finished is None:
        return
    took = one.finished - one.started
    asked = sum(1 for name in shape.questions if one.answers.get(name))
    if took < timedelta(0):
        yield "backwards"
    elif asked and took.total_seconds() < QUICK * asked:
        yield "quick"
    elif took > LONG:
        yield "long"
    # A telephone's clock may be a little ahead of ours.
    if one.received and one.finished > one.received + timedelta(minutes=15):
        yield "future"
    if NIGHT[0] <= one.started.hour < NIGHT[1]:
        yield "night"


def overlaps(answered: Sequence[Answered]) -> Iterator[Found]:
    """Two questionnaires that the same person asked at the same time."""
    for by, mine in _by(answered).items():
        timed = sorted(
            (one for one in mine if one.started and one.finished and one.started <= one.finished),
            key=lambda one: (one.started, one.key),
        )
        found = [
            other.key
            for one, other in pairwise(timed)
            if one.finished and other.started and other.started < one.finished
        ]
        if by and found:
            yield Found("overlap", len(found), len(timed), by, keys=tuple(found))


# --- The same twice ----------------------------------------------------------------------------


def twins(answered: Sequence[Answered], shape: Shape) -> Iterator[Found]:
    """Questionnaires with the same answer to every question, under different numbers."""
    alike: dict[tuple[str, ...], list[Answered]] = defaultdict(list)
    for one in answered:
        said = tuple(one.answers.get(name, "") for name in shape.questions)
        if sum(1 for value in said if value) >= SAME:
            alike[said].append(one)
    again = [one for group in alike.values() if len(group) > 1 for one in group]
    if again:
        yield Found("twins", len(again), len(answered), keys=_keys(again))


# --- What stays open ---------------------------------------------------------------------------


def left_open(answered: Sequence[Answered], shape: Shape) -> Iterator[Found]:
    """Questions that many leave open, and people with whom more stays open than with others."""
    always = [name for name in shape.questions if name not in shape.conditional]
    for name in always:
        asked = [one for one in answered if name not in one.lacks]
        without = [one for one in asked if not one.answers.get(name)]
        if len(asked) >= FEWEST and len(without) > LEFT_OPEN * len(asked):
            yield Found("left_open", len(without), len(asked), what=name)
    if not always:
        return
    for by, mine, others in _each_and_the_others(answered):
        here, elsewhere = _open(mine, always), _open(others, always)
        share, rest = (fmean(one or [0.0]) for one in (here, elsewhere))
        if share > LEFT_OPEN and share > 2 * rest:
            count = sum(map(int, here))
            yield Found("left_open_by", count, len(here), by, here=share, elsewhere=rest)


def _open(answered: Sequence[Answered], names: Sequence[str]) -> list[float]:
    """Return for each question that was put to somebody whether it stayed open."""
    return [
        float(not one.answers.get(name))
        for one in answered
        for name in names
        if name not in one.lacks
    ]


# --- Who asks, and since when ------------------------------------------------------------------


def differences(answered: Sequence[Answered], shape: Shape) -> Iterator[Found]:
    """People with whom a battery comes out far from how it comes out with the others."""
    for name, items in shape.batteries.items():
        for by, mine, others in _each_and_the_others(answered):
            here, elsewhere = _scores(mine, items), _scores(others, items)
            if _far(here, elsewhere):
                yield Found(
                    "differs", len(here), len(here) + len(elsewhere), by, name,
                    here=fmean(here), elsewhere=fmean(elsewhere),
                )  # fmt: skip


def changes(answered: Sequence[Answered], shape: Shape) -> Iterator[Found]:
    """People whose own second half comes out far from their first: asking may have changed."""
    for name, items in shape.batteries.items():
        for by, mine in _by(answered).items():
            dated = sorted(
                (one for one in mine if one.started), key=lambda one: (one.started, one.key)
            )
            half = len(dated) // 2
            before, after = _scores(dated[:half], items), _scores(dated[half:], items)
            if by and _far(after, before):
                yield Found(
                    "changed", len(after), len(dated), by, name,
                    here=fmean(after), elsewhere=fmean(before),
                )  # fmt: skip


def _scores(answered: Iterable[Answered], items: Sequence[str]) -> list[float]:
    """Return the mean of the items of whoever answered them all with numbers."""
    found = []
    for one in answered:
        try:
            found.append(fmean(float(one.answers[item]) for item in items))
        except (KeyError, ValueError):
            continue
    return found


def _far(here: Sequence[float], elsewhere: Sequence[float]) -> bool:
    if min(len(here), len(elsewhere)) < FEWEST:
        return False
    error = math.sqrt(stdev(here) ** 2 / len(here) + stdev(elsewhere) ** 2 / len(elsewhere))
    gap = abs(fmean(here) - fmean(elsewhere))
    return gap > 0 if error == 0 else gap / error > FAR


def _by(answered: Iterable[Answered]) -> dict[str, list[Answered]]:
    found: dict[str, list[Answered]] = defaultdict(list)
    for one in answered:
        found[one.by].append(one)
    return dict(sorted(found.items()))


def _each_and_the_others(
    answered: Sequence[Answered],
) -> Iterator[tuple[str, list[Answered], list[Answered]]]:
    everybody = _by(answered)
    for by, mine in everybody.items():
        others = [one for who, theirs in everybody.items() if who != by for one in theirs]
        if by and len(mine) >= FEWEST and len(others) >= FEWEST:
            yield by, mine, others


def _keys(answered: Iterable[Answered]) -> tuple[str, ...]:
    return tuple(one.key for one in answered)
