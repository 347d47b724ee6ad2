"""Leaving in a hurry: the session ends here first, then the browser is somewhere harmless."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from tequio.access import actions
from tequio.access.models import User


@login_not_required
@require_safe
def leave_now(request: HttpRequest) -> HttpResponse:
    """End the session, empty what the browser kept, and go to a page that says nothing.

    It answers GET, because without JavaScript a link is all there is. A page of somebody else
    that links here only sends its reader away: nobody is signed out by it.
    """
    # Nobody reads in a log when somebody was afraid.
    request.walled = True  # type: ignore[attr-defined]
    response = HttpResponseRedirect(settings.NEUTRAL_PAGE)
    response["Referrer-Policy"] = "no-referrer"
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return response
    if isinstance(request.user, User):
        actions.sign_out(by=request.user)
    request.session.flush()
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
