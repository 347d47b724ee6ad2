"""Addresses behind the wall: what is due by the calendar, and letting it leave."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.studies.views import walled

app_name = "walled"
_ONE = "estudios/<uuid:her_study_id>/<slug:day>"

urlpatterns: list[URLPattern] = [
    path("estudios/", walled.due, name="due"),
    path(f"{_ONE}/", walled.one, name="one"),
    path(f"{_ONE}/calcular/", walled.prepare, name="prepare"),
    path(f"{_ONE}/publicar/", walled.publish, name="publish"),
]
