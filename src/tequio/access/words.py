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
    P.ASSESSMENT_ASK: _("Hacerle un cuestionario a un participante"),
    P.ASSESSMENT_DUE: _("Ver qué cuestionario toca y anotar que se le buscó, sin ver respuestas"),
    P.ASSESSMENT_EXPORT: _("Descargar respuestas sin nombre, alias ni folio"),
    P.ASSESSMENT_READ: _("Leer lo que un participante contestó"),
    P.ATTENDANCE_IMPORT: _("Importar registros de asistencia"),
    P.ATTENDANCE_MARK: _("Pasar asistencia"),
    P.AUDIT_READ: _("Leer la bitácora"),
    P.CALL_MAKE: _("Llamar a quien faltó y anotar qué pasó"),
    P.CARE_READ: _("Leer el diagnóstico, las revisiones y el plan de un participante"),
    P.CERTIFICATE_ISSUE: _("Expedir y anular constancias de asistencia"),
    P.CERTIFICATE_READ: _("Ver las constancias expedidas"),
    P.CONSENT_RECORD: _("Registrar lo que un participante acepta o retira"),
    P.CONTEXT_READ: _("Leer el diagnóstico del contexto de un municipio"),
    P.CONTEXT_WRITE: _("Anotar lo que una asamblea dijo de su lugar"),
    P.COST_READ: _("Leer lo que cuesta el programa, por grupo y nunca por hombre"),
    P.COST_WRITE: _("Anotar gastos, horas e ingresos, y hacer presupuestos"),
    P.DEVICE_MANAGE: _("Dar y quitar permiso a teléfonos que recogen cuestionarios"),
    P.DIAGNOSIS_TAKE: _("Hacer el diagnóstico de un participante"),
    P.DIRECTORY_READ: _("Consultar el directorio de servicios y avisar cuando algo falla"),
    P.DIRECTORY_WRITE: _("Cambiar, importar y comprobar los servicios del directorio"),
    P.DUTY_EXCEPT: _("Firmar que alguien trabaje de los dos lados por un tiempo"),
    P.EDITION_READ: _("Ver los modelos de intervención"),
    P.EDITION_SIGN: _("Firmar un modelo para usarlo"),
    P.EMERGENCY_DECLARE: _("Declarar una emergencia y decir qué cambia"),
    P.ENROLMENT_DECIDE: _("Escribir los pasos de un participante en un programa"),
    P.ENROLMENT_READ: _("Ver el camino de un participante en un programa"),
    P.FORM_BRING: _("Traer formularios propios y retirarlos"),
    P.FUNDER_REPORT: _("Preparar y emitir informes de un periodo cerrado"),
    P.GROUP_CREATE: _("Crear grupos"),
    P.GROUP_JOIN: _("Inscribir a alguien en un grupo"),
    P.GROUP_READ: _("Ver grupos y sus sesiones"),
    P.INTAKE_READ: _("Leer lo que un participante dijo en su ingreso"),
    P.INTAKE_TAKE: _("Hacer el ingreso de un participante"),
    P.LAW_WRITE: _("Guardar lo que la abogada escribió sobre cuándo avisar a una autoridad"),
    P.LETTER_LEAVE: _("Dejar una carta sellada al equipo de mujeres"),
    P.LITERACY_COUNT: _("Ver cuántos encuentros de círculos hubo por tema y año, y nada más"),
    P.LITERACY_PLACE: _("Ver dónde y cuándo se reúne un círculo de alfabetización"),
    P.LITERACY_READ: _("Ver los círculos de alfabetización y lo que aprenden, sin el lugar"),
    P.LITERACY_WRITE: _("Abrir círculos de alfabetización y anotar sus encuentros"),
    P.LOTTERY_RUN: _("Anunciar un sorteo, cerrar su lista y sortear"),
    P.MONITOR_READ: _("Ver cómo va un estudio entre publicaciones, y lo que dicen varias juntas"),
    P.NETWORK_READ: _("Ver la red de la comunidad y lo que acuerda"),
    P.NETWORK_WRITE: _("Anotar quién está en la red, qué acuerda y qué hace la comunidad"),
    P.PERSON_CREATE: _("Dar de alta a un participante"),
    P.PERSON_FORGET: _("Borrar los datos de un participante, con su certificado de borrado"),
    P.PERSON_IDENTIFY: _("Ver el nombre y el teléfono de un participante"),
    P.PERSON_READ: _("Ver el expediente de un participante, por folio"),
    P.PLAN_MAKE: _("Decidir el plan de un participante"),
    P.POOL_SHARE: _("Acordar con otras organizaciones y enviarles sumas, nunca renglones"),
    P.REFERRAL_MAKE: _("Canalizar a un participante y anotar qué pasó"),
    P.RELEASE_READ: _("Leer lo que se publicó de los estudios"),
    P.REPORT_DECIDE: _(
        "Decidir si se avisa a una autoridad, y revisar lo que otra persona decidió"
    ),
    P.RETENTION_READ: _("Leer el reporte de permanencia"),
    P.REVIEW_JUDGE: _("Valorar y cerrar una revisión de riesgo"),
    P.REVIEW_OPEN: _("Abrir una revisión de riesgo"),
    P.RIGHTS_ANSWER: _("Atender lo que un participante pide sobre sus datos"),
    P.ROUND_KEEP: _("Anotar y leer lo que se dice en la ronda y lo que cada uno se lleva"),
    P.RUN_START: _("Congelar los datos de un estudio y correr su plan"),
    P.SERVICE_EDIT: _("Cambiar los servicios de la página pública"),
    P.SESSION_PLAN: _("Planear sesiones y decir si se hicieron"),
    P.SITE_MANAGE: _("Abrir y cambiar sedes"),
    P.SLOT_CHOOSE: _("Decidir quién guarda lo que dicen las mujeres"),
    P.STUDY_DESIGN: _("Preparar un estudio: la pregunta, las medidas y el diseño"),
    P.STUDY_FREEZE: _("Congelar el plan de un estudio, enmendarlo y detenerlo"),
    P.STUDY_READ: _("Leer los estudios y sus planes"),
    P.SUBMISSION_READ: _("Leer lo contestado en los formularios de la organización"),
    P.TESTIMONY_KEEP: _("Guardar un testimonio con su permiso, y retirarlo"),
    P.TEXT_PERMIT: _("Traer el permiso, y el texto, de cuestionarios que son de alguien más"),
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
