"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of survivors."""

    name = "tequio.survivors"
    label = "survivors"

    def ready(self) -> None:
        """Name what happens by the clock; models exist only now, so the module is loaded here."""
        import_module("tequio.survivors.works").register()
