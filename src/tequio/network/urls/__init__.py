"""Addresses of the community; each part keeps its own."""

from __future__ import annotations

from tequio.network.urls import cycle, demands, literacy, referrals, services, stakeholders

app_name = "network"
urlpatterns = [
    *stakeholders.urlpatterns,
    *services.urlpatterns,
    *referrals.urlpatterns,
    *literacy.urlpatterns,
    *demands.urlpatterns,
    *cycle.urlpatterns,
]
