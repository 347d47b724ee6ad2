"""What the header of every page shows: only doors that open for this person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.roles import ROLES
from tequio.core.text import join_names
from tequio.ui.parts import Link


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
        "account_url": reverse("access:account"),
        "organisation_name": user.organisation.name,
        "home_url": reverse("desk:today"),
    }


def _roles(user: User) -> str:
    return join_names([str(ROLES[slug].name) for slug in sorted(user.roles) if slug in ROLES])


def _links(user: User, path: str) -> list[Link]:
    doors = [
        (None, _("Hoy"), reverse("desk:today")),
        (Permission.GROUP_READ, _("Grupos"), reverse("circles:groups")),
        (Permission.PERSON_READ, _("Personas"), reverse("desk:people")),
        (Permission.CALL_MAKE, _("Llamadas"), reverse("outreach:calls")),
        (Permission.CARE_READ, _("Cuidado"), reverse("care:reviews")),
        (Permission.RETENTION_READ, _("Permanencia"), reverse("circles:retention")),
        (Permission.ATTENDANCE_IMPORT, _("Importar"), reverse("circles:imports")),
        (Permission.EDITION_READ, _("Programas"), reverse("programmes:editions")),
        (Permission.USER_MANAGE, _("Usuarios"), reverse("access:users")),
        (Permission.AUDIT_READ, _("Bitácora"), reverse("desk:audit")),
    ]
    return [
        Link(label, url, current=path == url if url == "/" else path.startswith(url))
        for permission, label, url in doors
        if permission is None or user.scope(permission) is not None
    ]
