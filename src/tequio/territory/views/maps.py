"""The map of the country and of each state, with the same as a list; and the search of a place."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require
from tequio.access.requests import signed_in
from tequio.territory import places
from tequio.territory.queries import choropleth
from tequio.territory.sources import SOURCES
from tequio.ui.parts import Link

_FIRST: Final = 20


@require_GET
def country(request: HttpRequest) -> HttpResponse:
    """Show the states on a map, and find a municipality by its name."""
    require(signed_in(request), Permission.CONTEXT_READ)
    typed = request.GET.get("q", "").strip()[:80]
    found = places.search(typed) if typed else ()
    if len(found) == 1:
        return redirect("territory:diagnosis", found[0].key)
    name = _chosen(request, country=True)
    context = _context(name, choropleth.of_country(name), country=True)
    context |= {"typed": typed, "found": found, "survey": name == choropleth.SURVEY}
    return render(request, "territory/country.html", context)


@gzip_page
@require_GET
def state(request: HttpRequest, state: str) -> HttpResponse:
    """Show the municipalities of one state on a map.

    Oaxaca has 570: the page goes compressed, for telephones with little signal. Nothing that was
    sent comes back in it, so that its length tells nothing.
    """
    require(signed_in(request), Permission.CONTEXT_READ)
    found = next((one for one in places.states() if one.key == state), None)
    if found is None:
        raise not_visible()
    name = _chosen(request, country=False)
    context = _context(name, choropleth.of_state(state, name), country=False)
    return render(request, "territory/state.html", context | {"state": found})


def _chosen(request: HttpRequest, *, country: bool) -> str:
    """An unknown figure is the first one: an address that somebody kept still opens."""
    known = [name for name, _title in choropleth.choices(country=country)]
    asked = request.GET.get("dato", "")
    return asked if asked in known else known[0]


def _context(name: str, drawn: choropleth.Map, *, country: bool) -> dict[str, object]:
    return {
        "name": name,
        "title": choropleth.title(name),
        "map": drawn,
        "first": drawn.listed[:_FIRST],
        "rest": drawn.listed[_FIRST:],
        "of_country": choropleth.country_value(name),
        "tabs": [
            Link(title, f"?dato={key}", current=key == name)
            for key, title in choropleth.choices(country=country)
        ],
        "sources": [SOURCES[choropleth.source(name)], SOURCES["geometry"]],
        "caution": choropleth.caution(name),
    }
