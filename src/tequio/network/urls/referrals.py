"""Addresses: referrals as a conversation. A link is one address, whoever it is about."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.network.views import slips

urlpatterns: list[URLPattern] = [path("liga/<str:secret>/", slips.slip, name="slip")]
