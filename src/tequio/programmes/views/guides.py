"""Session guides: the list of an edition, and one guide as it is read in the circle or printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tequio.access.policies import not_visible, pick
from tequio.access.requests import signed_in
from tequio.programmes import queries
from tequio.programmes.policies import editions_visible_to
from tequio.programmes.presenters import timed


@require_GET
def guides(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Show the sessions of the curriculum that an edition uses."""
    edition = pick(editions_visible_to(signed_in(request)), pk=edition_id)
    found = queries.curriculum(edition)
    context = {"edition": edition, "curriculum": found}
    return render(request, "programmes/guides.html", context)


@require_GET
def guide(request: HttpRequest, edition_id: UUID, number: int) -> HttpResponse:
    """Show one guide."""
    edition = pick(editions_visible_to(signed_in(request)), pk=edition_id)
    found = queries.curriculum(edition)
    one = found.guide(number) if found else None
    if found is None or one is None:
        raise not_visible()
    context = {
        "edition": edition,
        "about": found.about,
        "guide": one,
        "timed": timed(one),
        "before": found.guide(number - 1),
        "after": found.guide(number + 1),
    }
    return render(request, "programmes/guide.html", context)
