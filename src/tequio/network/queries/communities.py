"""Reading the communities: where each stands, what is due in it, and what nobody acted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.core import clock
from tequio.network import definitions
from tequio.network.models import (
    Action,
    Community,
    Finding,
    PhaseReview,
)
from tequio.network.policies.learning import (
    actions_visible_to,
    communities_visible_to,
    findings_visible_to,
)
from tequio.network.queries.counting import counted, number_of
from tequio.network.queries.findings import nobody_acted
from tequio.network.rules import cycle

SOON: Final = timedelta(days=14)
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """A community in the list: its phase and what waits in it."""

    community: Community
    phase: str
    year: int
    late: int
    ignored: int


@dataclass(frozen=True, slots=True)
class Place:
    """One community: its model, its phase, what is due, and what nobody acted on."""

    community: Community
    model: definitions.CommunityModel | None
    phase: definitions.Phase | None
    year: int
    today: date
    due: tuple[Action, ...]
    ignored: tuple[Finding, ...]
    n_ignored: int
    counts: dict[str, int]

    @property
    def is_last(self) -> bool:
        """Whether no phase follows."""
        return self.model is not None and self.phase == self.model.phases[-1]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the phase, with what the system counts of it."""

    criterion: definitions.Criterion
    counted: int | None

    @property
    def short(self) -> bool:
        """Whether the count is not there."""
        return self.counted is not None and self.counted < self.criterion.least


@dataclass(frozen=True, slots=True)
class PhasePage:
    """The phase that a community is in, and what was reviewed so far."""

    community: Community
    model: definitions.CommunityModel | None
    phase: definitions.Phase | None
    following: definitions.Phase | None
    earlier: definitions.Phase | None
    criteria: tuple[Criterion, ...]
    reviews: tuple[PhaseReview, ...]


def one(user: User, community_id: UUID) -> Community:
    """Return a community of the organisation, or the same nothing as for a stranger."""
    return pick(communities_visible_to(user).select_related("organisation"), pk=community_id)


def standings(user: User) -> list[Standing]:
    """Return every community with where it stands."""
    today = clock.today(user.organisation.timezone)
    rows = communities_visible_to(user).annotate(
        late=number_of(open_actions(user).filter(due_on__lt=today), "community"),
        ignored=number_of(nobody_acted(findings_visible_to(user)), "community"),
    )
    return [
        Standing(
            row,
            _name_of(row),
            cycle.year_of(row.started_on, today),
            row.late,
            row.ignored,
        )
        for row in rows.order_by("name_key", "pk")
    ]


def open_actions(user: User) -> QuerySet[Action]:
    """Return what was taken on and is not over."""
    return actions_visible_to(user).filter(state__in=[Action.State.PLANNED, Action.State.STUCK])


def place(user: User, community_id: UUID) -> Place:
    """Return one community as its page shows it."""
    found = one(user, community_id)
    model = definitions.find(found.model_slug, found.model_version)
    today = clock.today(user.organisation.timezone)
    due = open_actions(user).filter(community=found)
    waiting = due.filter(Q(due_on__lte=today + SOON) | Q(state=Action.State.STUCK))
    ignored = list(nobody_acted(findings_visible_to(user)).filter(community=found))
    return Place(
        community=found,
        model=model,
        phase=model.phase(found.phase) if model else None,
        year=cycle.year_of(found.started_on, today),
        today=today,
        due=tuple(waiting[:_SHOWN]),
        ignored=tuple(ignored),
        n_ignored=len(ignored),
        counts=counted(found),
    )


def phase_page(user: User, community_id: UUID) -> PhasePage:
    """Return what must be seen before this phase ends, and the reviews so far."""
    found = one(user, community_id)
    model = definitions.find(found.model_slug, found.model_version)
    phase = model.phase(found.phase) if model else None
    numbers = counted(found)
    there = model is not None and phase is not None
    return PhasePage(
        community=found,
        model=model,
        phase=phase,
        following=cycle.phase_after(model, found.phase) if there and model else None,
        earlier=cycle.phase_before(model, found.phase) if there and model else None,
        criteria=tuple(
            Criterion(one, numbers.get(one.counts) if one.counts else None)
            for one in (phase.before_leaving if phase else ())
        ),
        reviews=tuple(found.reviews.order_by("-on", "-written_at", "-pk")),
    )


def _name_of(row: Community) -> str:
    model = definitions.find(row.model_slug, row.model_version)
    phase = model.phase(row.phase) if model else None
    return phase.name.value if phase else row.phase
