"""Emergencias: what changes, where, from when until when, and who decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.outreach import queries
from tequio.outreach.actions import emergencies as writing
from tequio.outreach.forms import EmergencyForm
from tequio.ui.forms import RefusalsOn


@require_GET
def emergencies(request: HttpRequest) -> HttpResponse:
    """List what is in force, what is to come, and what was."""
    user = signed_in(request)
    day = clock.today(user.organisation.timezone)
    context = {
        "lines": queries.lines(user, day),
        "may_declare": user.scope(Permission.EMERGENCY_DECLARE) is not None,
    }
    return render(request, "outreach/emergencies.html", context)


@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Declare an emergency."""
    user = signed_in(request)
    require_everywhere(user, Permission.EMERGENCY_DECLARE)
    form = EmergencyForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            writing.declare(by=user, decision=form.decision())
            messages.success(
                request, _("Quedó declarada. El equipo la ve en Hoy y termina sola ese día.")
            )
            return redirect("outreach:emergencies")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "outreach/declare.html", {"form": form}, status=status)


@require_POST
def lift(request: HttpRequest, emergency_id: UUID) -> HttpResponse:
    """End one before its day."""
    writing.lift(by=signed_in(request), emergency_id=emergency_id)
    messages.success(request, _("Hoy es su último día. Desde mañana todo vuelve a lo de siempre."))
    return redirect("outreach:emergencies")
