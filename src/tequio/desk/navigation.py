"""What the header of every page shows: only doors that open for this person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.roles import ROLES
from tequio.core.text import join_names
from tequio.desk import community
from tequio.ui.addresses import address
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
        "account_url": address("access:account"),
        "organisation_name": user.organisation.name,
        "home_url": address("desk:today"),
    }


def _roles(user: User) -> str:
    return join_names([str(ROLES[slug].name) for slug in sorted(user.roles) if slug in ROLES])


def _links(user: User, path: str) -> list[Link]:
    doors = [
        (None, _("Hoy"), address("desk:today")),
        (Permission.GROUP_READ, _("Grupos"), address("circles:groups")),
        (Permission.PERSON_READ, _("Personas"), address("desk:people")),
        (Permission.CALL_MAKE, _("Llamadas"), address("outreach:calls")),
        (Permission.CARE_READ, _("Cuidado"), address("care:reviews")),
        (Permission.RETENTION_READ, _("Permanencia"), address("circles:retention")),
        (Permission.ASSESSMENT_EXPORT, _("Respuestas"), address("people:exports")),
        (Permission.STUDY_READ, _("Estudios"), address("studies:studies")),
        (Permission.ATTENDANCE_IMPORT, _("Importar"), address("circles:imports")),
        (Permission.COST_READ, _("Costos"), address("costs:home")),
        (Permission.EDITION_READ, _("Programas"), address("programmes:editions")),
        (Permission.ASSESSMENT_ASK, _("Formularios"), address("instruments:own-forms")),
        (Permission.DEVICE_MANAGE, _("Teléfonos"), address("instruments:devices")),
        (Permission.WALL_ENTER, _("Muro"), address("survivors:home")),
        (Permission.SLOT_CHOOSE, _("Buzón de cartas"), address("letters:setup")),
        (Permission.LETTER_LEAVE, _("Dejar una carta"), address("letters:leave")),
        (Permission.LAW_WRITE, _("Textos de la ley"), address("territory:law")),
        (Permission.FUNDER_REPORT, _("Informes"), address("reports:accounts")),
        (Permission.RIGHTS_ANSWER, _("Derechos"), address("reports:rights")),
        (Permission.SERVICE_EDIT, _("Servicios"), address("letters:services")),
        (Permission.USER_MANAGE, _("Usuarios"), address("access:users")),
        (Permission.AUDIT_READ, _("Bitácora"), address("desk:audit")),
    ]
    links = [
        Link(label, url, current=path == url if url == "/" else path.startswith(url))
        for permission, label, url in doors
        if permission is None or user.scope(permission) is not None
    ]
    return links[:1] + _community(user, path) + links[1:]


def _community(user: User, path: str) -> list[Link]:
    """The group «Comunidad» as one door; with a single part, that part is the door."""
    parts = community.doors(user)
    inside = any(path.startswith(part.url) for part in parts)
    if len(parts) == 1:
        return [Link(parts[0].label, parts[0].url, current=inside)]
    url = address("desk:community")
    return [Link(_("Comunidad"), url, current=inside or path == url)] if parts else []
