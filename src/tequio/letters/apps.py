"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of letters."""

    name = "tequio.letters"
    label = "letters"

    def ready(self) -> None:
        """Register what recurs; models exist only now, so the module is loaded here."""
        import_module("tequio.letters.works").register()
