"""Addresses of lotteries, of comparisons with allies, and of the page that anybody may open."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.people.addresses import FOLIO
from tequio.studies.views import ceremony, comparisons, drawn, extra_calls, lotteries

_OF = "estudios/<uuid:study_id>"
_ONE = "estudios/sorteo/<uuid:lottery_id>"
_ALLY = "estudios/comparacion/<uuid:comparison_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_OF}/sorteo/", lotteries.ways, name="lotteries"),
    path(
        f"{_OF}/sorteo/lugares/<uuid:edition_id>/", lotteries.announce_seats, name="announce-seats"
    ),
    path(f"{_OF}/sorteo/nuevo/<slug:drawing>/", lotteries.announce, name="announce-lottery"),
    path(f"{_OF}/comparacion/", comparisons.agree, name="agree-comparison"),
    path(f"{_ONE}/", ceremony.lottery, name="lottery"),
    path(f"{_ONE}/cerrar/", ceremony.close, name="close-lottery"),
    path(f"{_ONE}/numero/", ceremony.say_number, name="say-number"),
    path(f"{_ONE}/sortear/", ceremony.draw, name="draw-lottery"),
    path(f"{_ONE}/no-espera/", ceremony.exempt, name="exempt-lottery"),
    path(f"{_ONE}/cancelar/", ceremony.cancel, name="cancel-lottery"),
    path(f"{_ONE}/hoja.pdf", ceremony.sheet, name="lottery-sheet"),
    path(f"{_ONE}/papeletas.pdf", ceremony.slips, name="lottery-slips"),
    path("estudios/llamada/<uuid:ticket_id>/", extra_calls.made, name="extra-call"),
    path(f"{_ALLY}/", comparisons.comparison, name="comparison"),
    path(f"{_ALLY}/devolver/", comparisons.give_back, name="give-back-comparison"),
    path(f"sorteo/<{FOLIO}:code>/", drawn.drawn, name="drawn"),
    path(f"sorteo/<{FOLIO}:code>/lista.txt", drawn.listed, name="drawn-list"),
    path(f"sorteo/<{FOLIO}:code>/registro.json", drawn.record, name="drawn-record"),
]
