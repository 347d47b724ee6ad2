"""Addresses of frozen data, of runs, and of what was published."""

from __future__ import annotations

from django.urls import URLPattern, path

from tequio.studies.views import datasets, effect_costs, releases

_OF = "estudios/<uuid:study_id>"
_ONE = "publicaciones/<uuid:release_id>"

urlpatterns: list[URLPattern] = [
    path(f"{_OF}/datos/", datasets.data, name="data"),
    path(f"{_OF}/datos/congelar/", datasets.freeze, name="freeze-data"),
    path(f"{_OF}/correr/", datasets.start, name="start-run"),
    path(f"{_OF}/corridas/<uuid:run_id>/", datasets.run, name="run"),
    path("publicaciones/", releases.releases, name="releases"),
    path(f"{_ONE}/", releases.release, name="release"),
    path(f"{_ONE}/informe.pdf", releases.paper, name="release-paper"),
    path(f"{_ONE}/resultado.json", releases.file, name="release-file"),
    path(f"{_ONE}/costo/", effect_costs.costs, name="release-costs"),
    path(f"{_ONE}/comparar/<uuid:other_id>/", releases.compare, name="compare-releases"),
]
