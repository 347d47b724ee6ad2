"""Sealing and opening the note of a call, bound to its row."""

from __future__ import annotations

from tequio.outreach.models import Call
from tequio.people.vault import open_part, seal_part


def seal_note(call: Call, words: str) -> bytes:
    """Seal what was said on the telephone."""
    return seal_part(call.organisation_id, _place(call), words)


def note_of(call: Call) -> str:
    """Open the note; empty where there is none or its time was over."""
    if call.sealed_note is None:
        return ""
    return str(open_part(call.organisation_id, _place(call), call.sealed_note))


def _place(call: Call) -> str:
    return f"outreach.call|{call.pk}|note"
