"""A link for a man, shown once to whoever gives it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.instruments.showing_links import shown
from tequio.people.actions import links
from tequio.people.actions.assessments import At
from tequio.people.policies import visible_to


@require_POST
def give(request: HttpRequest, folio: str, way_id: UUID, wave: str) -> HttpResponse:
    """Make a link for one moment. The page is drawn at once, and what it shows is kept nowhere."""
    user = signed_in(request)
    man = pick(visible_to(user, Permission.ASSESSMENT_DUE), folio=folio)
    try:
        given = links.give(by=user, folio=folio, at=At(wave, way_id))
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("people:assessments", folio=folio)
    context = {"participant": man, "wave": wave, "link": shown(request, given)}
    response = render(request, "people/link.html", context)
    response["Cache-Control"] = "no-store"
    return response
