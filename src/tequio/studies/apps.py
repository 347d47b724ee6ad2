"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of studies."""

    name = "tequio.studies"
    label = "studies"

    def ready(self) -> None:
        """Register what rooms below ask of this one; models exist only now."""
        import_module("tequio.studies.works").register()
        import_module("tequio.studies.waiting_gate").register()
        import_module("tequio.studies.extra_calls").register()
        asked = import_module("tequio.studies.queries.while_waiting")
        import_module("tequio.people.moments").register(asked.calendar)
        import_module("tequio.people.waiting").register(asked.waits)
