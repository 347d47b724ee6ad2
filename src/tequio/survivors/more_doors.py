"""Doors behind the wall that rooms above open: this room cannot see them, they register."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class MoreDoor:
    """A page behind the wall of another room."""

    label: str | Promise
    route: str


_doors: list[MoreDoor] = []


def register(label: str | Promise, route: str) -> None:
    """Add a door to every page behind the wall; each room does so when it starts."""
    if all(known.route != route for known in _doors):
        _doors.append(MoreDoor(label, route))


def doors() -> tuple[MoreDoor, ...]:
    """Return the doors, in the order in which they were registered."""
    return tuple(_doors)
