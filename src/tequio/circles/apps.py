"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The room of circles."""

    name = "tequio.circles"
    label = "circles"

    def ready(self) -> None:
        """Register the background work; models exist only now, so the module is loaded here."""
        import_module("tequio.circles.works").register()
        dose = import_module("tequio.circles.queries.dose")
        offers = import_module("tequio.programmes.offers")
        offers.register_groups(dose.seats)
        offers.register_dose(dose.dose)
        leaving = import_module("tequio.circles.actions.leaving")
        import_module("tequio.people.leaving").register("circles", leaving.leave_all)
        calendar = import_module("tequio.circles.queries.calendar")
        import_module("tequio.letters.calendar").register(calendar.meetings)
        men = import_module("tequio.letters.men")
        men.register_ways(import_module("tequio.circles.queries.standing").ways)
        due = import_module("tequio.people.moments")
        due.register(import_module("tequio.circles.queries.moments").calendar)
