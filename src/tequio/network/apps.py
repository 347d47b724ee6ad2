"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of the community."""

    name = "tequio.network"
    label = "network"

    def ready(self) -> None:
        """Register what recurs; models exist only now, so the modules are loaded here."""
        import_module("tequio.network.works").register()
