"""Money is shared to the cent, and nothing is counted twice, whatever is shared among whom."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.costs.rules import amounts
from tequio.costs.rules.results import COMMON, by_group, by_kind, total
from tequio.costs.rules.sharing import Cost, Place, Scope, bundle, share, split, within

SITES = [UUID(int=n) for n in (1, 2)]
EDITIONS = [UUID(int=n) for n in (11, 12)]
GROUPS = [UUID(int=n) for n in range(21, 27)]
cents = st.integers(0, 10**9)


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    """Up to six groups, each at a site and in an edition; some did not meet."""
    return [
        Place(
            group,
            draw(st.sampled_from(SITES)),
            draw(st.sampled_from(EDITIONS)),
            weight=draw(st.integers(0, 40)),
            met=draw(st.booleans()),
        )
        for group in GROUPS[: draw(st.integers(0, 6))]
    ]


@st.composite
def costs(draw: st.DrawFn) -> list[Cost]:
    """Costs of anything: all, a site, an edition, a group, also one that is not there."""
    where = st.one_of(
        st.just({}),
        st.builds(lambda key: {"site": key}, st.sampled_from(SITES)),
        st.builds(lambda key: {"edition": key}, st.sampled_from(EDITIONS)),
        st.builds(lambda key: {"group": key}, st.sampled_from(GROUPS)),
    )
    kinds = st.sampled_from(["venue", "staff", "volunteer"])
    one = st.builds(
        lambda kind, paid, n, to: Cost(kind, paid, n, **to), kinds, st.booleans(), cents, where
    )
    return draw(st.lists(one, max_size=12))


@settings(max_examples=40)
@given(cents, st.lists(st.integers(0, 1_000), min_size=1, max_size=20))
def test_a_sum_is_split_to_the_cent_and_nearly_by_its_weights(n: int, weights: list[int]) -> None:
    parts = split(n, weights)
    assert sum(parts) == n
    whole = sum(weights)
    if whole:
        exact = [n * weight / whole for weight in weights]
        assert all(abs(part - right) < 1 for part, right in zip(parts, exact, strict=True))
        assert all(part == 0 for part, w in zip(parts, weights, strict=True) if w == 0)


@settings(max_examples=40)
@given(costs(), places())
def test_what_groups_carry_and_what_nobody_could_is_all_that_was_written(
    found: list[Cost], there: list[Place]
) -> None:
    shares = share(found, there)
    assert sum(one.cents for one in shares) == sum(one.cents for one in found)
    lines, nobody = by_group(shares, there)
    carried = sum((line.own + line.common).whole for line in lines) + nobody.whole
    assert carried == total(shares).whole
    # Who did not meet carries nothing that is not his own.
    idle = {place.group for place in there if not place.met}
    assert all(one.cost.group == one.group for one in shares if one.group in idle)


@settings(max_examples=40)
@given(costs(), places())
def test_groups_of_a_site_add_up_to_it_and_no_cent_is_in_two_sites(
    found: list[Cost], there: list[Place]
) -> None:
    shares, known = share(found, there), {place.group: place for place in there}
    for name, keys in (("site", SITES), ("edition", EDITIONS)):
        parts = [within(shares, Scope(2026, **{name: key}), known) for key in keys]
        of_groups = sum(one.cents for part in parts for one in part if one.group is not None)
        assert of_groups == sum(one.cents for one in shares if one.group is not None)
        for key, part in zip(keys, parts, strict=True):
            mine = [g for g in known if getattr(known[g], name) == key]
            alone = [within(shares, Scope(2026, group=g), known) for g in mine]
            bare = sum(one.cents for one in part if one.group is None)
            assert sum(one.cents for each in alone for one in each) + bare == total(part).whole


@settings(max_examples=30)
@given(cents, st.integers(1, 20))
def test_an_outlay_over_its_years_is_the_outlay(n: int, years: int) -> None:
    parts = [amounts.in_year(n, first=2026, years=years, year=year) for year in range(2020, 2050)]
    assert sum(parts) == n
    assert max(amounts.yearly(n, years)) - min(amounts.yearly(n, years)) <= 1


def test_alike_costs_are_added_up_before_they_are_shared() -> None:
    assert bundle([Cost("venue", True, 1), Cost("venue", True, 2), Cost("venue", False, 4)]) == (
        Cost("venue", True, 3),
        Cost("venue", False, 4),
    )


def test_what_comes_from_outside_of_a_group_is_not_told_apart_there() -> None:
    here = Place(GROUPS[0], SITES[0], EDITIONS[0])
    contact = Cost("staff", True, 900, task="contact")
    own = Cost("venue", True, 100, group=here.group)
    known = {here.group: here}
    shares = share([contact, own], [here])
    kinds = by_kind(
        within(shares, Scope(2026, group=here.group), known), Scope(2026, group=here.group), known
    )
    assert {kind: money.whole for kind, money in kinds.items()} == {COMMON: 900, "venue": 100}
    assert "staff" in by_kind(shares, Scope(2026), known)


@pytest.mark.parametrize(
    ("minutes", "rate", "cents"), [(60, 120_00, 120_00), (1, 100, 2), (90, 33_33, 50_00)]
)
def test_hours_cost_what_they_cost_half_a_cent_up(minutes: int, rate: int, cents: int) -> None:
    assert amounts.of_hours(minutes, rate) == cents


def test_a_share_and_an_exchange_are_rounded_once() -> None:
    assert amounts.in_book(100_00, percent=30) == 30_00
    assert amounts.in_book(10_00, exchange=Decimal("18.355")) == 183_55
    assert amounts.in_book(1, percent=50) == 1
    assert amounts.each(100, 3) == 33
    assert amounts.each(100, 0) is None
