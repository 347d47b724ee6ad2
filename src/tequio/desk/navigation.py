"""What the header of every page shows: only doors that open for this person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.roles import ROLES
from tequio.core.text import join_names
from tequio.desk.doors import GROUPS, Door, doors
from tequio.ui.addresses import address
from tequio.ui.parts import Link

_AT_A_GLANCE: Final = 9
_FOLDED: Final = ("evaluation", "house")


@dataclass(frozen=True, slots=True)
class Person:
    """The signed-in person as the header names them."""

    label: str
    roles_text: str


def context(request: HttpRequest) -> dict[str, object]:
    """Return the header's variables; nothing for who is not signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {
        "nav": _links(user, request.path),
        "person": Person(user.name, _roles(user)),
        "account_url": address("access:account"),
        "organisation_name": user.organisation.name,
        "home_url": address("desk:today"),
    }


def _roles(user: User) -> str:
    return join_names([str(ROLES[slug].name) for slug in sorted(user.roles) if slug in ROLES])


def _links(user: User, path: str) -> list[Link]:
    """Return the doors; in groups, where they would be too many to read at a glance."""
    first = [Link(_("Hoy"), address("desk:today"), current=path == address("desk:today"))]
    first += _group(user, path, "community")
    daily = [
        Link(label, url, current=path.startswith(url))
        for permission, label, url in _daily()
        if user.scope(permission) is not None
    ]
    single = [_door(part, path) for slug in _FOLDED for part in doors(user, slug)]
    if len(first) + len(daily) + len(single) <= _AT_A_GLANCE:
        return [*first, *daily, *single]
    return [*first, *daily, *(one for slug in _FOLDED for one in _group(user, path, slug))]


def _daily() -> list[tuple[Permission, str, str]]:
    return [
        (Permission.GROUP_READ, _("Grupos"), address("circles:groups")),
        (Permission.PERSON_READ, _("Personas"), address("desk:people")),
        (Permission.CALL_MAKE, _("Llamadas"), address("outreach:calls")),
        (Permission.CARE_READ, _("Cuidado"), address("care:reviews")),
        (Permission.WALL_ENTER, _("Muro"), address("survivors:home")),
        (Permission.LETTER_LEAVE, _("Dejar una carta"), address("letters:leave")),
    ]


def _group(user: User, path: str, slug: str) -> list[Link]:
    """Return a group as one door; with a single part, that part is the door."""
    parts = doors(user, slug)
    if len(parts) < 2:
        return [_door(part, path) for part in parts]
    url = address(f"desk:{slug}")
    inside = any(path.startswith(part.url) for part in parts)
    return [Link(str(GROUPS[slug].label), url, current=inside or path == url)]


def _door(part: Door, path: str) -> Link:
    return Link(part.label, part.url, current=path.startswith(part.url))
