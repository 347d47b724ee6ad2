"""`/salud`: whether the site can do its work, in one word. No counts, versions or names."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database answers, else 503."""
    try:
        # A table of ours, and not SELECT 1: an empty file would answer that too.
        well = MigrationRecorder(connection).migration_qs.exists()
    except DatabaseError:
        well = False
    return JsonResponse({"salud": "bien" if well else "mal"}, status=200 if well else 503)


health.login_required = False  # type: ignore[attr-defined]
