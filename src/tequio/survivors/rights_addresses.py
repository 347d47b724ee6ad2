"""Addresses of her requests about her data, and of erasing a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.survivors.views import rights

_CASE = "casos/<uuid:case_id>/"

patterns: list[URLPattern] = [
    path(f"{_CASE}derechos/", rights.requests, name="rights"),
    path(f"{_CASE}derechos/<uuid:asked_id>/", rights.answer, name="rights-answer"),
    path(f"{_CASE}borrar/", rights.erase, name="erase"),
    path("borrados/<int:position>/", rights.erased, name="erased"),
    path("borrados/<int:position>/papel/", rights.erased_paper, name="erased-paper"),
]
