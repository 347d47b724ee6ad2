"""Addresses of certificates."""

from __future__ import annotations

from django.urls import path

from tequio.people.addresses import FOLIO
from tequio.reports import views

app_name = "reports"
urlpatterns = [
    path("constancias/", views.register, name="register"),
    path("constancias/comprobar/", views.check, name="check"),
    path("constancias/<uuid:certificate_id>/", views.certificate, name="certificate"),
    path("constancias/<uuid:certificate_id>/pdf/", views.pdf, name="certificate-pdf"),
    path("constancias/<uuid:certificate_id>/anular/", views.void, name="void"),
    path(f"personas/<{FOLIO}:folio>/constancia/", views.issue, name="issue"),
]
