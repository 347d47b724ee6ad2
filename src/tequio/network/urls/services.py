"""Addresses: the directory of services, and the search that needs no account."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.network.views import bringing, near, services

urlpatterns: list[URLPattern] = [
    path("cerca/", near.near, name="near-of-the-house"),
    path("cerca/<slug:slug>/", near.near, name="near"),
    path("directorio/", services.directory, name="directory"),
    path("directorio/nuevo/", services.new, name="new-entry"),
    path("directorio/exportar/", services.export, name="export-directory"),
    path("directorio/importar/", bringing.imports, name="directory-imports"),
    path("directorio/importar/<uuid:brought_id>/", bringing.brought, name="directory-import"),
    path(
        "directorio/importar/<uuid:brought_id>/deshacer/",
        bringing.undo,
        name="undo-directory-import",
    ),
    path("directorio/<uuid:entry_id>/", services.entry, name="entry"),
    path("directorio/<uuid:entry_id>/corregir/", services.correct, name="correct-entry"),
    path("directorio/<uuid:entry_id>/comprobado/", services.verify, name="verify-entry"),
    path("directorio/<uuid:entry_id>/falla/", services.fail, name="fail-entry"),
]
