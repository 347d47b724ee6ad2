"""Addresses of groups, sessions, the register import and retention."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse
from django.urls import URLPattern, path

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

Door = tuple[str, Callable[..., HttpResponse], str]
_GROUP: Final = "grupos/<uuid:group_id>/"
_SESSION: Final = "sesiones/<uuid:session_id>/"
_AFTER: Final = f"{_SESSION}despues/<uuid:membership_id>/"
_IMPORT: Final = "importar/<uuid:import_id>/"


def _under(prefix: str, *doors: Door) -> list[URLPattern]:
    return [path(f"{prefix}{rest}", view, name=name) for rest, view, name in doors]


app_name = "circles"
urlpatterns = [
    *_under(
        "",
        ("grupos/", groups.groups, "groups"),
        ("grupos/nuevo/", groups.new_group, "new-group"),
        ("hoja/", sheets.find, "find-sheet"),
        ("permanencia/", retention.retention, "retention"),
        ("permanencia/reporte.pdf", retention.retention_pdf, "retention-pdf"),
        ("importar/", imports.imports, "imports"),
    ),
    *_under(
        _GROUP,
        ("", groups.group, "group"),
        ("integrantes/", groups.join, "join"),
        (f"integrantes/<{FOLIO}:folio>/salida/", groups.leave, "leave"),
        ("facilitacion/", groups.facilitators, "facilitators"),
        ("sesiones/", groups.add_session, "add-session"),
        ("permanencia/", retention.group_retention, "group-retention"),
        ("permanencia/reporte.pdf", retention.group_retention_pdf, "group-retention-pdf"),
    ),
    *_under(
        _SESSION,
        ("", sessions.session, "session"),
        ("lugares/<uuid:membership_id>/<uuid:mark_id>/", sessions.mark, "mark"),
        ("ronda/", rounds.round_page, "round"),
        ("ronda/<uuid:membership_id>/<uuid:event_id>/", rounds.answer, "answer"),
        ("deshacer/<uuid:telling_id>/", rounds.undo, "undo"),
        ("despues/", after.after, "after"),
        ("actividad/<int:number>/<uuid:event_id>/", guide.start, "activity"),
        ("visita/", visits.receive, "visit"),
        ("visita/<uuid:membership_id>/quitar/", visits.dismiss, "dismiss-visit"),
        ("hoja.pdf", sheets.paper, "sheet-pdf"),
        ("hoja/", sheets.quick, "sheet"),
        ("sigo-aqui/", locked.alive, "alive"),
        ("realizada/", sessions.hold, "hold"),
        ("no-se-realizo/", sessions.not_held, "not-held"),
        ("fecha/", sessions.move, "move"),
    ),
    *_under(
        _AFTER,
        ("", after.man, "after-man"),
        ("nombre/", after.reveal, "reveal"),
        ("<uuid:event_id>/", after.keep, "keep"),
        ("nota/<uuid:event_id>/", after.keep_note, "keep-note"),
        ("revision/", after.flag, "flag"),
    ),
    *_under(
        _IMPORT,
        ("", imports.register_import, "register-import"),
        ("descartar/", imports.discard, "discard-import"),
        ("deshacer/", import_results.undo, "undo-import"),
        ("borrar-archivo/", import_results.erase_file, "erase-import-file"),
        ("problemas.xlsx", import_results.problems, "import-problems"),
    ),
]
