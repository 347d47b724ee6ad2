"""The answer to a call besides: two buttons on the page of calls."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.access.requests import signed_in
from tequio.studies.actions import extra_calls as actions


@require_POST
def made(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Write down whether he was reached this week."""
    user = signed_in(request)
    actions.made(by=user, ticket_id=ticket_id, reached=request.POST.get("reached") == "yes")
    messages.success(request, _("Anotado. Vuelve a aparecer la próxima semana."))
    return redirect("outreach:calls")
