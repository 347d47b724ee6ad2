"""Addresses of places."""

from __future__ import annotations

from django.urls import path

from tequio.territory import views

app_name = "territory"
urlpatterns = [path("lugares/municipios/", views.municipalities, name="municipalities")]
