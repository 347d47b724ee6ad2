"""Addresses of places, and of the law of a place."""

from __future__ import annotations

from django.urls import path

from tequio.territory.views import law, places

app_name = "territory"
urlpatterns = [
    path("lugares/municipios/", places.municipalities, name="municipalities"),
    path("lugares/avisos/", law.texts, name="law"),
]
