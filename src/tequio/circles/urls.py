"""Addresses of groups, sessions, the register import and retention."""

from __future__ import annotations

from django.urls import path

from tequio.circles.views import groups, import_results, imports, retention, sessions
from tequio.people.addresses import FOLIO

app_name = "circles"
urlpatterns = [
    path("grupos/", groups.groups, name="groups"),
    path("grupos/nuevo/", groups.new_group, name="new-group"),
    path("grupos/<uuid:group_id>/", groups.group, name="group"),
    path("grupos/<uuid:group_id>/integrantes/", groups.join, name="join"),
    path(f"grupos/<uuid:group_id>/integrantes/<{FOLIO}:folio>/salida/", groups.leave, name="leave"),
    path("grupos/<uuid:group_id>/facilitacion/", groups.facilitators, name="facilitators"),
    path("grupos/<uuid:group_id>/sesiones/", groups.add_session, name="add-session"),
    path("sesiones/<uuid:session_id>/", sessions.session, name="session"),
    path(
        "sesiones/<uuid:session_id>/lugares/<uuid:membership_id>/<uuid:mark_id>/",
        sessions.mark,
        name="mark",
    ),
    path("sesiones/<uuid:session_id>/realizada/", sessions.hold, name="hold"),
    path("sesiones/<uuid:session_id>/no-se-realizo/", sessions.not_held, name="not-held"),
    path("sesiones/<uuid:session_id>/fecha/", sessions.move, name="move"),
    path("permanencia/", retention.retention, name="retention"),
    path("permanencia/reporte.pdf", retention.retention_pdf, name="retention-pdf"),
    path("grupos/<uuid:group_id>/permanencia/", retention.group_retention, name="group-retention"),
    path(
        "grupos/<uuid:group_id>/permanencia/reporte.pdf",
        retention.group_retention_pdf,
        name="group-retention-pdf",
    ),
    path("importar/", imports.imports, name="imports"),
    path("importar/<uuid:import_id>/", imports.register_import, name="register-import"),
    path("importar/<uuid:import_id>/descartar/", imports.discard, name="discard-import"),
    path("importar/<uuid:import_id>/deshacer/", import_results.undo, name="undo-import"),
    path(
        "importar/<uuid:import_id>/borrar-archivo/",
        import_results.erase_file,
        name="erase-import-file",
    ),
    path(
        "importar/<uuid:import_id>/problemas.xlsx",
        import_results.problems,
        name="import-problems",
    ),
]
