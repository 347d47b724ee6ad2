"""Tonight's guide beside the circle, with its clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles import queries
from tequio.circles.actions import activities
from tequio.circles.models import ActivityStart, Session
from tequio.circles.views import evening
from tequio.circles.views.locked import locked
from tequio.core import ids
from tequio.programmes import queries as programmes
from tequio.programmes.definitions.guides import Activity, Guide


@dataclass(frozen=True, slots=True)
class Step:
    """One activity as the card beside the circle shows it."""

    number: int
    activity: Activity
    state: str  # done, now or next
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """The guide of one session with where the circle is in it."""

    guide: Guide
    steps: tuple[Step, ...]
    event_id: UUID


def beside(session: Session) -> Beside | None:
    """Return the guide of a session, or None where its programme has none."""
    guide = programmes.guide(session.group.edition, session.number_from)
    if guide is None:
        return None
    last = ActivityStart.objects.filter(session=session).order_by("-said_at", "-pk").first()
    at = last.number if last else 0
    steps = [
        Step(
            number,
            activity,
            "done" if number < at else "now" if number == at else "next",
            last.said_at if last and number == at else None,
        )
        for number, activity in enumerate(guide.activities, start=1)
    ]
    return Beside(guide, tuple(steps), ids.new_id())


@in_the_room(when_locked=locked)
@require_POST
def start(request: HttpRequest, session_id: UUID, number: int, event_id: UUID) -> HttpResponse:
    """Begin an activity."""
    tap = evening.tap_of(request, event_id)
    user = signed_in(request)
    activities.start(by=user, session_id=session_id, number=number, tap=tap)
    if not request.headers.get("HX-Request"):
        back = request.headers.get("Referer", "")
        own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back) if own else redirect("circles:session", session_id=session_id)
    session = queries.session(user, session_id)
    context = {"beside": beside(session), "session": session}
    return render(request, "circles/_guide_beside.html", context)
