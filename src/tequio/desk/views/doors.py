"""The page of a group of doors: what each part is for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.access.policies import forbidden
from tequio.access.requests import signed_in
from tequio.desk.doors import GROUPS, doors


@require_GET
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what of a group opens for this person."""
    found = doors(signed_in(request), slug)
    if not found:
        raise forbidden()
    return render(request, "desk/doors.html", {"group": GROUPS[slug], "doors": found})
