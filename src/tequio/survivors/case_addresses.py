"""Addresses of cases and of women's groups. They hold keys and names of pages, nothing of hers."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.survivors.views import cases, circles, contact, decisions, passing, sheets, ways

_CASE = "casos/<uuid:case_id>/"
_SHEETS = f"{_CASE}hojas/"

patterns: list[URLPattern] = [
    path("casos/nuevo/", cases.begin, name="begin"),
    path(_CASE, cases.case, name="case"),
    path(f"{_CASE}mostrar/", cases.reveal, name="reveal"),
    path(f"{_CASE}camino/", cases.journey, name="journey"),
    path(f"{_CASE}quien/", contact.about, name="about"),
    path(f"{_CASE}tarjeta/", contact.card, name="card"),
    path(f"{_CASE}contacto/", contact.contact, name="contact"),
    path(f"{_CASE}decisiones/", decisions.all_of_them, name="decisions"),
    path(f"{_CASE}decisiones/<slug:asked>/", decisions.decide, name="decide"),
    path(f"{_CASE}decisiones/<slug:asked>/retirar/", decisions.withdraw, name="take-back"),
    path(f"{_CASE}participante/", decisions.link, name="link"),
    path(f"{_CASE}plan/", sheets.plan, name="plan"),
    path(f"{_CASE}grupo/", circles.seat, name="seat"),
    path(f"{_CASE}cerrar/", ways.close, name="close"),
    path(f"{_CASE}reabrir/", ways.reopen, name="reopen"),
    path(f"{_CASE}hojas/nueva/<slug:sheet_kind>/", sheets.new, name="new-sheet"),
    path(f"{_SHEETS}<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path(f"{_SHEETS}<uuid:order_id>/violacion/", sheets.breach, name="breach"),
    path(f"{_SHEETS}<uuid:referral_id>/paso/", sheets.step, name="referral-step"),
    path(f"{_SHEETS}<uuid:referral_id>/liga/", passing.link, name="referral-link"),
    path(f"{_SHEETS}<uuid:referral_id>/contestado/", passing.answers, name="referral-answers"),
    path(f"{_SHEETS}<uuid:referral_id>/acompanada/", passing.escort, name="referral-escort"),
    path(f"{_SHEETS}<uuid:risk_id>/lectura/", sheets.review, name="review"),
    path(f"{_SHEETS}<uuid:link_id>/participante/", decisions.relink, name="relink"),
    path(f"{_SHEETS}<uuid:offer_id>/ofrecimiento/", ways.offer, name="offer"),
    path(f"{_SHEETS}<uuid:offer_id>/intento/", ways.tried, name="offer-tried"),
    path(f"{_SHEETS}<uuid:offer_id>/resultado/", ways.ended, name="offer-ended"),
    path(f"{_SHEETS}<uuid:place_id>/salida/", circles.leave, name="leave-group"),
    path("grupos/", circles.all_of_them, name="groups"),
    path("grupos/nuevo/", circles.new, name="new-group"),
    path("grupos/<uuid:circle_id>/", circles.group, name="group"),
    path("grupos/<uuid:circle_id>/cambiar/", circles.change, name="change-group"),
]
