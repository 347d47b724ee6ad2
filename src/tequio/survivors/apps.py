"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of survivors."""

    name = "tequio.survivors"
    label = "survivors"
