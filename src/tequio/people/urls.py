"""Addresses of a new file, the intake, and what he agrees to."""

from __future__ import annotations

from django.urls import path

from tequio.people.addresses import FOLIO
from tequio.people.views import (
    assessments,
    consents,
    exports,
    intake,
    links,
    paper,
    partner,
    register,
)

_MAN = f"personas/<{FOLIO}:folio>"

app_name = "people"
urlpatterns = [
    path("personas/nueva/", register.new, name="new"),
    path(f"{_MAN}/ingreso/", intake.summary, name="intake"),
    path(f"{_MAN}/ingreso/empezar/", intake.start, name="start-intake"),
    path(f"{_MAN}/ingreso/menor/", intake.minor, name="minor"),
    path(f"{_MAN}/ingreso/pareja/", partner.partner, name="partner"),
    path(f"{_MAN}/ingreso/terminar/", intake.finish, name="finish-intake"),
    path(f"{_MAN}/ingreso/<slug:step>/", intake.step, name="intake-step"),
    path(f"{_MAN}/acuerdos/", consents.consents, name="consents"),
    path(f"{_MAN}/acuerdos/<slug:purpose>/retirar/", consents.withdraw, name="withdraw"),
    path(f"{_MAN}/cuestionarios/", assessments.listed, name="assessments"),
    path(f"{_MAN}/cuestionarios/empezar/", assessments.begin, name="begin-assessment"),
    path(
        f"{_MAN}/cuestionarios/<uuid:way_id>/<slug:wave>/busqueda/",
        assessments.approach,
        name="approach",
    ),
    path(
        f"{_MAN}/cuestionarios/<uuid:way_id>/<slug:wave>/enlace/",
        links.give,
        name="give-link",
    ),
    path(f"{_MAN}/cuestionarios/papel/", paper.print_out, name="print-paper"),
    path("cuestionarios/papel/", paper.find, name="find-paper"),
    path("cuestionarios/<uuid:sitting_id>/papel/", paper.type_it, name="type-in"),
    path("cuestionarios/<uuid:assessment_id>/", assessments.opened, name="assessment"),
    path("cuestionarios/<uuid:sitting_id>/contestar/", assessments.ask, name="ask"),
    path("cuestionarios/<uuid:assessment_id>/listo/", assessments.done, name="assessment-done"),
    path("cuestionarios/respuestas/", exports.exports, name="exports"),
    path("cuestionarios/respuestas/descargar/", exports.export, name="export"),
]
