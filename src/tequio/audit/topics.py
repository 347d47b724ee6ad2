"""Kinds of events by topic, as a reader looks for them. Each kind belongs to exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.audit.presenters import SENTENCES


@dataclass(frozen=True, slots=True)
class Topic:
    """Kinds that a reader looks for together."""

    slug: str
    name: str | Promise
    beginnings: tuple[str, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the topic."""
        return frozenset(k for k in SENTENCES if k.split(".")[0] in self.beginnings)


TOPICS: Final = (
    Topic("entradas", _("Entradas y salidas"), ("sign_in", "sign_out", "second_factor")),
    Topic(
        "accesos",
        _("Cuentas y roles"),
        (
            "authenticator",
            "duty_exception",
            "organisation",
            "password",
            "pin",
            "recovery_codes",
            "reset_code",
            "role",
            "slot",
            "user",
        ),
    ),
    Topic(
        "participantes",
        _("Expedientes"),
        (
            "certificate",
            "consent",
            "enrolment",
            "identity",
            "intake",
            "membership",
            "participant",
            "rights",
            "safeguard",
        ),
    ),
    Topic(
        "cuidado",
        _("Diagnósticos, revisiones y planes"),
        ("diagnosis", "law", "letter", "plan", "referral", "report", "review", "talk"),
    ),
    Topic(
        "circulos",
        _("Grupos, sesiones y asistencia"),
        ("attendance", "group", "session", "telling"),
    ),
    Topic("llamadas", _("Llamadas y emergencias"), ("absence", "call", "emergency", "number")),
    Topic("modelos", _("Modelos y sedes"), ("edition", "site", "training")),
    Topic("directorio", _("Servicios de la página pública"), ("service",)),
    Topic(
        "comunidad",
        _("Red, círculos y comités"),
        (
            "agreement",
            "assembly",
            "committee",
            "community",
            "community_action",
            "demand",
            "directory",
            "finding",
            "literacy",
            "sighting",
            "stakeholder",
            "survey_round",
            "tie",
        ),
    ),
    Topic("territorio", _("Diagnósticos de un lugar"), ("context", "gathering")),
    Topic(
        "cuestionarios", _("Cuestionarios"), ("assessment", "device", "form", "submission", "text")
    ),
    Topic(
        "estudios",
        _("Estudios, sorteos y publicaciones"),
        (
            "study",
            "study_run",
            "study_release",
            "data_set",
            "lottery",
            "comparison",
            "monitoring",
            "pool",
        ),
    ),
    Topic("costos", _("Costos, ingresos y presupuestos"), ("cost", "cost_terms", "income")),
    Topic("informes", _("Informes y testimonios"), ("account", "testimony")),
    Topic("datos", _("Importar y exportar"), ("export", "import", "job")),
    Topic("sello", _("La bitácora misma"), ("audit",)),
)
