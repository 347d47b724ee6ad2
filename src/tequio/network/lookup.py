"""The line in which a service is found, made whenever the service changes."""

from __future__ import annotations

from tequio.network.models import Service
from tequio.network.rules.directory import searching
from tequio.territory import places


def search_line(service: Service, provider: str) -> str:
    """Return the line of a service: its needs, its names and its place."""
    place = places.find(service.municipality)
    return searching.line(
        service.needs,
        service.name,
        provider,
        service.what_for,
        service.locality,
        place.name if place else "",
        " ".join(service.languages),
    )
