"""A budget worked by hand: the model's numbers times what things cost here."""

from __future__ import annotations

import pytest

from tequio.costs.rules.budgets import Model, Planned, Unit, budget, scenario
from tequio.costs.rules.results import Money

TWELVE = Model(sessions=12, minutes=90, facilitators=2, smallest=6, largest=12)
UNITS = {
    "venue": Unit("venue", Money(6_000_00, 3_000_00), 30),
    "materials": Unit("materials", Money(2_000_00), 20),
    "contact": Unit("contact", Money(10_000_00), 20),
    # A fifth of all the rest.
    "overhead": Unit("overhead", Money(5_000_00), 25_000_00),
}


def planned(**changed: int) -> Planned:
    values = {"groups": 2, "men": 20, "preparation_minutes": 30, "wage_cents": 120_00}
    return Planned(**(values | changed))  # type: ignore[arg-type]


def test_a_budget_is_what_the_hand_works_out() -> None:
    made = budget(TWELVE, planned(), UNITS)
    money = {line.kind: line.money for line in made.lines if line.money}
    # 24 meetings × 2 people × 1.5 hours × 120 pesos; and half an hour to prepare each.
    assert money["session"] == Money(8_640_00)
    assert money["preparation"] == Money(2_880_00)
    assert money["venue"] == Money(4_800_00, 2_400_00)
    assert money["materials"] == Money(2_000_00)
    assert money["contact"] == Money(10_000_00)
    # (8,640 + 2,880 + 7,200 + 2,000 + 10,000) / 5
    assert money["overhead"] == Money(6_144_00)
    assert made.money.whole == 36_864_00
    assert (made.sessions, made.seats) == (24, 288)


def test_what_was_never_written_is_unknown_and_never_zero() -> None:
    made = budget(TWELVE, planned(), UNITS)
    assert "transport" in made.unknown
    assert next(line for line in made.lines if line.kind == "transport").money is None
    without = budget(TWELVE, planned(wage_cents=None), {})  # type: ignore[arg-type]
    assert {"session", "preparation"} <= set(without.unknown)
    assert without.money == Money()


def test_one_more_man_costs_his_own_while_there_is_room_and_a_group_when_there_is_none() -> None:
    made = budget(TWELVE, planned(), UNITS)
    # 100 of materials and 500 of contact, and a fifth of it.
    assert made.one_more == Money(720_00)
    full = budget(TWELVE, planned(men=24), UNITS)
    assert full.one_more == made.one_more + made.one_group
    assert made.one_group.whole > 10_000_00


def test_volunteers_are_given_and_not_paid() -> None:
    made = budget(TWELVE, planned(volunteers=1, shadow_cents=40_00), {})
    assert made.money == Money((8_640_00 + 2_880_00) // 2, (36 + 12) * 40_00)


def test_prices_rise_only_by_what_was_said_and_wages_do_not() -> None:
    before, after = (budget(TWELVE, planned(rise=rise), UNITS) for rise in (0, 450))
    assert after.lines[0] == before.lines[0]
    assert after.lines[2].money == Money(5_016_00, 2_508_00)


@pytest.mark.parametrize("reaching", [5, 62, 100])
def test_a_scenario_changes_seats_and_never_the_cost(reaching: int) -> None:
    found = scenario("x", reaching, TWELVE, planned(), 75)
    assert found.reached == round(20 * reaching / 100)
    assert 20 * 12 * reaching / 100 <= found.used <= 240
