"""Behind the wall: a member reads what a plan asks, has it worked out, sees what leaves, confirms.

To everybody else there is nothing here, byte for byte as under every address of the wall.
"""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tequio.access.policies import not_visible
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.studies import aside
from tequio.studies.actions import crossing
from tequio.studies.queries import walled as queries
from tequio.studies.rules.releasing import LEAST
from tequio.studies.views.releases import shown
from tequio.survivors import door
from tequio.survivors.opened import OpenWall


@door.behind
@require_GET
def due(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """List what the calendar asks for."""
    days = queries.due(wall)
    context = {
        "wall": wall,
        "late": [one for one in days if one.state == "late"],
        "future": [one for one in days if one.state == "future"],
        "out": [one for one in days if one.state == "out"][::-1],
        "today": clock.today(wall.user.organisation.timezone),
    }
    return render(request, "studies/walled_due.html", context)


@door.behind
@require_GET
def one(request: HttpRequest, wall: OpenWall, her_study_id: UUID, day: str) -> HttpResponse:
    """Show exactly what the plan asks, before anything is read; afterwards, what was published."""
    return _asking(request, wall, her_study_id, _day(day), "")


@door.behind
@require_POST
def prepare(request: HttpRequest, wall: OpenWall, her_study_id: UUID, day: str) -> HttpResponse:
    """Work it out and show exactly what would leave. Closing the wall meanwhile ends it."""
    on = _day(day)

    def closed() -> bool:
        return door.wall_of(request, touch=False) is None

    try:
        found = crossing.prepare(by=wall, study_id=her_study_id, due_on=on, stop=closed)
    except aside.Stopped:
        return redirect("survivors:unlock")
    except DomainError as error:
        return _asking(request, wall, her_study_id, on, f"{error} {error.hint}".strip())
    _study, plan, asked_due = crossing.asked_for(wall, her_study_id, on)
    result = json.loads(found.result) if found.result else None
    release = queries.as_it_would_be(found.study, plan, asked_due, result, found.mark)
    context = {
        **shown(release),
        "wall": wall,
        "study": found.study,
        "due": asked_due,
        "token": found.token,
        "whole": found.result or "",
        "least": LEAST,
    }
    return render(request, "studies/walled_leaving.html", context)


@door.behind
@require_POST
def publish(request: HttpRequest, wall: OpenWall, her_study_id: UUID, day: str) -> HttpResponse:
    """Let it leave."""
    on, token = _day(day), request.POST.get("about_to_leave", "")
    try:
        crossing.publish(by=wall, study_id=her_study_id, due_on=on, token=token)
    except DomainError as error:
        return _asking(request, wall, her_study_id, on, f"{error} {error.hint}".strip())
    return redirect("walled:one", her_study_id=her_study_id, day=day)


def _asking(
    request: HttpRequest, wall: OpenWall, study_id: UUID, on: date, problem: str
) -> HttpResponse:
    out = queries.released(wall, study_id, on)
    if out is not None:
        return render(request, "studies/walled_out.html", {**shown(out), "wall": wall})
    study, plan, asked_due = crossing.asked_for(wall, study_id, on)
    context = {
        "wall": wall,
        "study": study,
        "due": asked_due,
        "asked": queries.asked(plan),
        "least": LEAST,
        "problem": problem or "",
        "again": _("Calcular otra vez") if problem else _("Calcular"),
    }
    return render(request, "studies/walled_one.html", context, status=422 if problem else 200)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise not_visible() from error
