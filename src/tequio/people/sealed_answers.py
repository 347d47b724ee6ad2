"""Sealing and opening what a man answered; bound to its row and to what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tequio.people import vault
from tequio.people.models import Assessment


def seal_answers(row: Assessment, answers: Mapping[str, str]) -> bytes:
    """Seal a whole answer."""
    return vault.seal_part(row.organisation_id, _place(row, "answers"), dict(answers))


def answers_of(row: Assessment) -> dict[str, str]:
    """Open a whole answer; empty where there is none. The caller has checked who reads."""
    if row.answers is None:
        return {}
    found = vault.open_part(row.organisation_id, _place(row, "answers"), row.answers)
    return {str(name): str(value) for name, value in found.items()}


def seal_draft(row: Assessment, body: Mapping[str, Any]) -> bytes:
    """Seal what was kept on the way."""
    return vault.seal_part(row.organisation_id, _place(row, "draft"), dict(body))


def draft_of(row: Assessment) -> dict[str, Any] | None:
    """Open what was kept on the way."""
    if row.draft is None:
        return None
    found: dict[str, Any] = vault.open_part(row.organisation_id, _place(row, "draft"), row.draft)
    return found


def _place(row: Assessment, field: str) -> str:
    asked = f"{row.instrument}|{row.version}|{row.sha256[:16]}"
    return f"people.assessment|{row.pk}|{field}|{asked}"
