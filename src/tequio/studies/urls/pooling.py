"""Addresses of what several organisations answer together."""

from __future__ import annotations

from django.urls import path

from tequio.studies.views import pooling

urlpatterns = [
    path("estudios/comparar/", pooling.pools, name="pools"),
    path("estudios/comparar/nuevo/", pooling.new, name="new-pool"),
    path("estudios/comparar/unirse/", pooling.join, name="join-pool"),
    path("estudios/comparar/<uuid:pool_id>/", pooling.pool, name="pool"),
    path("estudios/comparar/<uuid:pool_id>/acuerdo.json", pooling.file, name="pool-file"),
    path("estudios/comparar/<uuid:pool_id>/llave/", pooling.sheet, name="pool-sheet"),
    path("estudios/comparar/<uuid:pool_id>/paquete/", pooling.packet, name="pool-packet"),
    path(
        "estudios/comparar/<uuid:pool_id>/paquete/archivo/",
        pooling.packet_file,
        name="pool-packet-file",
    ),
    path("estudios/comparar/<uuid:pool_id>/traer/", pooling.bring, name="pool-bring"),
    path("estudios/comparar/paquetes/<uuid:packet_id>/quitar/", pooling.drop, name="pool-drop"),
]
