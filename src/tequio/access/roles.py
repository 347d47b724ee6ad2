"""The roles, each with a sentence that a coordinator can read and agree with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.access.permissions import Permission as P
from tequio.access.permissions import Scope

OWN, ALL = Scope.OWN, Scope.ORGANISATION


@dataclass(frozen=True, slots=True)
class Role:
    """A slug that is stored, words that are read, and what the role allows."""

    slug: str
    name: str | Promise
    sentence: str | Promise
    allows: Mapping[P, Scope]


_FACILITATOR: Final = Role(
    "facilitator",
    _("Facilitación"),
    _("Lleva sus círculos: ve a los hombres de sus grupos y pasa asistencia. No ve otros grupos."),
    {
        P.ATTENDANCE_MARK: OWN,
        P.CALL_MAKE: OWN,
        P.CARE_READ: OWN,
        P.CONSENT_RECORD: OWN,
        P.EDITION_READ: ALL,
        P.ENROLMENT_READ: OWN,
        P.GROUP_READ: OWN,
        P.PERSON_IDENTIFY: OWN,
        P.PERSON_READ: OWN,
        P.RETENTION_READ: OWN,
        P.REVIEW_JUDGE: OWN,
        P.REVIEW_OPEN: OWN,
        P.ROUND_KEEP: OWN,
        P.SESSION_PLAN: OWN,
    },
)
_COORDINATOR: Final = Role(
    "coordinator",
    _("Coordinación"),
    _("Organiza grupos, calendarios e ingresos de toda la organización, e importa registros."),
    {
        P.ATTENDANCE_IMPORT: ALL,
        P.ATTENDANCE_MARK: ALL,
        P.AUDIT_READ: ALL,
        P.CALL_MAKE: ALL,
        P.CARE_READ: ALL,
        P.CERTIFICATE_ISSUE: ALL,
        P.CERTIFICATE_READ: ALL,
        P.CONSENT_RECORD: ALL,
        P.DIAGNOSIS_TAKE: ALL,
        P.EDITION_READ: ALL,
        P.EDITION_SIGN: ALL,
        P.EMERGENCY_DECLARE: ALL,
        P.ENROLMENT_DECIDE: ALL,
        P.ENROLMENT_READ: ALL,
        P.GROUP_CREATE: ALL,
        P.GROUP_JOIN: ALL,
        P.GROUP_READ: ALL,
        P.INTAKE_READ: ALL,
        P.INTAKE_TAKE: ALL,
        P.PERSON_CREATE: ALL,
        P.PERSON_IDENTIFY: ALL,
        P.PERSON_READ: ALL,
        P.PLAN_MAKE: ALL,
        P.RETENTION_READ: ALL,
        P.REVIEW_JUDGE: ALL,
        P.REVIEW_OPEN: ALL,
        P.ROUND_KEEP: ALL,
        P.SESSION_PLAN: ALL,
        P.SITE_MANAGE: ALL,
        P.TRAINING_RECORD: ALL,
    },
)
_THERAPIST: Final = Role(
    "therapist",
    _("Psicoterapia"),
    _(
        "Hace diagnósticos y planes, valora riesgos y es segunda persona al cerrar una revisión "
        "alta. Ve a los hombres por folio, sin nombre ni teléfono."
    ),
    {
        P.CARE_READ: ALL,
        P.DIAGNOSIS_TAKE: ALL,
        P.EDITION_READ: ALL,
        P.PLAN_MAKE: ALL,
        P.REVIEW_JUDGE: ALL,
        P.REVIEW_OPEN: ALL,
    },
)
_ADVOCATE: Final = Role(
    "advocate",
    _("Acompañamiento"),
    _("Trabaja con mujeres, detrás del muro. No ve a los hombres de los grupos."),
    {P.WALL_ENTER: ALL},
)
_PROMOTER: Final = Role(
    "promoter",
    _("Promoción comunitaria"),
    _("Trabaja con la comunidad: directorio, talleres y comités. No ve a los hombres."),
    {},
)
_EVALUATOR: Final = Role(
    "evaluator",
    _("Evaluación"),
    _("Lee los números de permanencia. Nunca ve un nombre, un alias ni un folio."),
    {P.EDITION_READ: ALL, P.RETENTION_READ: ALL},
)
_DIRECTOR: Final = Role(
    "director",
    _("Dirección"),
    _(
        "Lee los reportes y los grupos de toda la organización, sin datos de cada hombre. Puede "
        "firmar con qué modelo se trabaja."
    ),
    {
        P.EDITION_READ: ALL,
        P.EDITION_SIGN: ALL,
        P.EMERGENCY_DECLARE: ALL,
        P.GROUP_READ: ALL,
        P.RETENTION_READ: ALL,
    },
)
_ADMINISTRATOR: Final = Role(
    "administrator",
    _("Administración"),
    _("Da y quita accesos y cuida el sistema. No ve el contenido de ningún caso."),
    {P.AUDIT_READ: ALL, P.USER_MANAGE: ALL},
)

ROLES: Final[Mapping[str, Role]] = {
    role.slug: role
    for role in (
        _FACILITATOR,
        _COORDINATOR,
        _THERAPIST,
        _ADVOCATE,
        _PROMOTER,
        _EVALUATOR,
        _DIRECTOR,
        _ADMINISTRATOR,
    )
}


def scope_of(slugs: frozenset[str], permission: P) -> Scope | None:
    """Return how far a set of roles carries a permission; the widest wins; None is no."""
    scopes = {ROLES[slug].allows.get(permission) for slug in slugs if slug in ROLES}
    if Scope.ORGANISATION in scopes:
        return Scope.ORGANISATION
    return Scope.OWN if Scope.OWN in scopes else None
