"""Addresses behind the wall."""

from __future__ import annotations

from django.urls import path

from tequio.survivors import (
    asking_addresses,
    case_addresses,
    letter_addresses,
    rights_addresses,
)
from tequio.survivors.views import (
    cases,
    door,
    exports,
    keeping,
    members,
    setting_up,
    showing,
)

app_name = "survivors"
urlpatterns = [
    path("", cases.home, name="home"),
    path("abrir/", door.unlock, name="unlock"),
    path("cerrar/", door.lock, name="lock"),
    path("estado/", door.state, name="state"),
    path("fundar/", setting_up.found, name="found"),
    path("llave/", setting_up.key, name="key"),
    path("codigo/", setting_up.code, name="code"),
    path("recuperar/", setting_up.recover, name="recover"),
    path("frase/", setting_up.passphrase, name="passphrase"),
    path("papel/", setting_up.new_paper, name="new-paper"),
    path("palabras/", showing.typed_back, name="typed-back"),
    path("palabras/sobres/", showing.print_paper, name="print-paper"),
    path("palabras/hoja/", showing.print_code, name="print-code"),
    path("equipo/", members.page, name="team"),
    path("equipo/<uuid:user_id>/admitir/", members.admit, name="admit"),
    path("equipo/<uuid:user_id>/quitar/", members.remove, name="remove"),
    path("buzon/", members.mailbox, name="mailbox"),
    path("bitacora/", keeping.log, name="log"),
    path("borradores/", keeping.kept, name="drafts"),
    path("borradores/guardar/", keeping.keep, name="keep-draft"),
    path("borradores/<uuid:draft_id>/tirar/", keeping.drop, name="drop-draft"),
    path("salidas/", exports.exports, name="exports"),
    path("salidas/<uuid:request_id>/permitir/", exports.allow, name="export-allow"),
    path("salidas/<uuid:request_id>/no/", exports.refuse, name="export-refuse"),
    path("salidas/<uuid:request_id>/frase/", exports.words, name="export-words"),
    path("salidas/<uuid:request_id>/archivo/", exports.take, name="export-take"),
    path("casos/<uuid:case_id>/sacar/", exports.ask, name="export-ask"),
    *case_addresses.patterns,
    *asking_addresses.patterns,
    *letter_addresses.patterns,
    *rights_addresses.patterns,
]
