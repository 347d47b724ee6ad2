"""A man of another group makes up a session here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.access.requests import signed_in
from tequio.access.room import in_the_room
from tequio.circles.actions import visits
from tequio.circles.views.locked import locked
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.core.ids import parse_folio


@in_the_room(when_locked=locked)
@require_POST
def receive(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Give him a seat for tonight."""
    user = signed_in(request)
    try:
        # Whether the session is there is told before whether the folio is one.
        visits.session_of(by=user, session_id=session_id)
        folio = parse_folio(request.POST.get("folio", ""))
        place = visits.receive(by=user, session_id=session_id, folio=folio)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        alias = place.participant.alias
        messages.success(request, _("%(alias)s repone aquí esta sesión.") % {"alias": alias})
    return redirect("circles:session", session_id=session_id)


@in_the_room(when_locked=locked)
@require_POST
def dismiss(request: HttpRequest, session_id: UUID, membership_id: UUID) -> HttpResponse:
    """Take a seat away that was given by mistake."""
    try:
        visits.dismiss(by=signed_in(request), session_id=session_id, membership_id=membership_id)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("circles:session", session_id=session_id)
