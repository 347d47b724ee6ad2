"""Addresses: the communities and their learning cycle."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.network.views import communities, cycle, learning

_ONE = "comunidades/<uuid:community_id>/"
urlpatterns: list[URLPattern] = [
    path("comunidades/", communities.communities, name="communities"),
    path("comunidades/nueva/", communities.new, name="new-community"),
    path(_ONE, communities.community, name="community"),
    path(f"{_ONE}fase/", communities.phase, name="phase"),
    path(f"{_ONE}fase/volver/", communities.back, name="phase-back"),
    path(f"{_ONE}avances/", cycle.sightings, name="sightings"),
    path(f"{_ONE}avances/nuevo/", cycle.new_sighting, name="new-sighting"),
    path(f"{_ONE}encuestas/", cycle.surveys, name="surveys"),
    path(f"{_ONE}encuestas/nueva/", cycle.new_round, name="new-round"),
    path(f"{_ONE}alcance/", cycle.reach, name="reach"),
    path("encuestas/<uuid:round_id>/hoja/", cycle.sheet, name="sheet"),
    path("encuestas/<uuid:round_id>/cerrar/", cycle.close, name="close-round"),
    path(f"{_ONE}aprendido/", learning.learning, name="learning"),
    path(f"{_ONE}hallazgos/nuevo/", learning.new_finding, name="new-finding"),
    path("hallazgos/<uuid:finding_id>/decidir/", learning.decide, name="decide"),
    path(f"{_ONE}plan/nuevo/", learning.new_line, name="new-plan-line"),
]
