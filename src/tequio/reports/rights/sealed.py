"""Sealing what was asked and answered, and the file that is made for him."""

from __future__ import annotations

from typing import Any

from tequio.people.vault import open_part, seal_part
from tequio.reports.models import RightsRequest
from tequio.reports.rights.whole import File


def seal_words(request: RightsRequest, said: dict[str, str]) -> bytes:
    """Seal what he asked and what he was answered."""
    return seal_part(request.organisation_id, _place(request, "words"), said)


def words_of(request: RightsRequest) -> dict[str, str]:
    """Open it; empty once its time was over."""
    if not request.sealed_words:
        return {}
    found: dict[str, str] = open_part(
        request.organisation_id, _place(request, "words"), request.sealed_words
    )
    return found


def seal_file(request: RightsRequest, file: File) -> bytes:
    """Seal the file that is made for him."""
    return seal_part(request.organisation_id, _place(request, "file"), file.as_body())


def file_of(request: RightsRequest) -> File | None:
    """Open it; None where none was made or it is gone."""
    if not request.sealed_file:
        return None
    body: dict[str, Any] = open_part(
        request.organisation_id, _place(request, "file"), request.sealed_file
    )
    return File.from_body(body)


def _place(request: RightsRequest, field: str) -> str:
    return f"reports.rightsrequest|{request.pk}|{field}"
