"""Addresses of her questionnaires. They hold keys and names of pages, nothing of hers."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.survivors.views import asking, asking_paper, inviting

_CASE = "casos/<uuid:case_id>/preguntas/"
_ONE = f"{_CASE}<uuid:answered_id>/"

patterns: list[URLPattern] = [
    path(_CASE, asking.asking_page, name="asking"),
    path(f"{_CASE}empezar/", asking.begin, name="begin-asking"),
    path(f"{_CASE}imprimir/", asking_paper.print_out, name="print-asking"),
    path(f"{_CASE}cambio/", asking.change, name="change"),
    path(f"{_CASE}intento/<slug:wave>/", asking.attempt, name="attempt"),
    path(f"{_CASE}enlace/<slug:wave>/", inviting.invite, name="invite"),
    path(f"{_CASE}enlace/<slug:wave>/quitar/", inviting.take_back, name="take-back-link"),
    path(_ONE, asking.ask, name="ask"),
    path(f"{_ONE}papel/", asking_paper.type_it, name="type-asking"),
    path(f"{_ONE}respuestas/", asking.answers, name="answers"),
    path(f"{_ONE}borrar/", asking.erase, name="erase-answers"),
]
