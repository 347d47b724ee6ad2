"""Which moments of somebody's way are open, coming or past. Pure: days in, days out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tequio.instruments.definitions.waves import Anchor, Plan, Wave


class Standing(StrEnum):
    """Where today stands in the window of a moment."""

    COMING = "coming"
    OPEN = "open"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Way:
    """A man's way through a programme, as far as moments hang on it.

    `sessions` are the days of his group's meetings from his first one, None where nobody wrote the
    day; those of after he left are there too.
    """

    sessions: Sequence[date | None]
    planned: int
    every_days: int
    left_on: date | None = None

    def day_of(self, number: int) -> date | None:
        """Return the day of his nth session: as planned, or counted on from the last known day."""
        if number <= len(self.sessions) and self.sessions[number - 1] is not None:
            return self.sessions[number - 1]
        known = [(n, day) for n, day in enumerate(self.sessions[:number], start=1) if day]
        if not known:
            return None
        last, day = known[-1]
        return day + timedelta(days=self.every_days * (number - last))


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a way, with its window."""

    wave: Wave
    label: str  # T0 … T4, M1, M2 …, S
    anchored_on: date
    opens_on: date
    closes_on: date
    # He had left when it came: he is asked all the same.
    after_leaving: bool

    def standing(self, today: date) -> Standing:
        """Tell whether it is open today."""
        if today < self.opens_on:
            return Standing.COMING
        return Standing.OPEN if today <= self.closes_on else Standing.PAST


def moments(plan: Plan, way: Way) -> tuple[Moment, ...]:
    """Return every moment of a way whose day is known, in order."""
    found = [one for wave in plan.waves for one in _of(wave, way)]
    return tuple(sorted(found, key=lambda one: (one.anchored_on, one.label)))


def her_days(plan: Plan, consented_on: date) -> tuple[tuple[str, date, date], ...]:
    """Return her moments with their windows: from her own consent, and nothing of his."""
    found = []
    for wave in plan.waves:
        if wave.her_day is None:
            continue
        for n in range(wave.times if wave.every_days else 1):
            on = consented_on + timedelta(days=wave.her_day + (wave.every_days or 0) * n)
            label = f"{wave.wave}{n + 1}" if wave.every_days else wave.wave
            opens = max(consented_on, on + timedelta(days=wave.opens))
            found.append((label, opens, on + timedelta(days=wave.closes)))
    return tuple(found)


def _of(wave: Wave, way: Way) -> Iterator[Moment]:
    days = [day for anchor in wave.anchors if (day := _day(anchor, way)) is not None]
    if not days:
        return
    for n in range(wave.times if wave.every_days else 1):
        on = min(days) + timedelta(days=(wave.every_days or 0) * n)
        yield Moment(
            wave=wave,
            label=f"{wave.wave}{n + 1}" if wave.every_days else wave.wave,
            anchored_on=on,
            opens_on=on + timedelta(days=wave.opens),
            closes_on=on + timedelta(days=wave.closes),
            after_leaving=way.left_on is not None and way.left_on < on,
        )


def _day(anchor: Anchor, way: Way) -> date | None:
    if anchor.exit:
        found = way.left_on if _left_early(way) else None
    elif anchor.session is not None:
        found = way.day_of(anchor.session)
    else:
        half = -(-way.planned // 2)
        found = way.day_of(half if anchor.part == "half" else way.planned)
    return found + timedelta(days=anchor.days) if found else None


def _left_early(way: Way) -> bool:
    end = way.day_of(way.planned)
    return way.left_on is not None and (end is None or way.left_on < end)
