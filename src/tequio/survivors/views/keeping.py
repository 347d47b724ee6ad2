"""What was sent to a shut wall, and the wall's own log."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from tequio.access.requests import signed_in
from tequio.survivors import door, kept_words
from tequio.survivors.actions import drafts, reading
from tequio.survivors.log_words import LOUD, sentence
from tequio.survivors.opened import OpenWall
from tequio.survivors.queries import covers


@door.behind
@require_GET
def log(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Show the wall's log, newest first, and say loudly where its chain is broken."""
    found = reading.log(by=wall)
    lines = [(line, sentence(line)) for line in found.lines]
    context = {
        "wall": wall,
        "lines": lines,
        "loud": LOUD,
        "shelf": str(shelf.id) if (shelf := covers.shelf(by=wall)) else "",
        "broken_at": found.broken_at,
        "total": found.total,
    }
    return render(request, "survivors/log.html", context)


@door.behind
@require_GET
def kept(request: HttpRequest, wall: OpenWall) -> HttpResponse:
    """Offer what was sent after the wall had closed."""
    return render(
        request, "survivors/drafts.html", {"wall": wall, "kept": kept_words.kept(by=wall)}
    )


@door.behind
@require_POST
def drop(request: HttpRequest, wall: OpenWall, draft_id: UUID) -> HttpResponse:
    """Throw one away."""
    drafts.drop(by=wall, draft_id=draft_id)
    return redirect("survivors:drafts")


@door.at_the_door
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take what a page that goes blank still held, and seal it."""
    path = request.POST.get("draft_of", "")
    if path.startswith(door.PATH):
        door.keep_fields(signed_in(request), path, request.POST)
    return HttpResponse(status=204)
