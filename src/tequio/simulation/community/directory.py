"""The directory of the demonstration is cared for: somebody calls again, and says what failed."""

from __future__ import annotations

from datetime import date
from typing import Final

from tequio.access.models import User
from tequio.network.actions import services
from tequio.network.models import Service
from tequio.network.policies.services import visible_to

# A call every twenty weeks keeps a service within its half year.
_EVERY: Final = 20
_FAILS: Final = {33: "no_answer", 71: "cost", 150: "no_answer"}


def keep(by: User, week: int, on: date, *, first: int) -> None:
    """Call every service when it is time; now and then one does not answer."""
    if week > first and (week - first) % _EVERY == 0:
        for one in visible_to(by).filter(status=Service.Status.ACTIVE).exclude(needs=[]):
            services.verify(by=by, service_id=one.pk)
    what = _FAILS.get(week)
    failing = visible_to(by).order_by("search", "pk").first() if what else None
    if what and failing is not None:
        services.report(by=by, service_id=failing.pk, what=what, on=on)
