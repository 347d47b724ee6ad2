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
    P.CALL_MAKE: _("Llamar a quien faltó y anotar qué pasó"),
    P.CARE_READ: _("Leer el diagnóstico, las revisiones y el plan de un participante"),
    P.CERTIFICATE_ISSUE: _("Expedir y anular constancias de asistencia"),
    P.CERTIFICATE_READ: _("Ver las constancias expedidas"),
    P.CONSENT_RECORD: _("Registrar lo que un participante acepta o retira"),
    P.DIAGNOSIS_TAKE: _("Hacer el diagnóstico de un participante"),
    P.EDITION_READ: _("Ver los modelos de intervención"),
    P.EDITION_SIGN: _("Firmar un modelo para usarlo"),
    P.EMERGENCY_DECLARE: _("Declarar una emergencia y decir qué cambia"),
    P.ENROLMENT_DECIDE: _("Escribir los pasos de un participante en un programa"),
    P.ENROLMENT_READ: _("Ver el camino de un participante en un programa"),
    P.GROUP_CREATE: _("Crear grupos"),
    P.GROUP_JOIN: _("Inscribir a alguien en un grupo"),
    P.GROUP_READ: _("Ver grupos y sus sesiones"),
    P.INTAKE_READ: _("Leer lo que un participante dijo en su ingreso"),
    P.INTAKE_TAKE: _("Hacer el ingreso de un participante"),
    P.PERSON_CREATE: _("Dar de alta a un participante"),
    P.PERSON_IDENTIFY: _("Ver el nombre y el teléfono de un participante"),
    P.PERSON_READ: _("Ver el expediente de un participante, por folio"),
    P.PLAN_MAKE: _("Decidir el plan de un participante"),
    P.RETENTION_READ: _("Leer el reporte de permanencia"),
    P.REVIEW_JUDGE: _("Valorar y cerrar una revisión de riesgo"),
    P.REVIEW_OPEN: _("Abrir una revisión de riesgo"),
    P.ROUND_KEEP: _("Anotar y leer lo que se dice en la ronda y lo que cada uno se lleva"),
    P.SESSION_PLAN: _("Planear sesiones y decir si se hicieron"),
    P.SITE_MANAGE: _("Abrir y cambiar sedes"),
    P.TRAINING_RECORD: _("Anotar la formación del equipo"),
    P.USER_MANAGE: _("Dar y quitar accesos"),
    P.WALL_ENTER: _("Entrar detrás del muro, si el equipo de mujeres lo admitió"),
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
