"""The page of the group «Comunidad»: one door for each part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.access.policies import forbidden
from tequio.access.requests import signed_in
from tequio.desk.community import doors


@require_GET
def community(request: HttpRequest) -> HttpResponse:
    """Show what of the work with the community opens for this person."""
    found = doors(signed_in(request))
    if not found:
        raise forbidden()
    return render(request, "desk/community.html", {"doors": found})
