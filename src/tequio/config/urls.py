"""The house's doors."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tequio.config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([path("salud", health, name="health")], "config"))),
    path("", include("tequio.access.urls")),
    # First what is asked most: every tap, and whatever telephones send, looks for its address.
    path("", include("tequio.circles.urls")),
    path("", include("tequio.instruments.urls")),
    path("", include("tequio.jobs.urls")),
    path("", include("tequio.territory.urls")),
    path("", include("tequio.letters.urls")),
    path("", include("tequio.network.urls")),
    path("", include("tequio.people.urls")),
    path("muro/", include("tequio.survivors.urls")),
    path("muro/", include("tequio.studies.urls.walled")),
    path("", include("tequio.programmes.urls")),
    path("", include("tequio.care.urls")),
    path("", include("tequio.outreach.urls")),
    path("", include("tequio.costs.urls")),
    path("", include("tequio.studies.urls")),
    path("", include("tequio.reports.urls")),
    path("", include("tequio.desk.urls")),
]
if settings.DEBUG or settings.MODE == "test":
    urlpatterns.append(path("", include("tequio.ui.urls")))

handler400 = "tequio.config.troubles.bad_request"
handler403 = "tequio.ui.views.permission_denied"
handler404 = "tequio.ui.views.page_not_found"
handler500 = "tequio.config.troubles.server_error"
