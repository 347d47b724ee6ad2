"""Addresses of editions, session guides, sites, training, who waits, and a man's way."""

from __future__ import annotations

from django.urls import path

from tequio.people.addresses import FOLIO
from tequio.programmes.views import editions, enrolment, guides, training

app_name = "programmes"
urlpatterns = [
    path("programas/", editions.editions, name="editions"),
    path("programas/<slug:slug>/adoptar/", editions.adopt, name="adopt"),
    path("programas/ediciones/<uuid:edition_id>/", editions.sign, name="sign"),
    path("programas/ediciones/<uuid:edition_id>/encuentros/", guides.guides, name="guides"),
    path(
        "programas/ediciones/<uuid:edition_id>/encuentros/<int:number>/",
        guides.guide,
        name="guide",
    ),
    path("programas/sedes/", editions.add_site, name="add-site"),
    path("programas/formacion/", training.trainings, name="trainings"),
    path("programas/espera/", enrolment.waiting, name="waiting"),
    path("programas/caminos/<uuid:enrolment_id>/", enrolment.step, name="step"),
    path(f"personas/<{FOLIO}:folio>/programa/", enrolment.way, name="way"),
    path(f"personas/<{FOLIO}:folio>/programa/preguntar/", enrolment.enquire, name="enquire"),
]
