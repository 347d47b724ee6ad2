"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of reports."""

    name = "tequio.reports"
    label = "reports"
