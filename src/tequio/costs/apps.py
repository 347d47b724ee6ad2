"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of costs."""

    name = "tequio.costs"
    label = "costs"
