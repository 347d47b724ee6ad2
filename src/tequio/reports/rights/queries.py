"""Requests with their days, and what was erased."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tequio.access.models import User
from tequio.core import clock
from tequio.core.workdays import business_days_left, public_holidays
from tequio.reports.models import RightsRequest
from tequio.reports.rights import rules
from tequio.reports.rights.policies import requests_visible_to

_GRANTED = (RightsRequest.Decision.GRANTED, RightsRequest.Decision.PARTLY)


@dataclass(frozen=True, slots=True)
class Line:
    """One request, what has to be done next, and by when."""

    request: RightsRequest
    stands: rules.Stands
    due_on: date | None
    # Business days left; negative once it is late, None where nothing waits.
    left: int | None

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.left is not None and self.left < 0


def lines(user: User) -> list[Line]:
    """Return every request, what waits before what is done, the nearest day first."""
    today = clock.today(user.organisation.timezone)
    found = list(requests_visible_to(user).select_related("participant"))
    off = _off({one.received_on.year for one in found} | {today.year})
    made = [_line(one, today, off) for one in found]
    return sorted(made, key=lambda line: (line.due_on is None, line.due_on or date.max))


def line_of(user: User, request: RightsRequest) -> Line:
    """Return one request with its days."""
    today = clock.today(user.organisation.timezone)
    return _line(request, today, _off({request.received_on.year, today.year}))


def _line(request: RightsRequest, today: date, off: Collection[date]) -> Line:
    known = facts(request)
    due = rules.due_on(known, off)
    left = None if due is None else business_days_left(today, due, off)
    return Line(request, rules.stands(known), due, left)


def facts(request: RightsRequest) -> rules.Request:
    """Return what the days are counted from."""
    return rules.Request(
        received_on=request.received_on,
        identified=bool(request.identity),
        extended=request.extended_on is not None,
        answered_on=request.answered_on,
        granted=request.decision in _GRANTED,
        carried_on=request.carried_on,
    )


def _off(years: Collection[int]) -> frozenset[date]:
    wanted = {year + more for year in years for more in (0, 1)}
    return public_holidays(wanted)
