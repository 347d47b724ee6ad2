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
        P.ASSESSMENT_DUE: OWN,
        P.ATTENDANCE_MARK: OWN,
        P.CALL_MAKE: OWN,
        P.CARE_READ: OWN,
        P.CONSENT_RECORD: OWN,
        P.DIRECTORY_READ: ALL,
        P.EDITION_READ: ALL,
        P.ENROLMENT_READ: OWN,
        P.GROUP_READ: OWN,
        P.LETTER_LEAVE: ALL,
        P.PERSON_IDENTIFY: OWN,
        P.PERSON_READ: OWN,
        P.REPORT_DECIDE: OWN,
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
        P.ASSESSMENT_ASK: ALL,
        P.ASSESSMENT_DUE: ALL,
        P.ASSESSMENT_EXPORT: ALL,
        P.ASSESSMENT_READ: ALL,
        P.ATTENDANCE_IMPORT: ALL,
        P.ATTENDANCE_MARK: ALL,
        P.AUDIT_READ: ALL,
        P.CALL_MAKE: ALL,
        P.CARE_READ: ALL,
        P.CERTIFICATE_ISSUE: ALL,
        P.CERTIFICATE_READ: ALL,
        P.CONSENT_RECORD: ALL,
        P.CONTEXT_READ: ALL,
        P.CONTEXT_WRITE: ALL,
        P.COST_READ: ALL,
        P.COST_WRITE: ALL,
        P.DEVICE_MANAGE: ALL,
        P.DIAGNOSIS_TAKE: ALL,
        P.DIRECTORY_READ: ALL,
        P.EDITION_READ: ALL,
        P.EDITION_SIGN: ALL,
        P.EMERGENCY_DECLARE: ALL,
        P.ENROLMENT_DECIDE: ALL,
        P.ENROLMENT_READ: ALL,
        P.FORM_BRING: ALL,
        P.FUNDER_REPORT: ALL,
        P.GROUP_CREATE: ALL,
        P.GROUP_JOIN: ALL,
        P.GROUP_READ: ALL,
        P.INTAKE_READ: ALL,
        P.INTAKE_TAKE: ALL,
        P.LAW_WRITE: ALL,
        P.LETTER_LEAVE: ALL,
        P.LITERACY_COUNT: ALL,
        P.LOTTERY_RUN: ALL,
        P.MONITOR_READ: ALL,
        P.NETWORK_READ: ALL,
        P.PERSON_CREATE: ALL,
        P.PERSON_FORGET: ALL,
        P.PERSON_IDENTIFY: ALL,
        P.PERSON_READ: ALL,
        P.PLAN_MAKE: ALL,
        P.REFERRAL_MAKE: ALL,
        P.RELEASE_READ: ALL,
        P.REPORT_DECIDE: ALL,
        P.RETENTION_READ: ALL,
        P.REVIEW_JUDGE: ALL,
        P.REVIEW_OPEN: ALL,
        P.RIGHTS_ANSWER: ALL,
        P.ROUND_KEEP: ALL,
        P.SESSION_PLAN: ALL,
        P.SITE_MANAGE: ALL,
        P.STUDY_READ: ALL,
        P.SUBMISSION_READ: ALL,
        P.TESTIMONY_KEEP: ALL,
        P.TEXT_PERMIT: ALL,
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
        P.ASSESSMENT_ASK: ALL,
        P.ASSESSMENT_DUE: ALL,
        P.ASSESSMENT_READ: ALL,
        P.CARE_READ: ALL,
        P.DIAGNOSIS_TAKE: ALL,
        P.DIRECTORY_READ: ALL,
        P.EDITION_READ: ALL,
        P.LETTER_LEAVE: ALL,
        P.PLAN_MAKE: ALL,
        P.REFERRAL_MAKE: ALL,
        P.REPORT_DECIDE: ALL,
        P.REVIEW_JUDGE: ALL,
        P.REVIEW_OPEN: ALL,
    },
)
_ADVOCATE: Final = Role(
    "advocate",
    _("Acompañamiento"),
    _("Trabaja con mujeres, detrás del muro. No ve a los hombres de los grupos."),
    {
        P.DIRECTORY_READ: ALL,
        P.LITERACY_PLACE: ALL,
        P.LITERACY_READ: ALL,
        P.WALL_ENTER: ALL,
    },
)
_PROMOTER: Final = Role(
    "promoter",
    _("Promoción comunitaria"),
    _("Trabaja con la comunidad: directorio, talleres y comités. No ve a los hombres."),
    {
        P.CONTEXT_READ: ALL,
        P.CONTEXT_WRITE: ALL,
        P.DIRECTORY_READ: ALL,
        P.DIRECTORY_WRITE: ALL,
        P.LETTER_LEAVE: ALL,
        P.LITERACY_PLACE: ALL,
        P.LITERACY_READ: ALL,
        P.LITERACY_WRITE: ALL,
        P.NETWORK_READ: ALL,
        P.NETWORK_WRITE: ALL,
        P.SERVICE_EDIT: ALL,
        P.TESTIMONY_KEEP: ALL,
    },
)
_EVALUATOR: Final = Role(
    "evaluator",
    _("Evaluación"),
    _("Prepara los estudios y lee los números. Nunca ve un nombre, un alias ni un folio."),
    {
        P.ASSESSMENT_EXPORT: ALL,
        P.CONTEXT_READ: ALL,
        P.COST_READ: ALL,
        P.EDITION_READ: ALL,
        P.MONITOR_READ: ALL,
        P.RELEASE_READ: ALL,
        P.RETENTION_READ: ALL,
        P.RUN_START: ALL,
        P.STUDY_DESIGN: ALL,
        P.STUDY_FREEZE: ALL,
        P.STUDY_READ: ALL,
    },
)
_DIRECTOR: Final = Role(
    "director",
    _("Dirección"),
    _(
        "Lee los reportes y los grupos de toda la organización, sin datos de cada hombre. Puede "
        "firmar con qué modelo se trabaja."
    ),
    {
        P.CONTEXT_READ: ALL,
        P.COST_READ: ALL,
        P.COST_WRITE: ALL,
        P.DIRECTORY_READ: ALL,
        P.DUTY_EXCEPT: ALL,
        P.EDITION_READ: ALL,
        P.EDITION_SIGN: ALL,
        P.EMERGENCY_DECLARE: ALL,
        P.FUNDER_REPORT: ALL,
        P.GROUP_READ: ALL,
        P.LAW_WRITE: ALL,
        P.LITERACY_COUNT: ALL,
        P.LOTTERY_RUN: ALL,
        P.MONITOR_READ: ALL,
        P.NETWORK_READ: ALL,
        P.POOL_SHARE: ALL,
        P.RELEASE_READ: ALL,
        P.RETENTION_READ: ALL,
        P.RUN_START: ALL,
        P.SLOT_CHOOSE: ALL,
        P.SERVICE_EDIT: ALL,
        P.STUDY_DESIGN: ALL,
        P.STUDY_FREEZE: ALL,
        P.STUDY_READ: ALL,
        P.TEXT_PERMIT: ALL,
    },
)
_ADMINISTRATOR: Final = Role(
    "administrator",
    _("Administración"),
    _("Da y quita accesos y cuida el sistema. No ve el contenido de ningún caso."),
    {P.AUDIT_READ: ALL, P.SLOT_CHOOSE: ALL, P.USER_MANAGE: ALL},
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
