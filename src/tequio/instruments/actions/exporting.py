"""Answers that leave the house: written down first, each time."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.audit.record import record_export
from tequio.instruments.queries.submissions import files_of, rows_of


def export_submissions(*, by: User, form_id: str) -> Iterator[str]:
    """Return the answers to an own form as pieces of CSV."""
    require_everywhere(by, Permission.SUBMISSION_READ)
    rows, pages = rows_of(by, form_id)
    with transaction.atomic():
        record_export(f"formulario {form_id}"[:120], by=by, rows=rows)
    return pages


def export_files(*, by: User, form_id: str) -> Iterator[bytes]:
    """Return the files that came with the answers to an own form as pieces of one archive."""
    require_everywhere(by, Permission.SUBMISSION_READ)
    files, pieces = files_of(by, form_id)
    with transaction.atomic():
        record_export(f"archivos de {form_id}"[:120], by=by, rows=files)
    return pieces
