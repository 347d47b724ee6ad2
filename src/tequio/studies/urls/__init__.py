"""Addresses of studies: Spanish words for people, English names for code."""

from __future__ import annotations

from django.urls import URLPattern

from tequio.studies.urls import lotteries, monitoring, pooling, releases, studies

app_name = "studies"
urlpatterns: list[URLPattern] = [
    *lotteries.urlpatterns,
    *monitoring.urlpatterns,
    *pooling.urlpatterns,
    *releases.urlpatterns,
    *studies.urlpatterns,
]
