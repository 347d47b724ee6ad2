"""Hoy: what waits for this person today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.desk import queries


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show tonight's sessions, what was left open, and whom to call."""
    user = signed_in(request)
    context = {
        "today": queries.today(user),
        "unsafe": _unsafe(user),
        "sees_groups": user.scope(Permission.GROUP_READ) is not None,
        "sees_people": user.scope(Permission.PERSON_READ) is not None,
        "sees_retention": user.scope(Permission.RETENTION_READ) is not None,
        "manages_users": user.scope(Permission.USER_MANAGE) is not None,
        "marks": user.scope(Permission.ATTENDANCE_MARK) is not None,
    }
    return render(request, "desk/today.html", context)


def _unsafe(user: User) -> str:
    """Return the warning about back-ups, or nothing where there is nothing to warn of."""
    record = queries.unsafe(user)
    if record is None:
        return ""
    days = record.days(clock.now())
    if days is None:
        what = _("Todavía no hay ningún respaldo de estos datos.")
    else:
        what = ngettext(
            "El último respaldo tiene %(n)s día.", "El último respaldo tiene %(n)s días.", days
        ) % {"n": days}
    do = _("Pide a quien cuida la computadora que conecte la memoria de respaldo.")
    return " ".join(filter(None, (what, record.problem, do)))
