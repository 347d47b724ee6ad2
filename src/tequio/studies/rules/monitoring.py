"""From sums by day to shares with limits, month by month; and what is too small to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from evidencia.watching import Watched, alike, watch

# How alike men of one group are assumed to be (the usual range in groups is 0.01 to 0.1).
ICC: Final = 0.05
# Who may not see men sees no share of fewer than these.
FEWEST: Final = 5
# A limit wider than this tells nothing that helps to decide.
WIDE: Final = 0.5


class Counted(Protocol):
    """A sum of one group on one day."""

    @property
    def group(self) -> UUID: ...
    @property
    def on(self) -> date: ...
    @property
    def yes(self) -> int: ...
    @property
    def asked(self) -> int: ...
    @property
    def missing(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Look:
    """What was added until a month, since the look before."""

    month: date
    yes: int = 0
    asked: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One place of one measure: its looks, or that it may not be shown."""

    name: str
    looks: tuple[Look, ...] = ()
    watched: Watched | None = None
    withheld: bool = False

    @property
    def wide(self) -> bool:
        """Whether the limits are too far apart to help."""
        found = self.watched
        return found is not None and float(found.high[-1] - found.low[-1]) > WIDE

    @property
    def since(self) -> date | None:
        """Return the month in which the limits left what was assumed."""
        found = self.watched
        if found is None or found.since is None:
            return None
        return self.looks[found.since].month


def months(first: date, last: date) -> Iterator[date]:
    """Return the first day of each month from one to another."""
    at = first.replace(day=1)
    while at <= last:
        yield at
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)


def by_month(found: Iterable[Counted], first: date, last: date) -> tuple[Look, ...]:
    """Add up what happened from one day to another, month by month; empty months stay."""
    sums = {month: [0, 0, 0] for month in months(first, last)}
    for one in found:
        if first <= one.on <= last:
            cell = sums[one.on.replace(day=1)]
            for at, n in enumerate((one.yes, one.asked, one.missing)):
                cell[at] += n
    return tuple(Look(month, *cell) for month, cell in sums.items())


def merged(looks: Sequence[Look], fewest: int) -> tuple[Look, ...]:
    """Join months until each look adds nobody or enough; what is left over waits for more.

    Two looks whose difference is one man would tell of that man.
    """
    found: list[Look] = []
    waiting = Look(date.min)
    for look in looks:
        waiting = Look(
            look.month,
            waiting.yes + look.yes,
            waiting.asked + look.asked,
            waiting.missing + look.missing,
        )
        if waiting.asked == 0 or waiting.asked >= fewest:
            found.append(waiting)
            waiting = Look(date.min)
    return tuple(found)


def panels(
    names: Sequence[tuple[str, Sequence[Counted]]],
    *,
    whole: str,
    first: date,
    last: date,
    percent: int | None,
    fewest: int,
) -> tuple[Panel, ...]:
    """Watch each place and, where there are several, all of them together.

    Parameters
    ----------
    names
        Each place with its sums.
    whole
        How all of them together are called.
    percent
        What was assumed.
    fewest
        Smallest number that may be shown; 1 for who sees men anyway. Where a place is too small,
        the whole is shown only if what is hidden in it is enough.
    """
    sized = [(name, found, _asked(found, first, last)) for name, found in names]
    shown = [(name, found) for name, found, n in sized if n >= fewest]
    hidden = [n for _name, _found, n in sized if 0 < n < fewest]
    rows = list(shown)
    if len(sized) > 1 and (not hidden or sum(hidden) >= fewest):
        rows.insert(0, (whole, [one for _name, found in names for one in found]))
    family = max(len(rows), 1)
    made = [_panel(name, found, first, last, percent, fewest, family) for name, found in rows]
    return (*made, *(Panel(name, withheld=True) for name, _found, n in sized if 0 < n < fewest))


def _asked(found: Sequence[Counted], first: date, last: date) -> int:
    return sum(one.asked for one in found if first <= one.on <= last)


def _panel(
    name: str,
    found: Sequence[Counted],
    first: date,
    last: date,
    percent: int | None,
    fewest: int,
    family: int,
) -> Panel:
    looks = merged(by_month(found, first, last), fewest)
    if not any(look.asked for look in looks):
        return Panel(name)
    sizes: dict[UUID, int] = {}
    for one in found:
        if first <= one.on <= last:
            sizes[one.group] = sizes.get(one.group, 0) + one.asked
    seen = watch(
        [look.yes for look in looks],
        [look.asked for look in looks],
        missing=[look.missing for look in looks],
        target=None if percent is None else percent / 100,
        family=family,
        design_effect=alike(list(sizes.values()), ICC),
    )
    return Panel(name, looks, seen)
