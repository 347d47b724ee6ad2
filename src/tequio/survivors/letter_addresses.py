"""Addresses of letters, of talks with him, and of reports. They hold keys and nothing of hers."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.survivors.views import letters, men, reporting

_CASE = "casos/<uuid:case_id>/"
_LETTER = "cartas/<uuid:letter_id>/"

patterns: list[URLPattern] = [
    path("cartas/", letters.letters, name="letters"),
    path(_LETTER, letters.letter, name="letter"),
    path(f"{_LETTER}mia/", letters.take, name="letter-take"),
    path(f"{_LETTER}intento/", letters.tried, name="letter-tried"),
    path(f"{_LETTER}hecha/", letters.done, name="letter-done"),
    path(f"{_LETTER}ofrecer/", letters.offer, name="letter-offer"),
    path(f"{_LETTER}de-quien/", letters.attach, name="letter-attach"),
    path(f"{_LETTER}romper/", letters.dismiss, name="letter-dismiss"),
    path(f"{_CASE}el/", men.men, name="men"),
    path(f"{_CASE}hojas/<uuid:link_id>/preguntar/", men.instruct, name="instruct"),
    path(f"{_CASE}aviso/", reporting.decide, name="decide-report"),
    path(f"{_CASE}hojas/<uuid:notice_id>/aviso/", reporting.report, name="report"),
]
