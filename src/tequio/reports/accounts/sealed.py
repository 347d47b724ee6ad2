"""Sealing and opening what somebody told, bound to its own row."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from tequio.people import vault
from tequio.reports.models import Testimony


@dataclass(frozen=True, slots=True)
class Told:
    """The words, and how who gave them wants to be called."""

    words: str = ""
    called: str = ""


def seal(row: Testimony, told: Told) -> bytes:
    """Seal it to its row."""
    return vault.seal_part(row.organisation_id, _place(row), asdict(told))


def told_of(row: Testimony) -> Told:
    """Open it; nothing once it has ended. The caller has checked who reads."""
    if row.sealed is None:
        return Told()
    return Told(**vault.open_part(row.organisation_id, _place(row), row.sealed))


def _place(row: Testimony) -> str:
    return f"reports.testimony|{row.pk}|told"
