"""Reading demands, assemblies, actions and committees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, Sum

from tequio.access.models import User
from tequio.access.policies import pick
from tequio.network.models import (
    Action,
    Assembly,
    Committee,
    Community,
    Demand,
    Meeting,
    Member,
    Money,
    Vote,
)
from tequio.network.policies.learning import (
    actions_visible_to,
    assemblies_visible_to,
    committees_visible_to,
    demands_visible_to,
)
from tequio.network.queries.counting import number_of


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A demand with the place that the last assembly gave it, and what is done about it."""

    demand: Demand
    place: int | None
    n_actions: int
    n_done: int


@dataclass(frozen=True, slots=True)
class Book:
    """The money of a committee: each line with what there is after it."""

    lines: tuple[tuple[Money, int], ...]
    received: int
    spent: int

    @property
    def left(self) -> int:
        """What there is, in centavos."""
        return self.received - self.spent

    @property
    def without_receipt(self) -> int:
        """How much was spent without a paper that shows it, in centavos."""
        return sum(
            line.cents for line, _left in self.lines if line.way == "spent" and not line.receipt
        )


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """A committee: who is in it, when it met and what it agreed, and its money."""

    committee: Committee
    members: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    actions: tuple[Action, ...]
    book: Book


def last_assembly(user: User, community: Community) -> Assembly | None:
    """Return the last assembly whose minutes are closed."""
    closed = assemblies_visible_to(user).filter(community=community, closed_at__isnull=False)
    return closed.order_by("-held_on", "-closed_at", "-pk").first()


def demands(user: User, community: Community) -> list[DemandLine]:
    """Return the demands, those that go first before the others."""
    last = last_assembly(user, community)
    places = dict(Vote.objects.filter(assembly=last).values_list("demand", "place")) if last else {}
    rows = demands_visible_to(user).filter(community=community)
    found = [
        DemandLine(row, places.get(row.pk), row.n_actions, row.n_done)
        for row in rows.annotate(
            n_actions=number_of(Action.objects.exclude(state="dropped"), "demand"),
            n_done=number_of(Action.objects.filter(state="done"), "demand"),
        )
    ]
    return sorted(found, key=lambda line: (line.place or 10_000, line.demand.voiced_on))


def assemblies(user: User, community: Community) -> list[Assembly]:
    """Return the assemblies, the newest first."""
    return list(assemblies_visible_to(user).filter(community=community))


def assembly(user: User, assembly_id: UUID) -> Assembly:
    """Return one assembly with its community and its votes."""
    rows = assemblies_visible_to(user).select_related("community")
    votes = Prefetch("votes", Vote.objects.select_related("demand"))
    return pick(rows.prefetch_related(votes), pk=assembly_id)


def votable(user: User, community: Community) -> list[Demand]:
    """Return the demands that an assembly may choose among."""
    return list(demands_visible_to(user).filter(community=community))


def actions(user: User, community: Community) -> QuerySet[Action]:
    """Return what was taken on in a community, by day."""
    return actions_visible_to(user).filter(community=community).select_related("demand")


def action(user: User, action_id: UUID) -> Action:
    """Return one action with where it comes from and what happened with it."""
    rows = actions_visible_to(user).select_related("community", "demand", "committee")
    return pick(rows.prefetch_related("steps"), pk=action_id)


def committees(user: User, community: Community) -> list[Committee]:
    """Return the committees of a community with how often they met."""
    rows = committees_visible_to(user).filter(community=community)
    return list(rows.annotate(n_meetings=number_of(Meeting.objects.all(), "committee")))


def committee_page(user: User, committee_id: UUID) -> CommitteePage:
    """Return one committee with everything of it."""
    rows = committees_visible_to(user).select_related("community")
    found = pick(rows, pk=committee_id)
    return CommitteePage(
        committee=found,
        members=tuple(found.members.all()),
        meetings=tuple(found.meetings.all()),
        actions=tuple(actions_visible_to(user).filter(committee=found)),
        book=_book(list(found.money.all())),
    )


def _book(lines: list[Money]) -> Book:
    left, found = 0, []
    for line in lines:
        left += line.cents if line.way == Money.Way.RECEIVED else -line.cents
        found.append((line, left))
    received = sum(line.cents for line in lines if line.way == Money.Way.RECEIVED)
    return Book(tuple(found), received, received - left)


def late(action: Action, today: date) -> bool:
    """Whether its day has passed and it is not over."""
    return action.finished_on is None and action.due_on < today


def left_of(committee: Committee) -> int:
    """Return how many centavos the book of a committee holds."""
    came = Sum("cents", filter=Q(way=Money.Way.RECEIVED), default=0)
    went = Sum("cents", filter=Q(way=Money.Way.SPENT), default=0)
    totals = Money.objects.filter(committee=committee).aggregate(came=came, went=went)
    return int(totals["came"]) - int(totals["went"])
