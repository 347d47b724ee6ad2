"""Tonight's session: the circle, the taps, and what became of it."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles import forms, queries, rules
from tequio.circles.actions import attendance
from tequio.circles.actions import sessions as actions
from tequio.circles.models import Session
from tequio.circles.policies import may, require
from tequio.circles.views import evening, guide
from tequio.circles.views.locked import locked
from tequio.core import clock, ids
from tequio.core.errors import Conflict, DomainError, Forbidden, NotVisible
from tequio.ui import circle as drawing
from tequio.ui.addresses import address
from tequio.ui.forms import RefusalsOn


@in_the_room(when_locked=locked)
@require_GET
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show the circle and the list beside it."""
    user = signed_in(request)
    found = queries.session(user, session_id)
    today = clock.today(found.group.site.timezone)
    circle = queries.circle(user, found, today=today)
    taps = circle.may_mark and circle.is_open
    facilitators = evening.facilitator_seats(found)
    places = rules.around(len(circle.seats), len(facilitators))
    letters = drawing.short_names([seat.alias for seat in circle.seats])
    seats = [
        _seat(found, seat, at, short, taps=taps)
        for at, seat, short in zip(places, circle.seats, letters, strict=True)
    ]
    context = {
        **evening.frame(request, found, "list"),
        "beside": guide.beside(found) if taps else None,
        "guests": [seat for seat in circle.seats if seat.visit and not seat.status],
        "state": circle,
        "taps": taps,
        "seats": seats,
        "circle": _circle(found, seats, facilitators, circle.counts),
        "draws_circle": 0 < len(seats) <= evening.LARGEST_CIRCLE,
        "may_plan": may(user, Permission.SESSION_PLAN, found.group),
        "day_form": forms.DayForm(initial={"planned_on": found.planned_on}),
    }
    return render(request, "circles/session.html", context)


@in_the_room(when_locked=locked)
@require_POST
def mark(
    request: HttpRequest, session_id: UUID, membership_id: UUID, mark_id: UUID
) -> HttpResponse:
    """Take one tap. Answers with the man's seat, his row and the counts, or with the page."""
    in_page = bool(request.headers.get("HX-Request"))
    try:
        marked = attendance.mark(
            by=signed_in(request),
            session_id=session_id,
            membership_id=membership_id,
            status=request.POST.get("status", ""),
            mark_id=mark_id,
            said_at=evening.tap_of(request, mark_id).at,
        )
    except Conflict as error:
        if not in_page:
            raise
        # The seat on the screen carries the used number: only a page drawn anew has another.
        messages.error(request, str(error))
        return HttpResponse(status=error.status, headers={"HX-Refresh": "true"})
    if not in_page:
        return redirect("circles:session", session_id=session_id)
    man = marked.membership.participant
    at, short = _drawn(request, man.alias)
    seat = marked.membership
    place = queries.Seat(seat.pk, man.folio, man.alias, marked.status, seat.visit)
    counts = queries.counts(marked.session)
    context = {
        "seat": _seat(marked.session, place, at, short, taps=True),
        "at": at,
        "circle": _circle(marked.session, [], [], counts),
    }
    # No page around it: what every page needs (menu, messages) is neither asked for nor drawn.
    return HttpResponse(render_to_string("circles/marked.html", context))


@in_the_room(when_locked=locked)
@require_POST
def hold(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Say that the session took place."""
    try:
        actions.hold(by=signed_in(request), session_id=session_id)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("circles:session", session_id=session_id)


@in_the_room(when_locked=locked)
@require_http_methods(["GET", "POST"])
def not_held(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Say that the session did not take place, and why."""
    user = signed_in(request)
    found = queries.session(user, session_id)
    require(user, Permission.SESSION_PLAN, found.group)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            actions.did_not_happen(by=user, session_id=session_id, **form.cleaned_data)
            messages.success(request, _("Se registró que no hubo sesión. Nadie tiene falta."))
            return redirect("circles:group", group_id=found.group_id)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "session": found, "group": found.group}
    return render(request, "circles/not_held.html", context, status=status)


@in_the_room(when_locked=locked)
@require_POST
def move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Change the session's day."""
    user = signed_in(request)
    form = forms.DayForm(request.POST)
    found = queries.session(user, session_id)
    require(user, Permission.SESSION_PLAN, found.group)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["planned_on"])))
        return redirect("circles:session", session_id=session_id)
    try:
        actions.move(by=user, session_id=session_id, **form.cleaned_data)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("La sesión cambió de día."))
    return redirect("circles:group", group_id=found.group_id)


def _drawn(request: HttpRequest, alias: str) -> tuple[int, str]:
    """Return where the page drew the seat and with which letters; both only for drawing."""
    at, short = request.POST.get("at", ""), request.POST.get("short", "")
    known = short if 0 < len(short) <= 4 and alias.startswith(short) else alias[:2]
    return (int(at) if at.isdecimal() and len(at) < 4 else 0), known


def _seat(session: Session, seat: queries.Seat, at: int, short: str, *, taps: bool) -> drawing.Seat:
    # Every drawing of a seat carries a number for its next tap: sent twice, it counts once.
    url = address("circles:mark", session.pk, seat.membership_id, ids.new_id())
    return drawing.Seat(
        id=str(seat.membership_id),
        label=seat.alias,
        short=short,
        state=drawing.SeatState(seat.status),
        url=url if taps else "",
        # A guest's file stays with those who run his own group.
        href="" if seat.visit else address("desk:person", seat.folio),
        note=_("repone aquí") if seat.visit else "",
        attributes={
            "hx-post": url,
            "hx-vals": json.dumps({"at": at, "short": short}),
            "hx-swap": "none",
        }
        if taps
        else {},
    )


def _circle(
    session: Session,
    seats: list[drawing.Seat],
    facilitators: list[drawing.Seat],
    counts: rules.Counts,
) -> drawing.Circle:
    lines = [
        ngettext("%(n)s tarde", "%(n)s tarde", counts.late) % {"n": counts.late}
        if counts.late
        else "",
        ngettext("%(n)s faltó", "%(n)s faltaron", counts.absent) % {"n": counts.absent}
        if counts.absent
        else "",
        ngettext("%(n)s avisó", "%(n)s avisaron", counts.excused) % {"n": counts.excused}
        if counts.excused
        else "",
        ngettext("%(n)s sin registrar", "%(n)s sin registrar", counts.unrecorded)
        % {"n": counts.unrecorded}
        if counts.unrecorded
        else "",
    ]
    return drawing.Circle(
        id=f"circle-{session.pk}",
        seats=evening.seated(seats, facilitators),
        came=counts.came,
        total=counts.expected,
        lines=[line for line in lines if line],
        label=_("El círculo de la sesión %(n)s") % {"n": session.position},
    )
