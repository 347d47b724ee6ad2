"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of people."""

    name = "tequio.people"
    label = "people"

    def ready(self) -> None:
        """Register what recurs; models exist only now, so the module is loaded here."""
        import_module("tequio.people.works").register()
        import_module("tequio.people.answering").register()
        import_module("tequio.people.by_link").register()
        men = import_module("tequio.letters.men")
        men.register_key(import_module("tequio.people.queries.folios").key_of)
