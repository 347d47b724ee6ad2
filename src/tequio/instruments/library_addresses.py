"""Addresses of the library: what comes with the system, and permissions for what does not."""

from __future__ import annotations

from django.urls import path

from tequio.instruments.views import library

_PERMIT = "cuestionarios/permisos/<uuid:permission_id>"

urlpatterns = [
    path("cuestionarios/biblioteca/", library.library, name="library"),
    path("cuestionarios/biblioteca/<slug:instrument>/", library.instrument, name="instrument"),
    path("cuestionarios/biblioteca/<slug:instrument>/papel/", library.blank, name="print-blank"),
    path("cuestionarios/biblioteca/<slug:shell>/permiso/", library.permit, name="permit"),
    path("cuestionarios/biblioteca/<slug:shell>/texto/", library.text, name="bring-text"),
    path(f"{_PERMIT}/archivo/", library.paper, name="permission-paper"),
    path(f"{_PERMIT}/retirar/", library.withdraw, name="withdraw-permission"),
]
