"""Hours that the calendar knows already: held meetings, who facilitates, how long, how prepared."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum

from tequio.access.models import User
from tequio.costs.policies.books import entries_visible_to, groups_costed_by, terms_visible_to

_TASKS = ("session", "preparation")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One group's hours of a year that nobody confirmed yet."""

    group: UUID
    name: str
    site: str
    sessions: int
    facilitators: int
    minutes_each: int
    session_minutes: int
    preparation_minutes: int
    confirmed_minutes: int


def proposals(user: User, year: int) -> list[Proposal]:
    """Return what is left to confirm, group by group; what was confirmed is taken off."""
    terms = terms_visible_to(user).filter(year=year).first()
    preparation = terms.preparation_minutes if terms else 0
    confirmed = _confirmed(user, year)
    met = groups_costed_by(user).filter(sessions__state="held", sessions__planned_on__year=year)
    groups = met.annotate(held=Count("sessions")).select_related("site", "edition")
    found = []
    for group in groups.prefetch_related("facilitators").order_by("name", "pk"):
        people = max(len(group.facilitators.all()), 1)
        session_done, prepared_done = (confirmed.get((group.pk, task), 0) for task in _TASKS)
        session = group.held * people * group.edition.minutes - session_done
        prepared = group.held * people * preparation - prepared_done
        if session > 0 or prepared > 0:
            found.append(
                Proposal(
                    group=group.pk,
                    name=group.name,
                    site=group.site.name,
                    sessions=group.held,
                    facilitators=people,
                    minutes_each=group.edition.minutes,
                    session_minutes=max(session, 0),
                    preparation_minutes=max(prepared, 0),
                    confirmed_minutes=session_done + prepared_done,
                )
            )
    return found


def _confirmed(user: User, year: int) -> dict[tuple[UUID, str], int]:
    rows = entries_visible_to(user).filter(
        year=year, voided_at__isnull=True, group__isnull=False, task__in=_TASKS
    )
    sums = rows.order_by().values_list("group", "task").annotate(n=Sum("minutes"))
    return {(group, task): n for group, task, n in sums}
