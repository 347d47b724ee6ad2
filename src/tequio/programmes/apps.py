"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of programmes."""

    name = "tequio.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Set what a model asks before admission; models exist only now."""
        import_module("tequio.programmes.prerequisites").register()
