"""The men whose way began in the period: how far each had come when it ended. No name is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from tequio.care.models import Diagnosis
from tequio.circles.models import Attendance, Membership, Session
from tequio.circles.rules import PRESENT_CODES
from tequio.people.models import Consent, Intake
from tequio.programmes.models import Enrolment, EnrolmentStep
from tequio.programmes.states import State
from tequio.reports.accounts.counting.scope import Scope

OUT: Final = (State.WITHDRAWN, State.EXCLUDED, State.REFERRED)


@dataclass(slots=True)
class Way:
    """One man's way through one edition, as far as it was known on the last day."""

    participant_id: UUID
    edition_id: UUID
    planned: int
    began_on: date
    states: list[str] = field(default_factory=list)
    reason: str = ""
    attended: int = 0
    diagnosed: bool = False
    route: str = ""

    @property
    def state(self) -> str:
        """Where he stood when the period ended."""
        return self.states[-1]

    @property
    def had_a_seat(self) -> bool:
        """Whether he ever had a place in a group."""
        return State.IN_GROUP in self.states

    @property
    def accepted(self) -> bool:
        """Whether he was accepted, or stood in a group already."""
        return State.ACCEPTED in self.states or self.had_a_seat

    @property
    def started(self) -> bool:
        """Whether he came at least once."""
        return self.attended > 0

    @property
    def half(self) -> bool:
        """Whether he came to half of the sessions that the programme plans."""
        return self.started and 2 * self.attended >= self.planned

    @property
    def ended(self) -> bool:
        """Whether he reached the end of the cycle, with whatever dose."""
        return State.COMPLETED in self.states or State.MAINTENANCE in self.states


def ways(scope: Scope) -> tuple[Way, ...]:
    """Return the ways that began in the period: four questions, whatever their number."""
    began = _began(scope)
    steps = (
        EnrolmentStep.objects.filter(
            enrolment__in=began.values("pk"), happened_on__lte=scope.period.last_on
        )
        .order_by("enrolment_id", "position")
        .values_list(
            "enrolment_id",
            "enrolment__participant_id",
            "enrolment__edition_id",
            "enrolment__edition__sessions_planned",
            "happened_on",
            "to_state",
            "reason",
        )
    )
    found: dict[UUID, Way] = {}
    for key, man, edition, planned, on, state, reason in steps:
        way = found.setdefault(key, Way(man, edition, planned, on))
        way.states.append(state)
        way.reason = reason
    _attended(scope, found.values(), began)
    _known(scope, found.values(), began)
    return tuple(found.values())


def _began(scope: Scope) -> QuerySet[Enrolment]:
    """Return the ways whose first step was in the period."""
    return of_scope(scope).filter(
        pk__in=EnrolmentStep.objects.filter(
            enrolment__organisation=scope.organisation_id,
            position=1,
            happened_on__range=(scope.period.first_on, scope.period.last_on),
        ).values("enrolment")
    )


def of_scope(scope: Scope) -> QuerySet[Enrolment]:
    """Return the ways of the organisation; of a site, of whom wanted it or came to it."""
    found = Enrolment.objects.filter(organisation=scope.organisation_id)
    if scope.site is None:
        return found
    seats = Membership.objects.filter(
        participant=OuterRef("participant"),
        group__edition=OuterRef("edition"),
        group__site=scope.site,
        visit=False,
    )
    return found.filter(Q(site=scope.site) | Exists(seats))


def _attended(scope: Scope, found: Iterable[Way], began: QuerySet[Enrolment]) -> None:
    rows = (
        Attendance.objects.filter(
            membership__participant__in=began.values("participant"),
            session__state=Session.State.HELD,
            session__planned_on__lte=scope.period.last_on,
            status__in=PRESENT_CODES,
        )
        .values("membership__participant_id", "session__group__edition_id")
        .annotate(n=Sum(F("session__number_to") - F("session__number_from") + 1))
        .values_list("membership__participant_id", "session__group__edition_id", "n")
    )
    came = {(man, edition): n for man, edition, n in rows.order_by()}
    for way in found:
        way.attended = came.get((way.participant_id, way.edition_id), 0)


def _known(scope: Scope, found: Iterable[Way], began: QuerySet[Enrolment]) -> None:
    men = began.values("participant")
    diagnosed = set(
        Diagnosis.objects.filter(
            participant__in=men, state=Diagnosis.State.DONE, finished_at__lt=scope.after
        ).values_list("participant_id", flat=True)
    )
    intakes = Intake.objects.filter(
        participant__in=men, state=Intake.State.DONE, finished_at__lt=scope.after
    ).order_by("finished_at", "pk")
    routes = dict(intakes.values_list("participant_id", "route"))
    for way in found:
        way.diagnosed = way.participant_id in diagnosed
        way.route = routes.get(way.participant_id, "")


def agreed(men: Iterable[UUID]) -> frozenset[UUID]:
    """Return whose last word was that what he answered may be used, without his name."""
    last: dict[UUID, str] = {}
    rows = Consent.objects.filter(participant__in=list(men), purpose="evaluation").order_by("turn")
    for man, decision in rows.values_list("participant_id", "decision"):
        last[man] = decision
    return frozenset(man for man, word in last.items() if word == Consent.Decision.GIVEN)


def by_state(found: Iterable[Way]) -> dict[str, int]:
    """Count the ways by where they stood when the period ended."""
    counts: dict[str, int] = defaultdict(int)
    for way in found:
        counts[way.state] += 1
    return dict(counts)
