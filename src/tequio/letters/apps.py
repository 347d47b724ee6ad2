"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of letters."""

    name = "tequio.letters"
    label = "letters"
