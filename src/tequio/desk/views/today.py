"""Hoy: what waits for this person today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.desk import queries


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show tonight's sessions, what was left open, and whom to call."""
    user = signed_in(request)
    context = {
        "today": queries.today(user),
        "sees_groups": user.scope(Permission.GROUP_READ) is not None,
        "sees_people": user.scope(Permission.PERSON_READ) is not None,
        "sees_retention": user.scope(Permission.RETENTION_READ) is not None,
        "manages_users": user.scope(Permission.USER_MANAGE) is not None,
        "marks": user.scope(Permission.ATTENDANCE_MARK) is not None,
    }
    return render(request, "desk/today.html", context)
