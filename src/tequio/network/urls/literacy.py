"""Addresses: literacy circles and their guides."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.network.views import literacy

_CIRCLE = "circulos/<uuid:literacy_id>/"
_MEETING = "circulos/encuentros/<uuid:encounter_id>/"
urlpatterns: list[URLPattern] = [
    path("circulos/", literacy.circles, name="literacy"),
    path("circulos/nuevo/", literacy.new, name="new-literacy-circle"),
    path("circulos/cuentas/", literacy.counts, name="literacy-counts"),
    path("circulos/guias/", literacy.guide_list, name="literacy-guides"),
    path("circulos/guias/<slug:guide>/", literacy.guide, name="literacy-guide"),
    path(_CIRCLE, literacy.circle, name="literacy-circle"),
    path(f"{_CIRCLE}cambiar/", literacy.change, name="change-literacy-circle"),
    path(f"{_CIRCLE}cerrar/", literacy.close, name="close-literacy-circle"),
    path(f"{_CIRCLE}encuentro/", literacy.plan, name="plan-literacy-meeting"),
    path(f"{_CIRCLE}tarjetas/", literacy.outcome, name="literacy-outcome"),
    path(_MEETING, literacy.meeting, name="literacy-meeting"),
    path(f"{_MEETING}no-se-hizo/", literacy.not_held, name="literacy-not-held"),
    path(f"{_MEETING}aprendido/", literacy.learned, name="literacy-learned"),
    path(f"{_MEETING}cumplido/", literacy.done, name="literacy-action-done"),
]
