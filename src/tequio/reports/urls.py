"""Addresses of certificates, accounts, what men ask about their data, and forgetting them."""

from __future__ import annotations

from django.urls import path

from tequio.people.addresses import FOLIO
from tequio.reports import views
from tequio.reports.accounts import testimony_views as testimonies
from tequio.reports.accounts import views as accounts
from tequio.reports.rights import erasing_views
from tequio.reports.rights import views as rights

_ONE = "derechos/<uuid:rights_id>"
_ACCOUNT = "informes/<uuid:account_id>"
_TESTIMONY = "informes/testimonios/<uuid:testimony_id>"

app_name = "reports"
urlpatterns = [
    path("constancias/", views.register, name="register"),
    path("constancias/comprobar/", views.check, name="check"),
    path("constancias/<uuid:certificate_id>/", views.certificate, name="certificate"),
    path("constancias/<uuid:certificate_id>/pdf/", views.pdf, name="certificate-pdf"),
    path("constancias/<uuid:certificate_id>/anular/", views.void, name="void"),
    path(f"personas/<{FOLIO}:folio>/constancia/", views.issue, name="issue"),
    path("derechos/", rights.requests, name="rights"),
    path("derechos/nueva/", rights.receive, name="receive-request"),
    path(f"{_ONE}/", rights.one, name="rights-request"),
    path(f"{_ONE}/identidad/", rights.identify, name="identify-request"),
    path(f"{_ONE}/ampliar/", rights.extend, name="extend-request"),
    path(f"{_ONE}/reunir/", rights.gather, name="gather-file"),
    path(f"{_ONE}/revisar/", rights.look, name="look-at-file"),
    path(f"{_ONE}/expediente.pdf", rights.file_pdf, name="file-pdf"),
    path(f"{_ONE}/expediente.json", rights.file_json, name="file-json"),
    path(f"{_ONE}/contestar/", rights.answer, name="answer-request"),
    path(f"{_ONE}/respuesta.pdf", rights.answer_pdf, name="answer-pdf"),
    path(f"{_ONE}/cumplida/", rights.carry_out, name="carry-out-request"),
    path(f"personas/<{FOLIO}:folio>/borrar/", erasing_views.forget, name="forget"),
    path("borrados/", erasing_views.erasures, name="erasures"),
    path("borrados/<uuid:erasure_id>/", erasing_views.erasure, name="erasure"),
    path("borrados/<uuid:erasure_id>/pdf/", erasing_views.erasure_pdf, name="erasure-pdf"),
    path("informes/", accounts.accounts, name="accounts"),
    path("informes/nuevo/", accounts.begin, name="begin-account"),
    path("informes/testimonios/", testimonies.testimonies, name="testimonies"),
    path("informes/testimonios/nuevo/", testimonies.keep, name="keep-testimony"),
    path(f"{_TESTIMONY}/", testimonies.testimony, name="testimony"),
    path(f"{_TESTIMONY}/retirar/", testimonies.withdraw, name="withdraw-testimony"),
    path(f"{_ACCOUNT}/", accounts.account, name="account"),
    path(f"{_ACCOUNT}/palabras/", accounts.words, name="account-words"),
    path(f"{_ACCOUNT}/contar/", accounts.count_again, name="count-account"),
    path(f"{_ACCOUNT}/emitir/", accounts.issue, name="issue-account"),
    path(f"{_ACCOUNT}/descartar/", accounts.discard, name="discard-account"),
    path(f"{_ACCOUNT}/informe.pdf", accounts.pdf, name="account-pdf"),
    path(f"{_ACCOUNT}/informe.xlsx", accounts.xlsx, name="account-xlsx"),
    path("que-se-guarda/", erasing_views.what_is_kept, name="kept"),
]
