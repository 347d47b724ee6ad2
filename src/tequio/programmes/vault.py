"""Sealing what is written beside a step; the only code here that sees such words in clear."""

from __future__ import annotations

from tequio.access.vault import key_of
from tequio.programmes.models import Enrolment, EnrolmentStep


def seal_note(enrolment: Enrolment, step: EnrolmentStep, note: str) -> bytes:
    """Seal a note to its step."""
    return key_of(enrolment.organisation_id).seal(note.encode(), bound_to=_place(enrolment, step))


def open_note(enrolment: Enrolment, step: EnrolmentStep) -> str:
    """Open what :func:`seal_note` sealed for the same step; empty where nothing was written."""
    if not step.sealed_note:
        return ""
    key = key_of(enrolment.organisation_id)
    return key.open(bytes(step.sealed_note), bound_to=_place(enrolment, step)).decode()


def _place(enrolment: Enrolment, step: EnrolmentStep) -> str:
    return f"{enrolment.organisation_id}|programmes.enrolmentstep|{step.pk}|note|1"
