"""What a screen shows that nobody touched for five minutes: aliases, and a place for the PIN."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tequio.access.queries import has_pin
from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles import queries
from tequio.circles.models import Session
from tequio.circles.views import evening
from tequio.core import clock
from tequio.ui import circle as drawing


def locked(request: HttpRequest, session_id: UUID, **_holds: object) -> HttpResponse:
    """Show the circle by alias, without a link, a name or anything that was said."""
    user = signed_in(request)
    session = queries.session(user, session_id)
    today = clock.today(session.group.site.timezone)
    circle = queries.circle(user, session, today=today)
    facilitators = evening.facilitator_seats(session)
    letters = drawing.short_names([seat.alias for seat in circle.seats])
    seats = [
        drawing.Seat(
            id=str(seat.membership_id),
            label=seat.alias,
            short=short,
            state=drawing.SeatState(seat.status),
        )
        for seat, short in zip(circle.seats, letters, strict=True)
    ]
    context = {
        "session": session,
        "group": session.group,
        "circle": _drawn(session, seats, facilitators, circle.counts.came),
        "draws_circle": 0 < len(seats) <= evening.LARGEST_CIRCLE,
        "has_pin": has_pin(user),
    }
    return render(request, "circles/locked.html", context)


@in_the_room(when_locked=locked)
@require_POST
def alive(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Say that somebody still reads the page: the screen stays open."""
    queries.session(signed_in(request), session_id)
    return HttpResponse(status=204)


def _drawn(
    session: Session, seats: list[drawing.Seat], facilitators: list[drawing.Seat], came: int
) -> drawing.Circle:
    return drawing.Circle(
        id=f"locked-{session.pk}",
        seats=evening.seated(seats, facilitators),
        came=came,
        total=len(seats),
    )
