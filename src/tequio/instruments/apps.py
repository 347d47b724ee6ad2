"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of questionnaires."""

    name = "tequio.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Register what the room keeps and does; models exist only now, so it is loaded here."""
        for name in ("own_store", "one_time.hers", "works"):
            import_module(f"tequio.instruments.{name}").register()
