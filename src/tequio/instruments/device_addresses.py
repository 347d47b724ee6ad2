"""Addresses of telephones: pages for people, and what ODK Collect and KoboCollect ask for."""

from __future__ import annotations

from django.urls import path

from tequio.instruments.views import devices, openrosa, submissions

# As ODK Central writes them …
_CENTRAL = "v1/key/<str:token>/projects/<int:project>"
# … and as KoboToolbox does.
_KOBO = "collector/<str:token>"

# A form's own name may hold a slash: «barrio/2026».
urlpatterns = [
    path("telefonos/", devices.devices, name="devices"),
    path("telefonos/nuevo/", devices.add, name="add-device"),
    path("telefonos/<uuid:device_id>/otra-clave/", devices.renew, name="renew-device"),
    path("telefonos/<uuid:device_id>/quitar/", devices.revoke, name="revoke-device"),
    path("telefonos/recibido/", submissions.gathered, name="gathered"),
    path("telefonos/recibido/<path:form_id>.csv", submissions.table, name="submissions-csv"),
    path("telefonos/recibido/<path:form_id>.zip", submissions.files_sent, name="submissions-files"),
    path("telefonos/recibido/<path:form_id>/calidad/", submissions.quality, name="quality"),
    path(f"{_CENTRAL}/formList", openrosa.form_list, name="central-list"),
    path(f"{_CENTRAL}/submission", openrosa.submission, name="central-submission"),
    path(f"{_CENTRAL}/forms/<path:form_id>.xml", openrosa.form, name="central-form"),
    path(f"{_CENTRAL}/forms/<path:form_id>/manifest", openrosa.manifest, name="central-manifest"),
    path(
        f"{_CENTRAL}/forms/<path:form_id>/attachments/<str:name>",
        openrosa.file,
        name="central-file",
    ),
    path(f"{_KOBO}/formList", openrosa.form_list, name="kobo-list"),
    path(f"{_KOBO}/submission", openrosa.submission, name="kobo-submission"),
    path(f"{_KOBO}/forms/<path:form_id>/form.xml", openrosa.form, name="kobo-form"),
    path(f"{_KOBO}/xformsManifest/<path:form_id>", openrosa.manifest, name="kobo-manifest"),
    path(f"{_KOBO}/xformsMedia/<path:form_id>/<str:name>", openrosa.file, name="kobo-file"),
]
