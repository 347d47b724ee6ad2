"""From shares and counts to what is said: what was paid, what all of it was worth, among whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tequio.costs.rules.amounts import each
from tequio.costs.rules.sharing import Place, Scope, Share, is_own

# Shared from outside of a scope: its kinds are not told apart there, so that nobody takes a share
# of the contact with partners for contact that there was.
COMMON = "common"


@dataclass(frozen=True, slots=True)
class Money:
    """What was paid (financial), and what was given and would have cost (only economic)."""

    paid: int = 0
    given: int = 0

    @property
    def whole(self) -> int:
        """The economic cost: paid and given."""
        return self.paid + self.given

    def __add__(self, other: Money) -> Money:
        return Money(self.paid + other.paid, self.given + other.given)


@dataclass(frozen=True, slots=True)
class Per:
    """Money among so many; of `missing` nobody knows whether they belong to them."""

    money: Money
    of: int
    missing: int = 0

    @property
    def paid(self) -> int | None:
        """Paid for each, to the cent; None among nobody."""
        return each(self.money.paid, self.of)

    @property
    def whole(self) -> int | None:
        """Economic cost of each, to the cent; None among nobody."""
        return each(self.money.whole, self.of)


def total(shares: Iterable[Share]) -> Money:
    """Add shares up."""
    paid = given = 0
    for one in shares:
        if one.cost.paid:
            paid += one.cents
        else:
            given += one.cents
    return Money(paid, given)


def by_kind(
    shares: Sequence[Share], scope: Scope, places: Mapping[UUID, Place]
) -> dict[str, Money]:
    """Return the money of each kind; what comes from outside of the scope stands as common."""
    found: dict[str, Money] = {}
    for one in shares:
        kind = one.cost.kind if is_own(one.cost, scope, places) else COMMON
        found[kind] = found.get(kind, Money()) + total((one,))
    return found


@dataclass(frozen=True, slots=True)
class Carried:
    """What one group carries: its own, its share of the common, and by what weight."""

    group: UUID
    own: Money
    common: Money
    weight: int


def by_group(shares: Sequence[Share], places: Sequence[Place]) -> tuple[list[Carried], Money]:
    """Return what each group carries, and what no group could."""
    own: dict[UUID, Money] = {}
    common: dict[UUID, Money] = {}
    nobody: list[Share] = []
    for one in shares:
        if one.group is None:
            nobody.append(one)
            continue
        side = own if one.cost.group is not None else common
        side[one.group] = side.get(one.group, Money()) + total((one,))
    lines = [
        Carried(
            place.group,
            own.get(place.group, Money()),
            common.get(place.group, Money()),
            place.weight if place.met else 0,
        )
        for place in places
        if place.met or place.group in own
    ]
    return lines, total(nobody)
