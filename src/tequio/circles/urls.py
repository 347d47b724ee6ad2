"""Addresses of groups, sessions, the register import and retention."""

from __future__ import annotations

from django.urls import path

from tequio.circles.views import (
    after,
    groups,
    guide,
    import_results,
    imports,
    locked,
    retention,
    sessions,
    sheets,
    visits,
)
from tequio.circles.views import round as rounds
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
    path("sesiones/<uuid:session_id>/ronda/", rounds.round_page, name="round"),
    path(
        "sesiones/<uuid:session_id>/ronda/<uuid:membership_id>/<uuid:event_id>/",
        rounds.answer,
        name="answer",
    ),
    path(
        "sesiones/<uuid:session_id>/despues/<uuid:membership_id>/nombre/",
        after.reveal,
        name="reveal",
    ),
    path("sesiones/<uuid:session_id>/deshacer/<uuid:telling_id>/", rounds.undo, name="undo"),
    path("sesiones/<uuid:session_id>/despues/", after.after, name="after"),
    path(
        "sesiones/<uuid:session_id>/despues/<uuid:membership_id>/",
        after.man,
        name="after-man",
    ),
    path(
        "sesiones/<uuid:session_id>/despues/<uuid:membership_id>/<uuid:event_id>/",
        after.keep,
        name="keep",
    ),
    path(
        "sesiones/<uuid:session_id>/despues/<uuid:membership_id>/nota/<uuid:event_id>/",
        after.keep_note,
        name="keep-note",
    ),
    path(
        "sesiones/<uuid:session_id>/despues/<uuid:membership_id>/revision/",
        after.flag,
        name="flag",
    ),
    path(
        "sesiones/<uuid:session_id>/actividad/<int:number>/<uuid:event_id>/",
        guide.start,
        name="activity",
    ),
    path("sesiones/<uuid:session_id>/visita/", visits.receive, name="visit"),
    path(
        "sesiones/<uuid:session_id>/visita/<uuid:membership_id>/quitar/",
        visits.dismiss,
        name="dismiss-visit",
    ),
    path("hoja/", sheets.find, name="find-sheet"),
    path("sesiones/<uuid:session_id>/hoja.pdf", sheets.paper, name="sheet-pdf"),
    path("sesiones/<uuid:session_id>/hoja/", sheets.quick, name="sheet"),
    path("sesiones/<uuid:session_id>/sigo-aqui/", locked.alive, name="alive"),
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
