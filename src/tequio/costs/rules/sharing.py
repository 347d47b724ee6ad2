"""Who carries what: common costs shared among the groups of a year, so that nothing is lost.

A cost belongs to a group, or is shared among the groups that met at its site, in its edition, or in
the organisation. What no group can carry (none met that year) stays where it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Cost:
    """Cents of one kind, for a group, a site, an edition, or (with none of them) for all."""

    kind: str
    paid: bool
    cents: int
    task: str = ""
    site: UUID | None = None
    edition: UUID | None = None
    group: UUID | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A group, where it belongs, whether it met in the year, and its weight in the common."""

    group: UUID
    site: UUID
    edition: UUID
    weight: int = 1
    met: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a cost, and the group that carries it; None where no group could."""

    cost: Cost
    group: UUID | None
    cents: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what: the whole organisation in a year, or one site, edition or group of it."""

    year: int
    site: UUID | None = None
    edition: UUID | None = None
    group: UUID | None = None

    @property
    def whole(self) -> bool:
        """Whether it is the whole organisation."""
        return self.site is None and self.edition is None and self.group is None

    def holds(self, place: Place) -> bool:
        """Tell whether a group belongs to it."""
        return (
            self.site in (None, place.site)
            and self.edition in (None, place.edition)
            and self.group in (None, place.group)
        )


def split(cents: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share cents by weights, exactly: cents that are left go to the largest remainders.

    Where all weights are zero everybody carries the same.
    """
    if not weights:
        raise ValueError("Nothing is shared among nobody.")
    if not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    parts = [divmod(cents * weight, total) for weight in weights]
    left = cents - sum(whole for whole, _rest in parts)
    # Among equal remainders the first gets the cent, so that it is the same each time.
    order = sorted(range(len(parts)), key=lambda n: -parts[n][1])
    more = set(order[:left])
    return tuple(whole + (n in more) for n, (whole, _rest) in enumerate(parts))


def bundle(costs: Iterable[Cost]) -> tuple[Cost, ...]:
    """Add up what is alike, so that a thousand lines are shared as a few."""
    sums: dict[Cost, int] = {}
    for cost in costs:
        key = replace(cost, cents=0)
        sums[key] = sums.get(key, 0) + cost.cents
    return tuple(replace(key, cents=cents) for key, cents in sums.items())


def share(costs: Iterable[Cost], places: Sequence[Place]) -> tuple[Share, ...]:
    """Give every cent to one group, or to none: the sum of the shares is the sum of the costs."""
    there = {place.group for place in places}
    found: list[Share] = []
    for cost in bundle(costs):
        if cost.group is not None:
            found.append(Share(cost, cost.group if cost.group in there else None, cost.cents))
            continue
        scope = Scope(0, site=cost.site, edition=cost.edition)
        carriers = [place for place in places if place.met and scope.holds(place)]
        if not carriers:
            found.append(Share(cost, None, cost.cents))
            continue
        parts = split(cost.cents, [place.weight for place in carriers])
        found += [Share(cost, p.group, part) for p, part in zip(carriers, parts, strict=True)]
    return tuple(found)


def within(
    shares: Iterable[Share], scope: Scope, places: Mapping[UUID, Place]
) -> tuple[Share, ...]:
    """Return the shares that a scope carries: of its groups, and of itself where none could."""
    if scope.whole:
        return tuple(shares)
    return tuple(one for one in shares if _carried(one, scope, places))


def _carried(one: Share, scope: Scope, places: Mapping[UUID, Place]) -> bool:
    if one.group is not None:
        return scope.holds(places[one.group])
    return is_own(one.cost, scope, places)


def is_own(cost: Cost, scope: Scope, places: Mapping[UUID, Place]) -> bool:
    """Tell whether a cost was written for this scope itself or for something inside of it."""
    if scope.whole:
        return True
    if cost.group is not None:
        known = places.get(cost.group)
        return known is not None and scope.holds(known)
    if scope.site is not None:
        return cost.site == scope.site
    return scope.edition is not None and cost.edition == scope.edition
