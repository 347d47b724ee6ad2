"""Every table that holds something of a man, found by its relations and not by memory."""

from __future__ import annotations

import csv
from collections import deque
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.letters.models import Agenda
from tequio.people.models import Participant

# Keys of men that no foreign key holds: the room stands below.
LOOSE: Final[dict[type[models.Model], str]] = {Agenda: "participant_id"}

TITLES: Final[dict[str, str | Promise]] = {
    "people.Participant": _("Su expediente"),
    "people.Identity": _("Quién es"),
    "people.NameSound": _("Huellas de cómo suena su nombre, para encontrarlo"),
    "people.Consent": _("Lo que aceptó y lo que no"),
    "people.Intake": _("Su ingreso"),
    "people.Assessment": _("Cuestionarios que contestó"),
    "people.Approach": _("Veces que se le buscó para un cuestionario"),
    "people.Safeguard": _("Lo que se comprobó por ser menor de edad"),
    "programmes.Enrolment": _("Sus programas"),
    "programmes.EnrolmentStep": _("Sus pasos en cada programa"),
    "circles.Membership": _("Sus grupos"),
    "circles.Attendance": _("Su asistencia"),
    "circles.Mark": _("Toques al pasar lista"),
    "circles.Telling": _("Lo que dijo en las sesiones"),
    "care.Diagnosis": _("Su diagnóstico"),
    "care.Review": _("Revisiones de su situación"),
    "care.Signal": _("Lo que llevó a una revisión"),
    "care.Judgement": _("Valoraciones del equipo"),
    "care.Step": _("Pasos de una revisión"),
    "care.Plan": _("Su plan"),
    "care.Talk": _("Pláticas de seguimiento"),
    "care.Referral": _("A dónde se le canalizó"),
    "care.ReferralStep": _("Qué pasó con cada canalización"),
    "care.Report": _("Decisiones sobre avisar a una autoridad"),
    "outreach.Call": _("Llamadas"),
    "outreach.ThirdAbsence": _("Rachas de faltas"),
    "studies.Ticket": _("Sorteos en los que entró"),
    "studies.ExtraCall": _("Llamadas de más que le tocaron"),
    "reports.Certificate": _("Constancias de asistencia"),
    "reports.RightsRequest": _("Lo que ha pedido sobre sus datos"),
    "reports.Testimony": _("Testimonios que dio"),
    "reports.Quoted": _("En qué informes están"),
    "letters.Agenda": _("Temas preparados para sus pláticas"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table, and by which lookup its rows of one man are found."""

    model: type[models.Model]
    path: str

    @property
    def label(self) -> str:
        """Its name, ``room.Model``."""
        return self.model._meta.label

    def rows_of(self, participant: Participant) -> models.QuerySet[Any]:
        """Return his rows."""
        return self.model._default_manager.filter(**{self.path: participant.pk})


@cache
def tables() -> tuple[Table, ...]:
    """Return every table from which a chain of relations leads to a man, himself first."""
    found: dict[type[models.Model], str] = {Participant: "pk"}
    waiting: deque[tuple[type[models.Model], str]] = deque([(Participant, "")])
    while waiting:
        model, path = waiting.popleft()
        for relation in model._meta.related_objects:
            child = relation.related_model
            if child in found or child._meta.auto_created:
                continue
            found[child] = relation.field.name + (f"__{path}" if path else "")
            waiting.append((child, found[child]))
    return tuple(Table(model, path) for model, path in {**found, **LOOSE}.items())


@dataclass(frozen=True, slots=True)
class Hand:
    """What is done with one column when a man asks for his file."""

    hand: str  # give, open, leave
    why: str


@cache
def hands() -> dict[str, Hand]:
    """Read which columns are given, which are opened and looked at, and why others stay."""
    text = files("tequio.reports").joinpath("data/his_file.csv").read_text(encoding="utf-8")
    return {row["what"]: Hand(row["hand"], row["why"]) for row in csv.DictReader(text.splitlines())}
