"""Permissions in words, for the table that a coordinator reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.access.permissions import Permission as P
from tequio.access.permissions import Scope
from tequio.access.roles import ROLES

SENTENCES: Final[Mapping[P, str | Promise]] = {
    P.ATTENDANCE_IMPORT: _("Importar registros de asistencia"),
    P.ATTENDANCE_MARK: _("Pasar asistencia"),
    P.AUDIT_READ: _("Leer la bitácora"),
    P.EDITION_READ: _("Ver los modelos de intervención"),
    P.EDITION_SIGN: _("Firmar un modelo para usarlo"),
    P.GROUP_CREATE: _("Crear grupos"),
    P.GROUP_JOIN: _("Inscribir a alguien en un grupo"),
    P.GROUP_READ: _("Ver grupos y sus sesiones"),
    P.PERSON_CREATE: _("Dar de alta a un participante"),
    P.PERSON_IDENTIFY: _("Ver el nombre y el teléfono de un participante"),
    P.PERSON_READ: _("Ver el expediente de un participante, por folio"),
    P.RETENTION_READ: _("Leer el reporte de permanencia"),
    P.SESSION_PLAN: _("Planear sesiones y decir si se hicieron"),
    P.SITE_MANAGE: _("Abrir y cambiar sedes"),
    P.USER_MANAGE: _("Dar y quitar accesos"),
}
_SCOPES: Final[Mapping[Scope | None, str | Promise]] = {
    Scope.ORGANISATION: _("Sí, todo"),
    Scope.OWN: _("Solo sus grupos"),
    None: _("No"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How far one role carries one permission."""

    role: str | Promise
    scope: Scope | None
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One permission and every role's answer."""

    permission: P
    sentence: str | Promise
    cells: tuple[Cell, ...]


def permission_lines() -> list[Line]:
    """Return the table of roles, read from the same data that decides."""
    return [
        Line(
            permission,
            sentence,
            tuple(
                Cell(role.name, role.allows.get(permission), _SCOPES[role.allows.get(permission)])
                for role in ROLES.values()
            ),
        )
        for permission, sentence in SENTENCES.items()
    ]
