"""The names of a state's municipalities, for a field that offers them while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.territory import places


@require_GET
def municipalities(request: HttpRequest) -> HttpResponse:
    """Return the options of one state; none where no state was chosen."""
    names = places.municipalities(request.GET.get("state", ""))
    return render(request, "territory/municipalities.html", {"places": names})
