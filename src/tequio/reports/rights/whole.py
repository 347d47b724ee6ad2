"""A man's whole file for himself: only what the allow-list gives, never a row of anybody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.circles.models import Session, Telling
from tequio.instruments import definitions
from tequio.people.catalogues import agreements
from tequio.people.models import Assessment, Consent, Participant
from tequio.programmes.models import Enrolment
from tequio.programmes.states import reason_label
from tequio.reports.rights.opening import Line, opened
from tequio.reports.rights.tables import TITLES, Table, hands, tables

# What only its author reads is not his file: whoever wrote it decides (and it goes by itself).
_NOT_HIS: Final = {"circles.Telling": {"part": Telling.Part.NOTE}}
_ORDER: Final = {
    "people.Consent": ("decided_on", "turn"),
    "programmes.EnrolmentStep": ("enrolment", "position"),
    "circles.Membership": ("joined_on",),
    "circles.Attendance": ("session__planned_on", "session__position"),
    "circles.Telling": ("session__planned_on", "said_at"),
    "care.Review": ("opened_at",),
    "outreach.Call": ("made_at",),
}
_WITH: Final = {
    "circles.Attendance": ("session",),
    "circles.Telling": ("session__group",),
    "circles.Membership": ("group",),
    "programmes.Enrolment": ("edition", "site"),
    "programmes.EnrolmentStep": ("enrolment__edition",),
    "reports.Certificate": ("edition",),
    "reports.Quoted": ("account",),
}
_NEVER: Final = gettext_lazy("No se entrega")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, in words."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One table."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class File:
    """The whole of it. `looked` once a person read every text in it."""

    sections: tuple[Section, ...]
    looked: bool = False

    def texts(self) -> list[Line]:
        """Return what somebody wrote, in order."""
        return [line for line in self._lines() if line.words]

    def with_texts(self, texts: Sequence[str]) -> File:
        """Return the file with every text as it was left after somebody looked at it."""
        given = iter(texts)
        return File(
            tuple(
                Section(section.title, tuple(Row(_looked(row, given)) for row in section.rows))
                for section in self.sections
            ),
            looked=True,
        )

    def as_body(self) -> dict[str, Any]:
        """Return it as it is sealed, and as it is handed over."""
        return asdict(self)

    @classmethod
    def from_body(cls, body: dict[str, Any]) -> File:
        """Read it back."""
        return cls(
            tuple(
                Section(
                    section["title"],
                    tuple(
                        Row(tuple(Line(**line) for line in row["lines"])) for row in section["rows"]
                    ),
                )
                for section in body["sections"]
            ),
            body["looked"],
        )

    def _lines(self) -> Iterator[Line]:
        for section in self.sections:
            for row in section.rows:
                yield from row.lines


def _looked(row: Row, given: Iterator[str]) -> tuple[Line, ...]:
    return tuple(
        replace(line, value=next(given).strip() or str(_NEVER)) if line.words else line
        for line in row.lines
    )


def gather(participant: Participant) -> File:
    """Collect what is his. The caller has checked who reads, and whose it is."""
    sections = [_section(table, participant) for table in tables()]
    found = tuple(section for section in sections if section.rows)
    # Where nothing was written in free words, there is nothing that somebody has to look at.
    file = File(found)
    return replace(file, looked=not file.texts())


def _section(table: Table, participant: Participant) -> Section:
    columns = [
        (field, hands()[name].hand)
        for field in table.model._meta.concrete_fields
        if (name := f"{table.label}.{field.name}") in hands() and hands()[name].hand != "leave"
    ]
    title = str(TITLES.get(table.label, table.label))
    if not columns:
        return Section(title, ())
    rows = (
        table.rows_of(participant)
        .exclude(**_NOT_HIS.get(table.label, {"pk": None}))
        .select_related(*_WITH.get(table.label, ()))
        .order_by(*_ORDER.get(table.label, ("pk",)))
    )
    made = [Row(tuple(_lines(table, columns, row))) for row in rows]
    return Section(title, tuple(row for row in made if row.lines))


def _lines(table: Table, columns: list[tuple[Any, str]], row: models.Model) -> Iterator[Line]:
    for field, hand in columns:
        what = f"{table.label}.{field.name}"
        if getattr(row, field.name) in (None, "", b""):
            continue
        if hand == "open":
            yield from opened(what, row)
        else:
            yield Line(str(LABELS[what]), _value(row, field))


def _value(row: models.Model, field: Any) -> str:
    value = getattr(row, field.name)
    if isinstance(row, Consent) and field.name == "purpose":
        return _purpose(row)
    if isinstance(row, Assessment) and field.name == "instrument":
        found = definitions.find(row.instrument, row.version)
        return found.instrument.name.now() if found else row.instrument
    if field.name == "reason":
        return reason_label(value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j b Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j b Y")
    if isinstance(value, Session):
        day = date_format(value.planned_on, "j b Y") if value.planned_on else ""
        return f"{value.position} · {day}".strip(" ·")
    if isinstance(value, Enrolment):
        return value.edition.name
    return str(getattr(value, "name", value))


def _purpose(row: Consent) -> str:
    told = agreements.versions().get(row.text_version)
    purpose = told.agreements.purpose(row.purpose) if told else None
    return purpose.title.now() if purpose else row.purpose


LABELS: Final[dict[str, str | Promise]] = {
    "people.Participant.folio": gettext_lazy("Folio"),
    "people.Participant.alias": gettext_lazy("Cómo le dicen en el grupo"),
    "people.Participant.created_at": gettext_lazy("Se dio de alta"),
    "people.Consent.purpose": gettext_lazy("Para qué"),
    "people.Consent.text_version": gettext_lazy("Versión del texto"),
    "people.Consent.decision": gettext_lazy("Lo que dijo"),
    "people.Consent.decided_on": gettext_lazy("El día"),
    "people.Consent.heard": gettext_lazy("Cómo lo conoció"),
    "people.Intake.state": gettext_lazy("Cómo quedó"),
    "people.Intake.route": gettext_lazy("Llegó por"),
    "people.Intake.motive": gettext_lazy("Qué espera"),
    "people.Intake.texts_erased_at": gettext_lazy("Sus palabras se borraron"),
    "people.Intake.started_at": gettext_lazy("Empezó"),
    "people.Intake.finished_at": gettext_lazy("Terminó"),
    "people.Assessment.instrument": gettext_lazy("Cuestionario"),
    "people.Assessment.version": gettext_lazy("Versión"),
    "people.Assessment.wave": gettext_lazy("Momento"),
    "people.Assessment.state": gettext_lazy("Cómo quedó"),
    "people.Assessment.how": gettext_lazy("Cómo lo contestó"),
    "people.Assessment.started_at": gettext_lazy("Empezó"),
    "people.Assessment.finished_at": gettext_lazy("Terminó"),
    "people.Approach.wave": gettext_lazy("Momento"),
    "people.Approach.channel": gettext_lazy("Por qué medio"),
    "people.Approach.outcome": gettext_lazy("Qué pasó"),
    "people.Approach.made_at": gettext_lazy("El día"),
    "people.Safeguard.recorded_at": gettext_lazy("Se comprobó"),
    "programmes.Enrolment.edition": gettext_lazy("Programa"),
    "programmes.Enrolment.site": gettext_lazy("Sede"),
    "programmes.Enrolment.state": gettext_lazy("Dónde está"),
    "programmes.Enrolment.since": gettext_lazy("Desde"),
    "programmes.EnrolmentStep.enrolment": gettext_lazy("Programa"),
    "programmes.EnrolmentStep.to_state": gettext_lazy("Pasó a"),
    "programmes.EnrolmentStep.happened_on": gettext_lazy("El día"),
    "programmes.EnrolmentStep.reason": gettext_lazy("Por qué"),
    "programmes.EnrolmentStep.attended": gettext_lazy("Sesiones a las que vino"),
    "programmes.EnrolmentStep.held": gettext_lazy("Sesiones que hubo"),
    "circles.Membership.group": gettext_lazy("Grupo"),
    "circles.Membership.joined_on": gettext_lazy("Desde"),
    "circles.Membership.ended_on": gettext_lazy("Hasta"),
    "circles.Membership.visit": gettext_lazy("De visita"),
    "circles.Attendance.session": gettext_lazy("Sesión"),
    "circles.Attendance.status": gettext_lazy("Asistencia"),
    "circles.Telling.session": gettext_lazy("Sesión"),
    "circles.Telling.part": gettext_lazy("Momento"),
    "circles.Telling.stands": gettext_lazy("Vale todavía"),
    "care.Diagnosis.state": gettext_lazy("Cómo quedó"),
    "care.Diagnosis.begun_at": gettext_lazy("Empezó"),
    "care.Diagnosis.finished_at": gettext_lazy("Terminó"),
    "care.Diagnosis.words_erased_at": gettext_lazy("Sus palabras se borraron"),
    "care.Review.state": gettext_lazy("Cómo está"),
    "care.Review.opened_at": gettext_lazy("Se abrió"),
    "care.Review.closed_at": gettext_lazy("Se cerró"),
    "care.Plan.decision": gettext_lazy("Dónde se le acompaña"),
    "care.Plan.made_at": gettext_lazy("Se decidió"),
    "care.Plan.replaced_at": gettext_lazy("Se cambió"),
    "care.Referral.state": gettext_lazy("Cómo quedó"),
    "care.Referral.agreed_until": gettext_lazy("Hasta cuándo vale su permiso"),
    "care.Referral.made_at": gettext_lazy("Se envió"),
    "care.Referral.words_erased_at": gettext_lazy("Lo compartido se borró"),
    "care.ReferralStep.state": gettext_lazy("Qué pasó"),
    "care.ReferralStep.on": gettext_lazy("El día"),
    "care.ReferralStep.why": gettext_lazy("Por qué no se pudo"),
    "care.Talk.opened_at": gettext_lazy("El día"),
    "care.Talk.outcome": gettext_lazy("Cómo fue"),
    "care.Talk.words_erased_at": gettext_lazy("Las notas se borraron"),
    "outreach.Call.outcome": gettext_lazy("Qué pasó"),
    "outreach.Call.made_at": gettext_lazy("El día"),
    "outreach.Call.voided_at": gettext_lazy("Se anuló"),
    "studies.ExtraCall.week": gettext_lazy("En la semana del"),
    "studies.ExtraCall.reached": gettext_lazy("Se habló con él"),
    "studies.Ticket.lottery": gettext_lazy("Sorteo"),
    "studies.Ticket.code": gettext_lazy("Su clave"),
    "studies.Ticket.released_on": gettext_lazy("Dejó de esperar el"),
    "reports.Certificate.folio": gettext_lazy("Folio"),
    "reports.Certificate.edition": gettext_lazy("Programa"),
    "reports.Certificate.attended": gettext_lazy("Sesiones a las que vino"),
    "reports.Certificate.held": gettext_lazy("Sesiones que hubo"),
    "reports.Certificate.made_up": gettext_lazy("Repuestas en otro grupo"),
    "reports.Certificate.unrecorded": gettext_lazy("Sin registro"),
    "reports.Certificate.first_on": gettext_lazy("Desde"),
    "reports.Certificate.last_on": gettext_lazy("Hasta"),
    "reports.Certificate.issued_on": gettext_lazy("Se expidió"),
    "reports.Certificate.signed_name": gettext_lazy("La firmó"),
    "reports.Certificate.signed_as": gettext_lazy("Su cargo"),
    "reports.Certificate.voided_at": gettext_lazy("Se anuló"),
    "reports.Certificate.void_reason": gettext_lazy("Por qué se anuló"),
    "reports.RightsRequest.folio": gettext_lazy("Folio"),
    "reports.RightsRequest.right": gettext_lazy("Qué pidió"),
    "reports.RightsRequest.received_on": gettext_lazy("El día"),
    "reports.RightsRequest.way": gettext_lazy("Por qué medio"),
    "reports.RightsRequest.asked_by": gettext_lazy("Quién lo pidió"),
    "reports.RightsRequest.identity": gettext_lazy("Cómo se comprobó quién es"),
    "reports.RightsRequest.identity_on": gettext_lazy("Se comprobó"),
    "reports.RightsRequest.extended_on": gettext_lazy("Se amplió el plazo"),
    "reports.RightsRequest.decision": gettext_lazy("Respuesta"),
    "reports.RightsRequest.answered_on": gettext_lazy("Se contestó"),
    "reports.RightsRequest.carried_on": gettext_lazy("Se cumplió"),
    "reports.Testimony.folio": gettext_lazy("Folio"),
    "reports.Testimony.way": gettext_lazy("Cómo lo dio"),
    "reports.Testimony.text_version": gettext_lazy("Versión del permiso"),
    "reports.Testimony.agreed_on": gettext_lazy("Dio su permiso"),
    "reports.Testimony.until": gettext_lazy("Vale hasta"),
    "reports.Testimony.ended": gettext_lazy("Por qué ya no se muestra"),
    "reports.Testimony.ended_on": gettext_lazy("Dejó de mostrarse"),
    "reports.Quoted.account": gettext_lazy("Folio del informe"),
}
