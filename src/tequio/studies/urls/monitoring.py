"""Addresses of what is watched between two publications."""

from __future__ import annotations

from django.urls import path

from tequio.studies.views import monitoring

urlpatterns = [
    path("estudios/seguimiento/", monitoring.monitor, name="monitor"),
    path("estudios/seguimiento/ronda/", monitoring.naming, name="naming"),
    path("estudios/seguimiento/planes/", monitoring.plans, name="drifts"),
    path("estudios/seguimiento/lo-que-se-supone/", monitoring.expect, name="expect"),
]
