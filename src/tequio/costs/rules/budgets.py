"""What a planned edition would cost: the model's own numbers times what things cost here.

Nothing is invented: a kind of which the organisation has written nothing has no unit cost, stands
as unknown and is in no sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final, Literal

from evidencia.costing import even_leaving
from tequio.costs.rules.amounts import of_hours
from tequio.costs.rules.results import Money

Driver = Literal["session", "man", "share"]
# By what each kind grows. Overheads are a share of the rest.
DRIVERS: Final[Mapping[str, Driver]] = {
    "venue": "session",
    "transport": "session",
    "supervision": "session",
    "administration": "session",
    "materials": "man",
    "contact": "man",
    "other": "session",
    "start_up": "session",
    "overhead": "share",
}


@dataclass(frozen=True, slots=True)
class Model:
    """What the model of intervention says of one group."""

    sessions: int
    minutes: int
    facilitators: int
    smallest: int
    largest: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned: so many groups, so many men in all, prices so much higher."""

    groups: int
    men: int
    preparation_minutes: int
    # An hour of staff, and what an hour of a volunteer would cost; None where nobody said.
    wage_cents: int | None
    shadow_cents: int | None = None
    # Of those who facilitate each group, how many are volunteers.
    volunteers: int = 0
    # In hundredths of a percent: 450 is 4.5 %.
    rise: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of something cost in the year that is taken as the base."""

    kind: str
    money: Money
    of: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget. `money` is None where nobody knows what it costs here."""

    kind: str
    driver: Driver
    count: int
    unit: Unit | None
    money: Money | None


@dataclass(frozen=True, slots=True)
class Budget:
    """The whole budget."""

    lines: tuple[Line, ...]
    session_minutes: int
    preparation_minutes: int
    sessions: int
    seats: int
    # Of one more man while there is room, and of one more group when there is none.
    one_more: Money
    one_group: Money

    @property
    def money(self) -> Money:
        """The sum of what is known."""
        return sum((line.money for line in self.lines if line.money), Money())

    @property
    def unknown(self) -> tuple[str, ...]:
        """Kinds of which the organisation has written nothing."""
        return tuple(line.kind for line in self.lines if line.money is None)


def budget(model: Model, planned: Planned, units: Mapping[str, Unit]) -> Budget:
    """Work out the budget of a planned edition."""
    sessions = model.sessions * planned.groups
    one_group = _lines(model, planned, units, groups=1, men=0)
    lines = _lines(model, planned, units, groups=planned.groups, men=planned.men)
    room = planned.men < planned.groups * model.largest
    with_one = _lines(model, planned, units, groups=planned.groups, men=planned.men + 1)
    marginal = _less(_sum(with_one), _sum(lines))
    return Budget(
        lines=lines,
        session_minutes=sessions * model.facilitators * model.minutes,
        preparation_minutes=sessions * model.facilitators * planned.preparation_minutes,
        sessions=sessions,
        seats=sessions * model.largest,
        one_more=marginal if room else marginal + _sum(one_group),
        one_group=_sum(one_group),
    )


def _lines(
    model: Model, planned: Planned, units: Mapping[str, Unit], *, groups: int, men: int
) -> tuple[Line, ...]:
    sessions = model.sessions * groups
    made = [
        _hours("session", sessions * model.minutes, model, planned),
        _hours("preparation", sessions * planned.preparation_minutes, model, planned),
    ]
    counts: dict[Driver, int] = {"session": sessions, "man": men}
    for kind, driver in DRIVERS.items():
        if driver != "share":
            made.append(_of_unit(kind, driver, counts[driver], units.get(kind), planned.rise))
    direct = _sum(tuple(made))
    made.append(_overhead(direct, units.get("overhead")))
    return tuple(made)


def _hours(task: str, minutes: int, model: Model, planned: Planned) -> Line:
    """Return the hours of all who facilitate. Wages are this year's: a rise leaves them alone."""
    volunteers = min(planned.volunteers, model.facilitators)
    staff = model.facilitators - volunteers
    count = minutes * model.facilitators
    if (staff and planned.wage_cents is None) or (volunteers and planned.shadow_cents is None):
        return Line(task, "session", count, None, None)
    paid = of_hours(minutes * staff, planned.wage_cents or 0)
    return Line(
        task,
        "session",
        count,
        None,
        Money(paid, of_hours(minutes * volunteers, planned.shadow_cents or 0)),
    )


def _of_unit(kind: str, driver: Driver, count: int, unit: Unit | None, rise: int) -> Line:
    if unit is None or not unit.of:
        return Line(kind, driver, count, None, None)
    factor = Fraction(count, unit.of) * Fraction(10_000 + rise, 10_000)
    money = Money(_rounded(unit.money.paid * factor), _rounded(unit.money.given * factor))
    return Line(kind, driver, count, unit, money)


def _overhead(direct: Money, unit: Unit | None) -> Line:
    """Overheads keep the proportion that they had to all the rest in the base year."""
    if unit is None or not unit.of:
        return Line("overhead", "share", 0, None, None)
    paid = _rounded(Fraction(unit.money.paid * direct.whole, unit.of))
    given = _rounded(Fraction(unit.money.given * direct.whole, unit.of))
    return Line("overhead", "share", direct.whole, unit, Money(paid, given))


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def _sum(lines: Sequence[Line]) -> Money:
    return sum((line.money for line in lines if line.money), Money())


def _less(one: Money, other: Money) -> Money:
    return Money(one.paid - other.paid, one.given - other.given)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the same budget buys if so many of a hundred men come to more than the dose."""

    name: str
    reaching: int
    used: int
    reached: int


def scenario(name: str, reaching: int, model: Model, planned: Planned, percent: int) -> Scenario:
    """Work out seats used and men who reach the dose if they leave at an even pace."""
    needed = percent * model.sessions // 100 + 1
    shares = even_leaving(model.sessions, min(needed, model.sessions), reaching / 100)
    men = min(planned.men, planned.groups * model.largest)
    return Scenario(name, reaching, _half_up(men * sum(shares)), _half_up(men * reaching / 100))


def _half_up(value: float) -> int:
    return int(value + 0.5)


def groups_for(men: int, model: Model) -> int:
    """Return the fewest groups in which so many men fit."""
    return max(1, ceil(men / model.largest))
