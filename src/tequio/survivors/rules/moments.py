"""When she may be asked: moments from the day of her own yes, and nothing of his.

A moment is a window. Nothing else waits for it: whoever has not answered is accompanied all the
same, and what was not asked in its time stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tequio.instruments.definitions import shipped, waves
from tequio.instruments.rules.waves import her_days
from tequio.survivors.rules.sheets import Assessment, Body, Closure, Consent, Contact, Reopening

PURPOSE: Final = "questionnaires"
# When a case is closed she may still say how she is and how it was: whoever comes is asked, and
# nobody is looked for.
EXIT: Final = "S"
EXIT_ASKS: Final = ("espacio-ella", "satisfaccion")
EXIT_FOR: Final = timedelta(days=42)
# After an attempt nobody tries again on the same day, nor soon where she asked for another day.
_AGAIN: Final = {"later": timedelta(days=7), "alone": timedelta(days=3)}
_TOMORROW: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of hers: its window, what is asked, and how far it came."""

    label: str
    opens_on: date
    closes_on: date
    asks: tuple[str, ...]
    done: tuple[str, ...] = ()
    declined: bool = False
    tried: tuple[Contact, ...] = ()
    # She had closed her case when it came.
    after_leaving: bool = False

    @property
    def left(self) -> tuple[str, ...]:
        """What was not answered yet."""
        return tuple(slug for slug in self.asks if slug not in self.done)

    @property
    def waits(self) -> bool:
        """Whether somebody may still ask."""
        return bool(self.left) and not self.declined and not self.after_leaving

    @property
    def again_on(self) -> date:
        """From which day it is shown as due: at once, or some days after the last attempt."""
        if not self.tried:
            return self.opens_on
        last = self.tried[-1]
        return max(self.opens_on, last.on + _AGAIN.get(last.asked, _TOMORROW))

    def standing(self, today: date) -> str:
        """Where today stands: coming, open or past."""
        if today < self.opens_on:
            return "coming"
        return "open" if today <= self.closes_on else "past"


def consent(sheets: Iterable[Body]) -> Consent | None:
    """Return her last word on being asked."""
    said = [one for one in sheets if isinstance(one, Consent) and one.purpose == PURPOSE]
    return max(said, key=lambda one: one.turn, default=None)


def may_be_asked(sheets: Iterable[Body], day: date) -> bool:
    """Tell whether her yes holds."""
    last = consent(sheets)
    return last is not None and last.holds(day)


def of(sheets: Iterable[Body]) -> tuple[Moment, ...]:
    """Return her moments in order; none while she has not said yes, or took it back."""
    there = tuple(sheets)
    last = consent(there)
    if last is None or last.decision != "given":
        return ()
    began = min(
        one.on
        for one in there
        if isinstance(one, Consent) and one.purpose == PURPOSE and one.decision == "given"
    )
    left_on = _left_on(there)
    answered = answers_of(there)
    found = [_moment(one, there, answered, left_on) for one in _windows(began, left_on, last.until)]
    return tuple(sorted(found, key=lambda one: (one.opens_on, one.label)))


def answers_of(sheets: Iterable[Body]) -> list[Assessment]:
    """Return what she answered, in order, without what a correction took the place of."""
    done = [one for one in sheets if isinstance(one, Assessment) and one.done]
    replaced = {one.replaces for one in done if one.replaces}
    return sorted((one for one in done if one.number not in replaced), key=lambda one: one.on)


def _windows(began: date, left_on: date | None, until: date | None) -> Iterator[Moment]:
    plan = waves.hers()
    asks: dict[str, tuple[str, ...]] = {wave.wave: wave.hers for wave in plan.waves}
    days = [*her_days(plan, began)]
    if left_on is not None:
        days.append((EXIT, left_on, left_on + EXIT_FOR))
    for label, opens, closes in days:
        last = closes if until is None else min(closes, until)
        if opens <= last:
            slugs = EXIT_ASKS if label == EXIT else asks.get(label) or asks[label[0]]
            yield Moment(label, opens, last, _known(slugs))


def _known(slugs: Sequence[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in shipped())


def _moment(
    bare: Moment,
    sheets: Sequence[Body],
    answered: Sequence[Assessment],
    left_on: date | None,
) -> Moment:
    label = bare.label
    tried = tuple(one for one in sheets if isinstance(one, Contact) and one.wave == label)
    tried = tuple(sorted(tried, key=lambda one: one.on))
    return Moment(
        label,
        bare.opens_on,
        bare.closes_on,
        bare.asks,
        done=tuple(one.slug for one in answered if one.wave == label),
        declined=any(one.asked == "no" for one in tried),
        tried=tried,
        after_leaving=left_on is not None and label != EXIT and bare.opens_on > left_on,
    )


def _left_on(sheets: Iterable[Body]) -> date | None:
    """The day on which her case was closed, unless it was opened again since."""
    there = tuple(sheets)
    closed = max((one.on for one in there if isinstance(one, Closure)), default=None)
    opened = max((one.on for one in there if isinstance(one, Reopening)), default=None)
    return None if closed is None or (opened is not None and opened >= closed) else closed
