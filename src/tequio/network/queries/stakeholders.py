"""Reading the network: who is in it, how it stood on a day, and what that says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from tequio.access.models import User
from tequio.core.text import fold
from tequio.letters.rules.services import HOLDS_FOR
from tequio.network.models import Agreement, Commitment, Service, Stakeholder, Tie
from tequio.network.needs import NEEDS
from tequio.network.policies.stakeholders import (
    agreements_visible_to,
    ties_visible_to,
    visible_to,
)
from tequio.network.rules import graph

# What a checked service is for, and when somebody called there.
Checked = tuple[list[str], date | None]


@dataclass(frozen=True, slots=True)
class Network:
    """The network as it stood on a day."""

    on: date
    who: tuple[Stakeholder, ...]
    ties: tuple[Tie, ...]
    measures: graph.Measures
    # For each need how many in the network attend to it, and how many checked services.
    attended: dict[str, tuple[int, int]]

    @property
    def edges(self) -> list[graph.Edge]:
        """The ties as the pure rules take them."""
        return edges(self.ties)

    @property
    def unattended(self) -> list[str]:
        """The needs to which nobody attends."""
        return [need for need, (who, services) in self.attended.items() if not who + services]


def edges(ties: Iterable[Tie]) -> list[graph.Edge]:
    """Return ties as the pure rules take them."""
    return [graph.Edge(tie.source_id, tie.target_id, tie.kind) for tie in ties]


def networks(user: User, *days: date) -> list[Network]:
    """Return the network on each of the days, reading it once."""
    everybody = list(
        visible_to(user)
        .prefetch_related("commitments")
        .order_by("name_key", "pk")
        .defer("telephone")
    )
    ties = list(ties_visible_to(user).filter(observed_on__lte=max(days)))
    services = _services(user, min(days))
    zone = ZoneInfo(user.organisation.timezone)
    return [_on(day, zone, everybody, ties, services) for day in days]


def _on(
    day: date,
    zone: ZoneInfo,
    everybody: list[Stakeholder],
    ties: list[Tie],
    services: list[Checked],
) -> Network:
    seen = {key for tie in ties if tie.observed_on <= day for key in (tie.source_id, tie.target_id)}
    # Somebody was there when they were written down, promised something or were seen with others.
    here = [
        one
        for one in everybody
        if one.added_at.astimezone(zone).date() <= day
        or one.pk in seen
        or any(said.since <= day for said in one.commitments.all())
    ]
    inside = [one for one in here if level_on(one, day) != Commitment.Level.LEFT]
    keys = {one.pk for one in inside}
    holding = [
        tie
        for tie in ties
        if tie.observed_on <= day
        and (tie.ended_on is None or tie.ended_on > day)
        and tie.source_id in keys
        and tie.target_id in keys
    ]
    measures = graph.measure([one.pk for one in inside], edges(holding))
    return Network(day, tuple(inside), tuple(holding), measures, _attended(day, inside, services))


def level_on(one: Stakeholder, day: date) -> str:
    """Return how far somebody went along on a day; the commitments come with the row."""
    said = [commitment.level for commitment in one.commitments.all() if commitment.since <= day]
    return said[-1] if said else ""


def _services(user: User, since: date) -> list[Checked]:
    found = Service.objects.filter(
        organisation=user.organisation_id,
        status=Service.Status.ACTIVE,
        verified_on__gte=since - HOLDS_FOR,
    )
    # Thousands of them: as plain values, no rows are made.
    return list(found.values_list("needs", "verified_on"))


def _attended(
    day: date, who: list[Stakeholder], services: list[Checked]
) -> dict[str, tuple[int, int]]:
    there = Counter(need for one in who for need in one.needs)
    checked = Counter(
        need
        for needs, verified_on in services
        if verified_on is not None and day - HOLDS_FOR <= verified_on <= day
        for need in needs
    )
    return {need: (there[need], checked[need]) for need in NEEDS}


def listed(user: User, words: str = "", kind: str = "") -> list[Stakeholder]:
    """Return who is in the network, by name, with what they promised."""
    found = visible_to(user).prefetch_related("commitments").order_by("name_key", "pk")
    for word in fold(words).split():
        found = found.filter(name_key__contains=word)
    return list(found.filter(kind=kind) if kind else found)


def agreements(user: User) -> list[Agreement]:
    """Return every agreement with whom it was made."""
    return list(agreements_visible_to(user).select_related("stakeholder"))


def everything_of(user: User, stakeholder_id: UUID) -> Stakeholder | None:
    """Return one with what they promised and agreed."""
    said = Commitment.objects.select_related("said_by")
    return (
        visible_to(user)
        .filter(pk=stakeholder_id)
        .prefetch_related(Prefetch("commitments", said), "agreements")
        .first()
    )


def ties_of(user: User, stakeholder_id: UUID) -> list[Tie]:
    """Return the ties of one, those that hold first."""
    found = ties_visible_to(user).filter(Q(source=stakeholder_id) | Q(target=stakeholder_id))
    ties = list(found.select_related("source", "target"))
    return sorted(ties, key=lambda tie: tie.ended_on is not None)
