"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of care."""

    name = "tequio.care"
    label = "care"

    def ready(self) -> None:
        """Hear what rooms below say; models exist only now, so the module is loaded here."""
        import_module("tequio.care.hearing").register()
