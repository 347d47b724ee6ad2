"""Addresses of the slot."""

from __future__ import annotations

from django.urls import path

from tequio.letters.views import leaving, public, services, setups

app_name = "letters"
urlpatterns = [
    path("carta/", leaving.leave, name="leave"),
    path("info/", public.info, name="info-of-the-house"),
    path("info/<slug:slug>/", public.info, name="info"),
    path("servicios/", services.services, name="services"),
    path("servicios/nuevo/", services.new_service, name="new-service"),
    path("servicios/<uuid:service_id>/", services.change_service, name="change-service"),
    path("servicios/<uuid:service_id>/comprobado/", services.verify_service, name="verify-service"),
    path("servicios/<uuid:service_id>/quitar/", services.remove_service, name="remove-service"),
    path("quien-las-guarda/", setups.setup, name="setup"),
    path("quien-las-guarda/nuestro-equipo/", setups.keep_ourselves, name="setup-own"),
    path("quien-las-guarda/aliada/", setups.lend, name="setup-ally"),
    path("quien-las-guarda/nadie/", setups.keep_nothing, name="setup-none"),
]
