"""A form whose token is old: somebody signed in again in another tab while it was being typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.access.keeping import kept_form
from tequio.ui.views import error_page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer our own form again with a fresh token; a stranger's form gets the plain refusal."""
    kept = kept_form(request)
    if not kept["own"]:
        return error_page(403, "csrf")
    return render(request, "access/stale.html", kept, status=403)
