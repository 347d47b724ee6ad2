"""Addresses behind the wall."""

from __future__ import annotations

from django.urls import path

from tequio.survivors.views import cases, door

app_name = "survivors"
urlpatterns = [
    path("", cases.home, name="home"),
    path("abrir/", door.unlock, name="unlock"),
    path("cerrar/", door.lock, name="lock"),
    path("estado/", door.state, name="state"),
    path("casos/nuevo/", cases.begin, name="begin"),
    path("casos/<uuid:case_id>/", cases.case, name="case"),
]
